export type CsvRow = Readonly<{ line: number; fields: readonly string[]; isOpen: boolean }>

/**
 * The rows of a text by RFC 4180: fields in quotes may hold commas, line ends and doubled quotes; a quote inside of a field
 * without quotes stands for itself. Empty lines are passed over. `isOpen`: a quote is not closed before the text ends. O(length).
 */
export function* csvRows(text: string): Generator<CsvRow> {
  const token = /("[^"]*(?:""[^"]*)*")|([^",\r\n][^,\r\n]*)|("[^,\r\n]*)|(,)|(\r\n|\r|\n)/g
  let line = 1
  let row = { line, fields: [''], isOpen: false }
  const isEmpty = () => row.fields.length === 1 && row.fields[0]!.trim() === ''
  // Programs for tables begin their files with a mark that is no text.
  for (const [all, quoted, plain, open, comma] of text.replace(/^\uFEFF/, '').matchAll(token)) {
    if (comma !== undefined) row.fields.push('')
    else if (quoted !== undefined) {
      row.fields[row.fields.length - 1] += quoted.slice(1, -1).replaceAll('""', '"')
      line += quoted.match(/\r\n|\r|\n/g)?.length ?? 0
    } else if (plain !== undefined || open !== undefined) {
      row.fields[row.fields.length - 1] += all
      row.isOpen ||= open !== undefined
    } else {
      if (!isEmpty()) yield row
      line++
      row = { line, fields: [''], isOpen: false }
    }
  }
  if (!isEmpty()) yield row
}

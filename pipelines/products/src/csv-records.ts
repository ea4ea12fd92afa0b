import { type FileFault, type Line, readLines } from './line-reader.ts'

/** A record of a CSV file and the line it begins on, counted from 1; or why it cannot be read. */
export type CsvRecord = Readonly<
  { line: number; text: string } & ({ fields: readonly string[] } | { fields: null; reason: string })
>
export type CsvBatch = Readonly<{ records: readonly CsvRecord[]; bytesRead: number; fault: FileFault | null }>

/** A quote that is still open after so many lines was never meant to be one. */
const mostLines = 500

/**
 * Reads CSV as RFC 4180 has it, plain or gzip, in memory bounded by its longest record: quoted fields hold commas, line breaks and
 * doubled quotes. A mark at the beginning and blank lines are passed over. A quote that is never closed costs its own line only.
 * Throws `import.no-file`.
 */
export async function* readCsv(file: string, signal?: AbortSignal): AsyncGenerator<CsvBatch> {
  const assembler = recordAssembler()
  for await (const { lines, bytesRead, fault } of readLines(file, { signal }))
    yield { records: lines.flatMap(assembler.push), bytesRead, fault }
  yield { records: assembler.end(), bytesRead: 0, fault: null }
}

type TextLine = Readonly<{ number: number; text: string }>

/** Lines wait while a quote is open: a record is whole where its quotes are even. */
function recordAssembler() {
  let waiting: TextLine[] = []
  let isOpen = false
  const unclosed = (): CsvRecord[] => {
    const [first, ...rest] = waiting as [TextLine, ...TextLine[]]
    waiting = []
    isOpen = false
    const bad = { line: first.number, text: first.text, fields: null, reason: 'a quote is never closed' }
    return [bad, ...rest.flatMap(add)]
  }
  const add = (line: TextLine): CsvRecord[] => {
    if (!isOpen && line.text.trim() === '') return []
    waiting.push(line)
    if (hasOddQuotes(line.text)) isOpen = !isOpen
    if (isOpen) return waiting.length > mostLines ? unclosed() : []
    const text = waiting.length === 1 ? line.text : waiting.map((each) => each.text).join('\n')
    const { number } = waiting[0] as TextLine
    waiting = []
    return [{ line: number, text, ...fieldsOf(text) }]
  }
  return {
    push: ({ number, bytes, isTooLong }: Line): CsvRecord[] =>
      isTooLong
        ? [{ line: number, text: bytes.toString(), fields: null, reason: 'the line is too long' }]
        : add({ number, text: bytes.toString() }),
    end: (): CsvRecord[] => {
      const records: CsvRecord[] = []
      while (waiting.length > 0) records.push(...unclosed())
      return records
    },
  }
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) isOdd = !isOdd
  return isOdd
}

function fieldsOf(text: string): { fields: readonly string[] } | { fields: null; reason: string } {
  if (!text.includes('"')) return { fields: text.split(',') }
  const fields: string[] = []
  for (let at = 0; ; ) {
    let end: number
    if (text[at] === '"') {
      end = closingQuote(text, at)
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'))
      end += 1
    } else {
      const comma = text.indexOf(',', at)
      end = comma === -1 ? text.length : comma
      fields.push(text.slice(at, end))
    }
    if (end >= text.length) return { fields }
    if (text[end] !== ',') return { fields: null, reason: 'text follows a closing quote' }
    at = end + 1
  }
}

/** The quotes of a record are even, so that one is found but where text stands beside quotes. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  return end === -1 ? text.length : end
}

/** Where each column stands in a header; -1 for one that is missing. */
export const columnPositions = (header: readonly string[], columns: readonly string[]): readonly number[] => {
  const names = header.map((name) => name.trim().toLowerCase())
  return columns.map((column) => names.indexOf(column))
}

import { type CsvRow, csvRows } from '../../parts/csv-rows.ts'
import type { FileRow, ReadRows, RowFault } from '../../parts/send-rows.ts'

/** Columns of a file of stock, and what the gateway calls them. */
const columns = {
  ...{ product_id: 'productId', place: 'place', on_hand: 'onHand' },
  ...{ low_stock_at: 'lowStockAt', daily_sales: 'dailySales' },
} as const
type ColumnName = keyof typeof columns

/** A field of the gateway by what the file calls it. */
export const columnOf = (field: string): string =>
  Object.entries(columns).find(([, name]) => name === field)?.[0] ?? field

const needed: readonly ColumnName[] = ['product_id', 'on_hand']
const counted: readonly ColumnName[] = ['on_hand', 'low_stock_at', 'daily_sales']

/** What can be wrong before the gateway looks at a row, in words. */
export type StockFaultWords = Readonly<
  Record<'empty' | 'lacking' | 'unknownColumn' | 'twice' | 'quote' | 'columns' | 'number' | 'broken', string>
>

const isColumn = (name: string): name is ColumnName => Object.hasOwn(columns, name)
const isCounted = (name: ColumnName): boolean => counted.includes(name)

/** What the first row says of the columns. A name that is not known may be a slip that would lose a whole column. */
function headingFaults({ line, fields }: CsvRow, words: StockFaultWords): readonly RowFault[] {
  const names = fields.map((field) => field.trim().toLowerCase())
  return [
    ...needed.filter((name) => !names.includes(name)).map((field) => ({ line, field, reason: words.lacking })),
    ...names
      .filter((name) => !isColumn(name))
      .map((field) => ({ line, field: field.slice(0, 80), reason: words.unknownColumn })),
    ...names
      .filter((name, at) => isColumn(name) && names.indexOf(name) < at)
      .map((field) => ({ line, field, reason: words.twice })),
  ]
}

function readRow(
  { line, fields, isOpen }: CsvRow,
  names: readonly ColumnName[],
  words: StockFaultWords,
): FileRow | RowFault {
  if (isOpen) return { line, field: 'row', reason: words.quote }
  if (fields.length !== names.length) return { line, field: 'row', reason: words.columns }
  const row: Record<string, unknown> = {}
  for (const [at, name] of names.entries()) {
    const text = fields[at]!.trim()
    // What is left empty is not said; whether it may be is the gateway's to tell.
    if (text === '' && !needed.includes(name)) continue
    if (!text.isWellFormed()) return { line, field: name, reason: words.broken }
    if (isCounted(name) && !/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { line, field: name, reason: words.number }
    row[columns[name]] = isCounted(name) ? Number(text) : text
  }
  return { line, row }
}

/** Rows of a CSV file whose first row names the columns; wrong rows are told by line and hold no other back. */
export function readStockFile(text: string, words: StockFaultWords): ReadRows {
  const rows: FileRow[] = []
  const faults: RowFault[] = []
  let names: readonly ColumnName[] | null = null
  for (const row of csvRows(text)) {
    if (names === null) {
      const wrong = headingFaults(row, words)
      if (wrong.length > 0) return { rows, faults: wrong }
      names = row.fields.map((field) => field.trim().toLowerCase()).filter(isColumn)
      continue
    }
    const read = readRow(row, names, words)
    if ('row' in read) rows.push(read)
    else faults.push(read)
  }
  return names === null ? { rows, faults: [{ line: 1, field: 'file', reason: words.empty }] } : { rows, faults }
}

import { type CsvRow, csvRows } from '../../parts/csv-rows.ts'

export type Judgment = Readonly<{ query: string; productId: string; grade: number }>

/** What is wrong in a line of the file, counted from 1. */
export type CsvFault = Readonly<{
  line: number
  is: 'columns' | 'header' | 'quote' | 'query' | 'product' | 'grade' | 'unicode'
  /** What stands there. */
  found: string
}>

export type ReadJudgments = Readonly<{
  judgments: readonly Judgment[]
  faults: readonly CsvFault[]
  /** How many rows judge a product for a query that an earlier row judged already: the last one counts. */
  repeated: number
}>

const longestQuery = 1_000
const longestId = 128
const highestGrade = 10
const columns = ['query', 'productId', 'grade'] as const
type ColumnName = (typeof columns)[number]

const headings: Readonly<Record<string, ColumnName>> = {
  query: 'query',
  product_id: 'productId',
  productid: 'productId',
  product: 'productId',
  grade: 'grade',
}

/** Where each column stands: as the first row names them, else query, product id, grade. null: it is a heading that lacks one. */
function columnsOf({
  fields,
}: CsvRow): Readonly<{ places: Readonly<Record<ColumnName, number>>; isHeading: boolean }> | null {
  const names = fields.map((field) => headings[field.trim().toLowerCase()])
  const known = columns.filter((name) => names.includes(name)).length
  if (known < 2) return { places: { query: 0, productId: 1, grade: 2 }, isHeading: false }
  if (known < columns.length) return null
  const at = (name: ColumnName) => names.indexOf(name)
  return { places: { query: at('query'), productId: at('productId'), grade: at('grade') }, isHeading: true }
}

function readRow({ line, fields, isOpen }: CsvRow, places: Readonly<Record<ColumnName, number>>): Judgment | CsvFault {
  if (isOpen) return { line, is: 'quote', found: fields.join(',') }
  const [query, productId, grade] = columns.map((name) => fields[places[name]]?.trim())
  if (query === undefined || productId === undefined || grade === undefined)
    return { line, is: 'columns', found: fields.join(',') }
  if (!(query + productId).isWellFormed()) return { line, is: 'unicode', found: (query + productId).toWellFormed() }
  if (query === '' || query.length > longestQuery) return { line, is: 'query', found: query }
  if (productId === '' || productId.length > longestId) return { line, is: 'product', found: productId }
  const value = /^\d+(\.\d+)?$/.test(grade) ? Number(grade) : Number.NaN
  if (!(value <= highestGrade)) return { line, is: 'grade', found: grade }
  return { query, productId, grade: value }
}

/** Judgments from a CSV file with query, product id and grade, with or without a heading; wrong rows are told by line. */
export function readJudgments(text: string): ReadJudgments {
  const judgments: Judgment[] = []
  const faults: CsvFault[] = []
  const pairs = new Set<string>()
  let places: Readonly<Record<ColumnName, number>> | null = null
  for (const row of csvRows(text)) {
    if (places === null) {
      const found = columnsOf(row)
      if (found === null)
        return { judgments, faults: [{ line: row.line, is: 'header', found: row.fields.join(',') }], repeated: 0 }
      places = found.places
      if (found.isHeading) continue
    }
    const read = readRow(row, places)
    if ('is' in read) faults.push(read)
    else {
      judgments.push(read)
      pairs.add(JSON.stringify([read.query, read.productId]))
    }
  }
  return { judgments, faults, repeated: judgments.length - pairs.size }
}

export const judgmentLimits = Object.freeze({ rows: 100_000, bytes: 8 * 1_024 * 1_024 })

/** Whether the gateway takes so much at once. */
export const fitsAtOnce = (judgments: readonly Judgment[]): boolean =>
  judgments.length <= judgmentLimits.rows &&
  new TextEncoder().encode(JSON.stringify({ judgments })).byteLength <= judgmentLimits.bytes

import { createHash } from 'node:crypto'
import { failures, type Random, seededRandom } from '@eip/kernel'
import { columnPositions, importFailure, type RejectedRow, type RejectedRows, readCsv } from '@eip/pipeline-products'
import type { Supply } from '../shop-supply.ts'

const batchRows = 1_000
const columns = ['product_id', 'place', 'on_hand', 'low_stock_at', 'daily_sales'] as const
const needed = ['product_id', 'on_hand'] as const

const failure = failures({
  'import.no-stock-column': {
    kind: 'invalid',
    cure: 'Name the columns in the first line: product_id and on_hand, and place, low_stock_at and daily_sales where they are known.',
  },
})

export type StockSummary = Readonly<{
  read: number
  changed: number
  unchanged: number
  setAside: number
  first: readonly RejectedRow[]
}>
type Row = Readonly<{ line: number; text: string; row: object }>

const numberOf = (text: string): number | string => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

/** A row as inventory takes it: what is empty is absent; what is no number stays text, and inventory says why it is wrong. */
function rowOf(fields: readonly string[], positions: readonly number[]): object {
  const [productId = '', place = '', onHand = '', low = '', sales = ''] = positions.map((at) => fields[at]?.trim())
  return {
    productId,
    ...(place === '' ? {} : { place }),
    onHand: numberOf(onHand),
    ...(low === '' ? {} : { lowStockAt: numberOf(low) }),
    ...(sales === '' ? {} : { dailySales: numberOf(sales) }),
  }
}

const fieldNames: Readonly<Record<string, string>> = {
  ...{ productId: 'product_id', onHand: 'on_hand', lowStockAt: 'low_stock_at', dailySales: 'daily_sales' },
}

/** Reads a CSV file of stock and counts it, 1,000 rows at a time; bad rows are set aside, each with its line, field and reason. */
export async function importStock(
  options: Readonly<{
    file: string
    supply: Pick<Supply, 'countStock'>
    rejected: RejectedRows
    onRows?: (rows: number) => void
  }>,
): Promise<StockSummary> {
  const { file, supply, onRows } = options
  const total = { read: 0, changed: 0, unchanged: 0, setAside: 0, first: [] as RejectedRow[] }
  const setAside = async (row: RejectedRow) => {
    total.setAside++
    if (total.first.length < 10) total.first.push(row)
    await options.rejected.add(row)
  }
  let batch: Row[] = []
  const send = async () => {
    if (batch.length === 0) return
    const sent = batch
    batch = []
    const outcome = await supply.countStock(
      countOf(
        'stock-file',
        sent.map(({ row }) => row),
      ),
    )
    total.changed += outcome.changed
    total.unchanged += outcome.unchanged
    for (const { index, field, reason } of outcome.rejected) {
      const { line, text } = sent[index] as Row
      const name = fieldNames[field] ?? field
      await setAside({ line, field: name, reason: `line ${line}: ${name} ${reason}`, text })
    }
    onRows?.(total.read)
  }
  let positions: readonly number[] | null = null
  let width = 0
  for await (const { records, fault } of readCsv(file)) {
    if (fault) throw importFailure('import.no-file', `"${file}", line ${fault.line}: ${fault.reason}`)
    for (const { line, text, ...record } of records) {
      if (positions === null) {
        positions = positionsIn(record.fields ?? [], file)
        width = record.fields?.length ?? 0
        continue
      }
      total.read++
      if (record.fields === null) await setAside({ line, field: 'row', reason: `line ${line}: ${record.reason}`, text })
      else if (record.fields.length !== width)
        await setAside({
          line,
          field: 'row',
          reason: `line ${line}: has ${record.fields.length} fields, the header ${width}`,
          text,
        })
      else batch.push({ line, text, row: rowOf(record.fields, positions) })
      if (batch.length === batchRows) await send()
    }
  }
  if (positions === null) positionsIn([], file)
  await send()
  return total
}

function positionsIn(header: readonly string[], file: string): readonly number[] {
  const positions = columnPositions(header, columns)
  const missing = needed.filter((name) => positions[columns.indexOf(name)] === -1)
  if (missing.length > 0)
    throw failure(
      'import.no-stock-column',
      `"${file}" ${header.length === 0 ? 'is empty: it ' : ''}has no column ${missing.join(', ')} in its first line`,
    )
  return positions
}

/** The name of a count says what was counted, so that the same rows again change nothing. */
const countOf = (kind: string, rows: readonly object[]) => ({
  operationId: `${kind}:${createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 32)}`,
  rows,
})

/** One in this many has none left. */
const soldOutShare = 0.05
const mostDays = 60

/**
 * Stock of one product from what it sells in a day: enough for a number of days drawn between 0 and 60, rounded up; a few are sold out.
 * What sells slowly has a piece for longer. Without sales the days are pieces.
 */
export function generatedStock(productId: string, dailySales: number | null, seed: number): object {
  const random: Random = seededRandom(createHash('sha256').update(`${seed} ${productId}`).digest().readUInt32LE(0))
  const isSoldOut = random.next() < soldOutShare
  const days = random.next() * mostDays
  return {
    productId,
    onHand: isSoldOut ? 0 : Math.max(1, Math.ceil(days * (dailySales ?? 1))),
    ...(dailySales === null ? {} : { dailySales }),
  }
}

export type GeneratedSummary = Readonly<{ generated: number; hadStock: number }>

/** Gives stock to those of the products that have none; it is marked as generated. */
export async function generateStock(
  options: Readonly<{
    products: AsyncIterable<string> | Iterable<string>
    rates: ReadonlyMap<string, number>
    supply: Pick<Supply, 'countStock' | 'listStock'>
    seed: number
    onRows?: (rows: number) => void
  }>,
): Promise<GeneratedSummary> {
  const { products, rates, supply, seed, onRows } = options
  const stocked = await stockedProducts(supply)
  let rows: object[] = []
  const total = { generated: 0, hadStock: 0 }
  const send = async () => {
    if (rows.length === 0) return
    const { changed } = await supply.countStock({ ...countOf('generated', rows), isGenerated: true })
    total.generated += changed
    rows = []
    onRows?.(total.generated)
  }
  for await (const id of products) {
    if (stocked.has(id)) total.hadStock++
    else rows.push(generatedStock(id, rates.get(id) ?? null, seed))
    if (rows.length === batchRows) await send()
  }
  await send()
  return total
}

async function stockedProducts({ listStock }: Pick<Supply, 'listStock'>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for (let after: string | undefined; ; ) {
    const { stock, next } = await listStock(after)
    for (const { productId } of stock) ids.add(productId)
    if (next === null) return ids
    after = next
  }
}

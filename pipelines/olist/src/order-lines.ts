import type { ImportedOrder } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import type { CellValue, Columns, Lake } from '@eip/lake'
import { firstRecording } from '@eip/pipeline-products'

const dataset = 'order_lines'

/** Times in milliseconds since the epoch; `taken_at`: when the shop took the order in. `category`: the path, joined by " > ". */
const columns = Object.freeze({
  ...{ order_id: 'text', state: 'text', weight: 'double', region: 'text' },
  ...{ placed_at: 'double', shipped_at: 'double', delivered_at: 'double', promised_at: 'double', score: 'double' },
  ...{ product_id: 'text', quantity: 'double', returned: 'double' },
  ...{ seller: 'text', seller_region: 'text', category: 'text', taken_at: 'double' },
} satisfies Columns)

/** The lines of orders that a shop took. Readers see them after `commit`; the same part again replaces them. */
export type OrderLinesWriter = Readonly<{
  append(orders: readonly ImportedOrder[]): Promise<void>
  commit(): Promise<number>
  discard(): Promise<void>
}>

/** Keeps in the lake what a shop took of a history, so that what is learned from it can be computed once more. */
export async function keepOrderLines(
  options: Readonly<{ lake: Lake; part: string; clock?: Clock }>,
): Promise<OrderLinesWriter> {
  const { lake, part, clock = systemClock } = options
  const recordedAt = await firstRecording(lake, dataset, part, clock)
  const writer = await lake.write({ dataset, part, recordedAt, columns })
  const takenAt = clock.now()
  return Object.freeze({
    append: (orders: readonly ImportedOrder[]) => writer.append(orders.flatMap((order) => rowsOf(order, takenAt))),
    commit: () => writer.commit(),
    discard: () => writer.discard(),
  })
}

const rowsOf = (order: ImportedOrder, takenAt: number): CellValue[][] =>
  order.lines.map((line) => [
    ...[order.orderId, order.state, order.weight ?? 1, order.region],
    ...[order.placedAt, order.shippedAt, order.deliveredAt, order.promisedAt, order.review?.score ?? null],
    ...[line.productId, line.quantity, line.returned ?? 0],
    ...[line.seller, line.sellerRegion, line.categoryPath.join(' > ') || null, takenAt],
  ])

/** What stands in an SQL `FROM` for the lines of all shops in the lake, of each order those that were taken last; null: there are none. */
export async function orderLinesSource(lake: Lake): Promise<string | null> {
  if ((await lake.parts(dataset)).length === 0) return null
  return `(SELECT * FROM ${lake.source(dataset)} QUALIFY taken_at = max(taken_at) OVER (PARTITION BY order_id))`
}

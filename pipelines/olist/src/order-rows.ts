import type { ImportedOrder } from '@eip/contracts'
import type { Lake, LakeRow } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'
import { readWeights } from './sample-weights.ts'

/** In Portuguese without accents: sent back, exchanged, or the wrong thing came. */
const cameBack =
  '(devolv|devolu|\\btroca|\\btroque|\\b(veio|vieram|chegou|chegaram|enviaram|mandaram|mandou|recebi|entregaram|entregue|produto)\\b.{0,40}\\berrad[oa])'

/** The latest review of each order, with whether it says that the goods came back. */
const reviewOfOrder = (reviews: string): string => `
  SELECT order_id, score, answered_at,
    score = 1 AND regexp_matches(strip_accents(lower(concat_ws(' ', title, message))), '${cameBack}') AS says_back
  FROM ${reviews}
  QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY answered_at DESC, review_id DESC) = 1`

/** Orders with why they cannot be taken; null: they can. */
const checkedOrders = ({ orders, customers, items, itemsReceived, reviews }: OlistSources): string => `
  WITH review AS (${reviewOfOrder(reviews)}),
  kept AS (SELECT order_id, count(*) AS lines FROM ${items} GROUP BY 1),
  received AS (SELECT trim(order_id) AS order_id, count(DISTINCT trim(order_item_id)) AS lines FROM ${itemsReceived} GROUP BY 1)
  SELECT o.*, c.customer, c.state AS region, r.score, r.answered_at, coalesce(r.says_back, false) AS says_back,
    -- The end of the day, local: a day has 23 or 25 hours where the clocks change.
    epoch_ms(timezone('America/Sao_Paulo',
      date_trunc('day', timezone('America/Sao_Paulo', to_timestamp(promised_on / 1000))) + INTERVAL 1 DAY))::DOUBLE - 1
      AS promised_at,
    CASE
      WHEN received.lines IS NULL THEN 'the order has no items'
      WHEN kept.lines IS NULL OR kept.lines < received.lines THEN 'an item of the order was set aside'
      WHEN delivered_at < purchased_at THEN 'it was delivered before it was purchased'
      WHEN shipped_at < purchased_at THEN 'it was handed to the carrier before it was purchased'
      WHEN approved_at < purchased_at THEN 'it was paid before it was purchased'
      WHEN delivered_at < shipped_at THEN 'it was delivered before it was handed to the carrier'
      WHEN status = 'delivered' AND delivered_at IS NULL THEN 'it is delivered, but it is not said when'
      WHEN answered_at < purchased_at THEN 'it was reviewed before it was purchased'
    END AS fault
  FROM ${orders} o
  JOIN ${customers} c USING (customer_id)
  LEFT JOIN review r USING (order_id)
  LEFT JOIN kept USING (order_id)
  LEFT JOIN received USING (order_id)`

export const faultyOrders = (sources: OlistSources): string =>
  `SELECT line, order_id, fault FROM (${checkedOrders(sources)}) WHERE fault IS NOT NULL ORDER BY line`

/** One row a product of an order, in order of purchase; `english` is null for a category without a translation. */
const orderLines = (sources: OlistSources): string => `
  SELECT o.*, i.product_id, i.quantity, i.price, i.seller_id, s.state AS seller_state
  FROM (${checkedOrders(sources)}) o
  JOIN (
    SELECT order_id, product_id, seller_id, price, count(*)::DOUBLE AS quantity FROM ${sources.items} GROUP BY ALL
  ) i USING (order_id)
  JOIN ${sources.sellers} s USING (seller_id)
  WHERE fault IS NULL
  ORDER BY purchased_at, order_id, product_id, seller_id, price`

/** What an order says of a product as the shop has it. */
export type OrderedProduct = Readonly<{ id: string; title: string; categoryPath: readonly string[] }>

const number = (value: LakeRow[string] | undefined): number | null => (value == null ? null : Number(value))

type State = Pick<ImportedOrder, 'state' | 'cancelledAt' | 'returnedAt' | 'reason'>

/** See README: Olist has no returns, and does not say when an order was cancelled. */
function stateOf(row: LakeRow): State {
  const nothing = { cancelledAt: null, returnedAt: null, reason: '' }
  const delivered = number(row.delivered_at)
  switch (row.status) {
    case 'delivered':
      return row.says_back === true
        ? {
            ...nothing,
            state: 'returned',
            returnedAt: backAt(row),
            reason: 'derived: its review says that it came back',
          }
        : { ...nothing, state: 'delivered' }
    case 'canceled':
      return delivered === null
        ? { ...nothing, state: 'cancelled', reason: 'canceled' }
        : { ...nothing, state: 'returned', returnedAt: backAt(row), reason: 'derived: cancelled after its delivery' }
    case 'unavailable':
      return { ...nothing, state: 'cancelled', reason: 'unavailable' }
    case 'shipped':
      return { ...nothing, state: 'shipped' }
    default:
      return { ...nothing, state: row.approved_at === null ? 'placed' : 'paid' }
  }
}

/** When it came back is not told: not before its delivery, and not before the customer said so. */
const backAt = (row: LakeRow): number => Math.max(number(row.delivered_at) ?? 0, number(row.answered_at) ?? 0)

function orderOf(
  rows: readonly LakeRow[],
  productOf: (olistId: string) => OrderedProduct | null,
  weights: Readonly<Record<string, number>>,
): ImportedOrder | null {
  const [row] = rows as [LakeRow]
  const state = stateOf(row)
  const lines: ImportedOrder['lines'][number][] = []
  for (const line of rows) {
    const product = productOf(String(line.product_id))
    if (product === null) return null
    const quantity = Number(line.quantity)
    lines.push({
      ...{ productId: product.id, quantity, returned: state.state === 'returned' ? quantity : 0 },
      unitPrice: { amount: Number(line.price), currency: 'BRL' },
      ...{ seller: String(line.seller_id), sellerRegion: String(line.seller_state) },
      ...{ categoryPath: [...product.categoryPath], title: product.title },
    })
  }
  const score = number(row.score)
  return {
    ...{ orderId: String(row.order_id), customer: String(row.customer), region: String(row.region) },
    ...state,
    placedAt: Number(row.purchased_at),
    paidAt: number(row.approved_at),
    shippedAt: number(row.shipped_at),
    deliveredAt: number(row.delivered_at),
    promisedAt: number(row.promised_at),
    review: score === null ? null : { score, at: Number(row.answered_at) },
    weight: weights[String(row.status)] ?? 1,
    lines,
  }
}

/** Those that stand for most count once, so that evidence is not more than was seen. */
function shareOfMost(weights: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const most = Math.max(...Object.values(weights))
  return Object.fromEntries(Object.entries(weights).map(([status, weight]) => [status, weight / most]))
}

/** Orders in order of purchase, batch by batch. `productOf` answers null for a product that is not in the shop; such orders are left out. */
export async function* orderRows(
  { lake, sources }: Readonly<{ lake: Lake; sources: OlistSources }>,
  productOf: (olistId: string) => OrderedProduct | null,
  batchSize = 500,
): AsyncGenerator<readonly ImportedOrder[]> {
  const weights = shareOfMost(await readWeights(lake, sources))
  let batch: ImportedOrder[] = []
  let rows: LakeRow[] = []
  const finish = () => {
    const order = rows.length > 0 ? orderOf(rows, productOf, weights) : null
    if (order !== null) batch.push(order)
    rows = []
  }
  for await (const found of lake.query(orderLines(sources)))
    for (const row of found) {
      if (rows.length > 0 && rows[0]?.order_id !== row.order_id) finish()
      rows.push(row)
      if (batch.length === batchSize) {
        yield batch
        batch = []
      }
    }
  finish()
  if (batch.length > 0) yield batch
}

import { type Clock, systemClock } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'
import { keepQuery } from './read-table.ts'
import { readWeights } from './sample-weights.ts'

const dataset = 'sales_rates'
const dayMs = 86_400_000
/** A product that was first sold yesterday is not sold once a day. */
const leastDays = 30

/**
 * Units a day of each product: those it sold since it was first sold, weighted as `sampleWeights` says, over the days from then to the last
 * order of the data. Cancelled orders sell nothing. `idOf` is SQL for the shop's id of an Olist product `i.product_id`, over what `join`
 * brings in.
 */
const ratesQuery = (
  { orders, items }: OlistSources,
  weights: Readonly<Record<string, number>>,
  mapping: string | null,
): string => `
  WITH line AS (
    SELECT ${mapping ? 'm.product_id' : 'i.product_id'} AS product_id, o.purchased_at,
      CASE o.status ${Object.entries(weights)
        .map(([status, weight]) => `WHEN '${status}' THEN ${weight}`)
        .join(' ')} ELSE 1 END AS weight
    FROM ${items} i JOIN ${orders} o USING (order_id)
    ${mapping ? `JOIN ${mapping} m ON m.olist_id = i.product_id` : ''}
    WHERE o.status NOT IN ('canceled', 'unavailable')
  ),
  ending AS (SELECT max(purchased_at) AS at FROM ${orders})
  SELECT product_id, count(*)::DOUBLE AS units,
    (sum(weight) / greatest(${leastDays}, (any_value(ending.at) - min(purchased_at)) / ${dayMs}))::DOUBLE AS daily_sales
  FROM line, ending GROUP BY product_id ORDER BY product_id`

/** Keeps the sales rates of a shop's products in the lake, for stock that is generated from them. */
export async function keepSalesRates(
  options: Readonly<{ lake: Lake; sources: OlistSources; part: string; mapping?: string; clock?: Clock }>,
): Promise<number> {
  const { lake, sources, part, mapping = null, clock = systemClock } = options
  const weights = await readWeights(lake, sources)
  const columns = { product_id: 'text', units: 'double', daily_sales: 'double' } as const
  return keepQuery({ lake, clock }, { dataset, part, columns }, ratesQuery(sources, weights, mapping))
}

/** Units a day by product, of all shops in the lake; none where nothing was sold. */
export async function salesRates(lake: Lake): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>()
  if ((await lake.parts(dataset)).length === 0) return rates
  const sql = `SELECT product_id, max(daily_sales) AS daily_sales FROM ${lake.source(dataset)} GROUP BY 1 ORDER BY 1`
  for await (const rows of lake.query(sql))
    for (const { product_id, daily_sales } of rows) rates.set(String(product_id), Number(daily_sales))
  return rates
}

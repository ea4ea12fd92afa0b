import type { Lake } from '@eip/lake'
import { orderLinesSource } from './order-lines.ts'
import { placesSource } from './region-places.ts'

export type OrderSumsOptions = Readonly<{
  lake: Lake
  /** A fact weighs 2^((its time − landmark) ÷ half-life). */
  landmark: number
  halfLifeDays: number
  /** Orders from after it, but for a day, are faults of the books. */
  now: number
}>

/** Sums of one key, by name. */
export type OrderSums = Readonly<{ key: string; latest: number; sums: Readonly<Record<string, number>> }>

const day = 86_400_000
const longestDays = 365
const badScore = 2
const earthKm = 6_371
const nearestKm = 100

/** A line, with what its order adds: see the README of logistics, whose sums these are, computed here all at once. */
const countedLines = (lines: string, places: string | null, { landmark, halfLifeDays, now }: OrderSumsOptions) => `
  SELECT order_id, placed_at, delivered_at, product_id, seller, seller_region, category, region,
    delivered_at IS NOT NULL AS has_arrived,
    has_arrived AND promised_at IS NOT NULL AS is_promised,
    is_promised AND delivered_at > promised_at AS is_late,
    state = 'cancelled' AS is_cancelled,
    score, weight,
    weight * pow(2.0, (coalesce(delivered_at, placed_at) - ${landmark}::DOUBLE) / ${halfLifeDays * day}::DOUBLE) AS fading,
    ln(greatest(0.5, (delivered_at - placed_at) / ${day})) AS log_days,
    CASE WHEN has_arrived THEN quantity ELSE 0 END AS units,
    CASE WHEN has_arrived THEN least(quantity, returned) ELSE 0 END AS back,
    ${places === null ? 'NULL' : `CASE WHEN km <= ${nearestKm} THEN '0-${nearestKm} km' ELSE (${nearestKm} * pow(2, doubled - 1))::BIGINT || '-' || (${nearestKm} * pow(2, doubled))::BIGINT || ' km' END`} AS distance
  FROM ${places === null ? lines : `(SELECT *, ceil(log2(km / ${nearestKm})) AS doubled FROM (${withDistance(lines, places)}))`}
  WHERE placed_at <= ${now + day}
    AND (delivered_at IS NULL OR (delivered_at >= placed_at AND delivered_at <= ${now + day}
      AND delivered_at - placed_at <= ${longestDays * day}))
    AND (shipped_at IS NULL OR shipped_at >= placed_at)`

/** Along the great circle, by the haversine formula, in kilometres; at least one. */
const withDistance = (lines: string, places: string) => `
  SELECT l.*, greatest(1, ${2 * earthKm} * asin(least(1, sqrt(
      pow(sin(radians(b.latitude - a.latitude) / 2), 2)
      + cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2)
    )))) AS km
  FROM ${lines} l LEFT JOIN ${places} a ON a.region = l.seller_region LEFT JOIN ${places} b ON b.region = l.region`

const keys = `[
  'all ',
  'product ' || product_id,
  'route ' || coalesce(seller_region, '?') || ' > ' || coalesce(region, '?'),
  'seller ' || seller, 'category ' || category, 'region ' || region, 'distance ' || distance
]`

const counted = (condition: string) => `count(*) FILTER (${condition})::DOUBLE`
const weighed = (prefix: string, weight: string) => `
  fsum(${weight}) AS ${prefix}Orders,
  fsum(CASE WHEN is_cancelled THEN ${weight} ELSE 0 END) AS ${prefix}Cancelled,
  fsum(CASE WHEN is_promised THEN ${weight} ELSE 0 END) AS ${prefix}Promised,
  fsum(CASE WHEN is_late THEN ${weight} ELSE 0 END) AS ${prefix}Late,
  fsum(${weight} * units) AS ${prefix}Units,
  fsum(${weight} * back) AS ${prefix}Returned,
  fsum(CASE WHEN has_arrived THEN ${weight} ELSE 0 END) AS ${prefix}Arrived,
  fsum(CASE WHEN has_arrived THEN ${weight} * log_days ELSE 0 END) AS ${prefix}Days,
  fsum(CASE WHEN has_arrived THEN ${weight} * log_days * log_days ELSE 0 END) AS ${prefix}DaysSquared`

/** An order counts once under each key that one of its lines has, with the units of those lines. */
const summed = (lines: string) => `
  WITH keyed AS (SELECT *, unnest(${keys}) AS key FROM (${lines})),
  of_order AS (
    SELECT key, order_id, sum(units) AS units, sum(back) AS back,
      any_value(has_arrived) AS has_arrived, any_value(is_promised) AS is_promised, any_value(is_late) AS is_late,
      any_value(is_cancelled) AS is_cancelled, any_value(score) AS score, any_value(weight) AS weight,
      any_value(fading) AS fading, any_value(log_days) AS log_days,
      any_value(greatest(placed_at, coalesce(delivered_at, 0))) AS happened_at
    FROM keyed WHERE key IS NOT NULL GROUP BY key, order_id
  )
  SELECT key, max(happened_at) AS latest, count(*)::DOUBLE AS orders,
    ${counted('has_arrived')} AS deliveries, ${counted('is_late')} AS late,
    sum(units)::DOUBLE AS units, sum(back)::DOUBLE AS returned,
    ${counted('is_cancelled')} AS cancelled, ${counted('score IS NOT NULL')} AS reviews,
    ${counted(`score <= ${badScore}`)} AS badReviews,
    ${weighed('w', 'fading')}, ${weighed('p', 'weight')}
  FROM of_order GROUP BY key ORDER BY key`

/**
 * What logistics adds up order by order, computed at once from the lines in the lake: raw counts and decayed sums of the whole, of each
 * product, seller, category, region, route and distance. None where the lake has no lines.
 */
export async function orderSums(options: OrderSumsOptions): Promise<readonly OrderSums[]> {
  const { lake } = options
  const lines = await orderLinesSource(lake)
  if (lines === null) return []
  const found: OrderSums[] = []
  for await (const rows of lake.query(summed(countedLines(lines, await placesSource(lake), options))))
    for (const { key, latest, ...sums } of rows)
      found.push({
        key: String(key),
        latest: Number(latest),
        sums: Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, Number(value)])),
      })
  return found
}

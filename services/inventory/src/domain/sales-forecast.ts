const dayMs = 86_400_000
const halfLifeDays = 14
/** How many days of sales an expectation given by hand counts as. */
const expectationDays = 7
/** Less than a day of watching counts as a day: one piece in the first minute is not a thousand a day. */
const leastDays = 1

/**
 * What is known of a product's sales. Times in milliseconds since the epoch.
 * `log2`: of the decayed sum of units, log₂ Σ units·2^(time ÷ half-life), so that it never overflows; null: nothing was sold.
 */
export type SalesRecord = Readonly<{
  since: number
  log2: number | null
  expected: number | null
  expectedAt: number
}>

export const noSales = (since: number): SalesRecord => ({ since, log2: null, expected: null, expectedAt: since })

const halfLives = (ms: number) => ms / dayMs / halfLifeDays

function log2OfSum(a: number, b: number): number {
  const [small, great] = a < b ? [a, b] : [b, a]
  return great + Math.log2(1 + 2 ** (small - great))
}

export function sold(record: SalesRecord, units: number, at: number): SalesRecord {
  const added = Math.log2(units) + halfLives(at)
  return { ...record, log2: record.log2 === null ? added : log2OfSum(record.log2, added) }
}

export const expecting = (record: SalesRecord, daily: number, at: number): SalesRecord => ({
  ...record,
  expected: daily,
  expectedAt: at,
})

/**
 * Units a day, decayed with a half-life of two weeks; null before anything was sold or foretold. What was expected counts as a week
 * of sales at first, and is forgotten as sales are:
 *
 *     (Σ units·decay + expected·7·decay) ÷ (∫ decay since it is watched + 7·decay)
 */
export function dailySales({ since, log2, expected, expectedAt }: SalesRecord, at: number): number | null {
  if (log2 === null && expected === null) return null
  const units = log2 === null ? 0 : 2 ** (log2 - halfLives(at))
  const watched = (halfLifeDays / Math.LN2) * (1 - 2 ** -halfLives(Math.max(0, at - since)))
  const weight = expected === null ? 0 : expectationDays * 2 ** -halfLives(Math.max(0, at - expectedAt))
  const daily = (units + (expected ?? 0) * weight) / Math.max(leastDays, watched + weight)
  return Math.round(daily * 1e6) / 1e6
}

/** What is added up for a product, a seller, a category, a route, or all. Raw counts first, decayed weights after. */
export const sumNames = [
  ...(['orders', 'deliveries', 'late', 'units', 'returned', 'cancelled', 'reviews', 'badReviews'] as const),
  ...(['wOrders', 'wCancelled', 'wPromised', 'wLate', 'wUnits', 'wReturned'] as const),
  ...(['wArrived', 'wDays', 'wDaysSquared'] as const),
] as const
export type SumName = (typeof sumNames)[number]
export type Sums = Readonly<Record<SumName, number>>

export const noSums: Sums = Object.freeze(
  Object.fromEntries(sumNames.map((name) => [name, 0])) as Record<SumName, number>,
)

/** `sign` −1 takes back what was added. What is left of nothing but rounding is nothing. */
export function addSums(to: Sums, more: Sums, sign: 1 | -1): Sums {
  const out = {} as Record<SumName, number>
  for (const name of sumNames) out[name] = Math.max(0, to[name] + sign * more[name])
  return out
}

const landmark = Date.UTC(2020, 0, 1)
const dayMs = 86_400_000

/**
 * Forward decay (Cormode, Shkapenyuk, Srivastava, Xu 2009): a fact of time t weighs 2^((t − landmark) ÷ half-life) for ever, so that
 * sums are never touched to age; ratios of sums are those of facts that halve. With 30 days a double holds it until the year 2104.
 */
export const weightAt = (at: number, halfLifeDays: number): number => 2 ** ((at - landmark) / (halfLifeDays * dayMs))

export const orderHalfLifeDays = 180
export const demandHalfLifeDays = 30

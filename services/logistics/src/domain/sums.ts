/** What rates and lead times are made of, each order by how much it counts. */
export const evidenceNames = [
  ...(['orders', 'cancelled', 'promised', 'late', 'units', 'returned'] as const),
  ...(['arrived', 'days', 'daysSquared'] as const),
] as const
export type Evidence = Readonly<Record<(typeof evidenceNames)[number], number>>

/** What is added up for a product, a seller, a category, a route, or all: raw counts, then evidence that fades, then evidence that does not. */
export const sumNames = [
  ...(['orders', 'deliveries', 'late', 'units', 'returned', 'cancelled', 'reviews', 'badReviews'] as const),
  ...(['wOrders', 'wCancelled', 'wPromised', 'wLate', 'wUnits', 'wReturned'] as const),
  ...(['wArrived', 'wDays', 'wDaysSquared'] as const),
  ...(['pOrders', 'pCancelled', 'pPromised', 'pLate', 'pUnits', 'pReturned'] as const),
  ...(['pArrived', 'pDays', 'pDaysSquared'] as const),
] as const
export type SumName = (typeof sumNames)[number]
export type Sums = Readonly<Record<SumName, number>>

export const noSums: Sums = Object.freeze(
  Object.fromEntries(sumNames.map((name) => [name, 0])) as Record<SumName, number>,
)

/** Sums of logarithms: less than nothing where things arrived within a day. */
const logarithms: ReadonlySet<SumName> = new Set(['wDays', 'pDays'])

/** `sign` −1 takes back what was added. What is left of nothing but rounding is nothing. */
export function addSums(to: Sums, more: Sums, sign: 1 | -1): Sums {
  const out = {} as Record<SumName, number>
  for (const name of sumNames) {
    const sum = to[name] + sign * more[name]
    out[name] = logarithms.has(name) ? sum : Math.max(0, sum)
  }
  return out
}

/** From when on facts weigh more than one. */
export const orderLandmark = Date.UTC(2020, 0, 1)
const dayMs = 86_400_000

/**
 * Forward decay (Cormode, Shkapenyuk, Srivastava, Xu 2009): a fact of time t weighs 2^((t − landmark) ÷ half-life) for ever, so that
 * sums are never touched to age; ratios of sums are those of facts that halve. With 30 days a double holds it until the year 2104.
 */
export const weightAt = (at: number, halfLifeDays: number): number =>
  2 ** ((at - orderLandmark) / (halfLifeDays * dayMs))

export const orderHalfLifeDays = 180
export const demandHalfLifeDays = 30

/** Arrivals. The past fades as far as newer evidence takes its place: as a whole it never counts for less than this, or than there is. */
export const enoughArrivals = 1_000

/** How evidence is read: `unit` is what one fact of now weighs, `plain` how much of what does not fade is added. */
export type Scale = Readonly<{ unit: number; plain: number }>

/**
 * Without it a single order after a long silence, or after a clock that jumped, would let go of everything that was ever learned.
 * What is missing of enough is filled up with the past as it was, of every group alike.
 */
export function scaleOf(all: Sums, latest: number): Scale {
  const unit = weightAt(latest, orderHalfLifeDays)
  const missing = Math.min(enoughArrivals, all.pArrived) - all.wArrived / unit
  return { unit, plain: missing > 0 ? missing / all.pArrived : 0 }
}

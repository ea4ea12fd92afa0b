import { type Strength, smoothed } from './smoothing.ts'
import { noSums, type Sums } from './sums.ts'

export const rateNames = ['delay', 'return', 'cancellation'] as const
export type RateName = (typeof rateNames)[number]
export const groupKinds = ['product', 'seller', 'category', 'region', 'route'] as const
export type GroupKind = (typeof groupKinds)[number]
export type Strengths = Readonly<Record<RateName, Readonly<Record<GroupKind, Strength>>>>

const usual: Readonly<Record<GroupKind, Strength>> = { product: 20, seller: 20, category: 50, region: 50, route: 50 }
/** Until groups are known. */
export const usualStrengths: Strengths = { delay: usual, return: usual, cancellation: usual }

/** Rates of one group, in [0, 1]; lead time as the mean and variance of the logarithm of days, null where nothing ever arrived. */
export type Rates = Readonly<
  Record<RateName, number> & { leadTime: Readonly<{ mean: number; variance: number }> | null }
>

/** Before anything is known: few are late, hardly any come back. */
const believed: Rates = { delay: 0.05, return: 0.02, cancellation: 0.01, leadTime: null }
const strengthOfBelief = 10
const strengthOfLeadTime = 5

const shares = (sums: Sums, unit: number) => ({
  delay: { hits: sums.wLate / unit, trials: sums.wPromised / unit },
  return: { hits: sums.wReturned / unit, trials: sums.wUnits / unit },
  cancellation: { hits: sums.wCancelled / unit, trials: sums.wOrders / unit },
})

/** Of a group as decayed trials: `unit` is what one fact of now weighs. */
export const shareOf = (sums: Sums, name: RateName, unit: number) => shares(sums, unit)[name]

function leadTimeOf(sums: Sums, parent: Rates['leadTime'], unit: number): Rates['leadTime'] {
  const trials = sums.wArrived / unit
  if (trials <= 0) return parent
  const mean = sums.wDays / sums.wArrived
  const variance = Math.max(0, sums.wDaysSquared / sums.wArrived - mean ** 2)
  if (parent === null) return { mean, variance: variance > 0 ? variance : 0.1 }
  const share = trials / (trials + strengthOfLeadTime)
  return {
    mean: share * mean + (1 - share) * parent.mean,
    variance: share * variance + (1 - share) * (parent.variance + share * (mean - parent.mean) ** 2),
  }
}

/** One link of the chain: what a group shows, leaning on its parent. */
function ratesOf(sums: Sums, parent: Rates, strengths: Readonly<Record<RateName, Strength>>, unit: number): Rates {
  const seen = shares(sums, unit)
  return {
    delay: smoothed(seen.delay, parent.delay, strengths.delay),
    return: smoothed(seen.return, parent.return, strengths.return),
    cancellation: smoothed(seen.cancellation, parent.cancellation, strengths.cancellation),
    leadTime: leadTimeOf(sums, parent.leadTime, unit),
  }
}

/** Groups from the widest to the narrowest, each leaning on the one before: all → category → seller → product. */
export function chainedRates(
  all: Sums,
  groups: readonly Readonly<{ kind: GroupKind; sums: Sums | undefined }>[],
  strengths: Strengths,
  unit: number,
): Rates {
  const belief = { delay: strengthOfBelief, return: strengthOfBelief, cancellation: strengthOfBelief }
  let rates = ratesOf(all, believed, belief, unit)
  for (const { kind, sums = noSums } of groups) {
    const own = {
      delay: strengths.delay[kind],
      return: strengths.return[kind],
      cancellation: strengths.cancellation[kind],
    }
    rates = ratesOf(sums, rates, own, unit)
  }
  return rates
}

/** The median of days that the logarithms tell. */
export const leadDays = ({ leadTime }: Pick<Rates, 'leadTime'>): number | null =>
  leadTime === null ? null : Math.exp(leadTime.mean)

/** Nine of ten arrive by then: the normal quantile .9 of the logarithm. */
export const latestDays = ({ leadTime }: Pick<Rates, 'leadTime'>): number | null =>
  leadTime === null ? null : Math.exp(leadTime.mean + 1.2816 * Math.sqrt(leadTime.variance))

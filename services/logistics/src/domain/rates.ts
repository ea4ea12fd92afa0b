import { type Strength, smoothed } from './smoothing.ts'
import { type Evidence, noSums, type Scale, type Sums } from './sums.ts'

export const rateNames = ['delay', 'return', 'cancellation'] as const
export type RateName = (typeof rateNames)[number]
export const groupKinds = ['product', 'seller', 'category', 'region', 'route', 'distance'] as const
export type GroupKind = (typeof groupKinds)[number]
export type Strengths = Readonly<Record<RateName, Readonly<Record<GroupKind, Strength>>>>

const usual: Readonly<Record<GroupKind, Strength>> = {
  ...{ product: 20, seller: 20, category: 50 },
  ...{ region: 50, route: 50, distance: 50 },
}
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

const evidenceOf = (sums: Sums, { unit, plain }: Scale): Evidence => ({
  orders: sums.wOrders / unit + plain * sums.pOrders,
  cancelled: sums.wCancelled / unit + plain * sums.pCancelled,
  promised: sums.wPromised / unit + plain * sums.pPromised,
  late: sums.wLate / unit + plain * sums.pLate,
  units: sums.wUnits / unit + plain * sums.pUnits,
  returned: sums.wReturned / unit + plain * sums.pReturned,
  arrived: sums.wArrived / unit + plain * sums.pArrived,
  days: sums.wDays / unit + plain * sums.pDays,
  daysSquared: sums.wDaysSquared / unit + plain * sums.pDaysSquared,
})

const shares = ({ orders, cancelled, promised, late, units, returned }: Evidence) => ({
  delay: { hits: late, trials: promised },
  return: { hits: returned, trials: units },
  cancellation: { hits: cancelled, trials: orders },
})

/** Of a group as trials of now. */
export const shareOf = (sums: Sums, name: RateName, scale: Scale) => shares(evidenceOf(sums, scale))[name]

function leadTimeOf({ arrived, days, daysSquared }: Evidence, parent: Rates['leadTime']): Rates['leadTime'] {
  if (arrived <= 0) return parent
  const mean = days / arrived
  const variance = Math.max(0, daysSquared / arrived - mean ** 2)
  if (parent === null) return { mean, variance: variance > 0 ? variance : 0.1 }
  const share = arrived / (arrived + strengthOfLeadTime)
  return {
    mean: share * mean + (1 - share) * parent.mean,
    variance: share * variance + (1 - share) * (parent.variance + share * (mean - parent.mean) ** 2),
  }
}

/** One link of the chain: what a group shows, leaning on its parent. */
function ratesOf(sums: Sums, parent: Rates, strengths: Readonly<Record<RateName, Strength>>, scale: Scale): Rates {
  const evidence = evidenceOf(sums, scale)
  const seen = shares(evidence)
  return {
    delay: smoothed(seen.delay, parent.delay, strengths.delay),
    return: smoothed(seen.return, parent.return, strengths.return),
    cancellation: smoothed(seen.cancellation, parent.cancellation, strengths.cancellation),
    leadTime: leadTimeOf(evidence, parent.leadTime),
  }
}

/** Groups from the widest to the narrowest, each leaning on the one before: all → category → seller → product. */
export function chainedRates(
  all: Sums,
  groups: readonly Readonly<{ kind: GroupKind; sums: Sums | undefined }>[],
  strengths: Strengths,
  scale: Scale,
): Rates {
  const belief = { delay: strengthOfBelief, return: strengthOfBelief, cancellation: strengthOfBelief }
  let rates = ratesOf(all, believed, belief, scale)
  for (const { kind, sums = noSums } of groups) {
    const own = {
      delay: strengths.delay[kind],
      return: strengths.return[kind],
      cancellation: strengths.cancellation[kind],
    }
    rates = ratesOf(sums, rates, own, scale)
  }
  return rates
}

/**
 * Of a delivery to be promised: all → distance → seller → route. Distance says how long it takes; not how likely it is to be late, as the
 * day that was named has the distance in it already.
 */
export const promisedRates = (
  all: Sums,
  groups: readonly Readonly<{ kind: GroupKind; sums: Sums | undefined }>[],
  strengths: Strengths,
  scale: Scale,
): Rates => ({
  ...chainedRates(
    all,
    groups.filter(({ kind }) => kind !== 'distance'),
    strengths,
    scale,
  ),
  leadTime: chainedRates(all, groups, strengths, scale).leadTime,
})

/** The median of days that the logarithms tell. */
export const leadDays = ({ leadTime }: Pick<Rates, 'leadTime'>): number | null =>
  leadTime === null ? null : Math.exp(leadTime.mean)

/** Nine of ten arrive by then: the normal quantile .9 of the logarithm. */
export const latestDays = ({ leadTime }: Pick<Rates, 'leadTime'>): number | null =>
  leadTime === null ? null : Math.exp(leadTime.mean + 1.2816 * Math.sqrt(leadTime.variance))

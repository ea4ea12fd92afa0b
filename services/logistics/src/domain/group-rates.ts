import { chainedRates, type GroupKind, groupKinds, leadDays, rateNames, type Strengths, shareOf } from './rates.ts'
import { type Share, strengthOf } from './smoothing.ts'
import { noSums, type Scale, type Sums, scaleOf } from './sums.ts'

/** How far the groups of each kind differ beyond chance, for each rate. */
export function strengthsOf(
  sharesOf: (kind: GroupKind, rate: (typeof rateNames)[number]) => readonly Share[],
): Strengths {
  return Object.fromEntries(
    rateNames.map((name) => [
      name,
      Object.fromEntries(groupKinds.map((kind) => [kind, strengthOf(sharesOf(kind, name))])),
    ]),
  ) as unknown as Strengths
}

/** Of one group, in [0, 1]; days from the order to the door, null where nothing arrived. */
export type GroupRates = Readonly<{
  delayRate: number
  returnRate: number
  cancellationRate: number
  leadTimeDays: number | null
}>

/**
 * Rates of groups, as they are told, out of all sums at once: for sums that were computed anew. `latest`: the time of the newest fact.
 * Products lean on more than their sums say, and are left out.
 */
export function ratesOfGroups(sums: ReadonlyMap<string, Sums>, latest: number): ReadonlyMap<string, GroupRates> {
  const all = sums.get('all ') ?? noSums
  const scale: Scale = scaleOf(all, latest)
  const keyed = Map.groupBy(sums, ([key]) => key.slice(0, key.indexOf(' ')) as GroupKind | 'all')
  const strengths = strengthsOf((kind, name) => (keyed.get(kind) ?? []).map(([, each]) => shareOf(each, name, scale)))
  const rates = new Map<string, GroupRates>()
  for (const [kind, groups] of keyed)
    for (const [key, each] of kind === 'product' ? [] : groups) {
      const found = chainedRates(all, kind === 'all' ? [] : [{ kind, sums: each }], strengths, scale)
      const days = leadDays(found)
      rates.set(key, {
        ...{ delayRate: found.delay, returnRate: found.return, cancellationRate: found.cancellation },
        leadTimeDays: days === null ? null : Number(days.toFixed(1)),
      })
    }
  return rates
}

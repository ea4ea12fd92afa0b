import { systemClock } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import { orderSums } from '@eip/pipeline-olist'
import { type GroupRates, orderHalfLifeDays, orderLandmark, ratesOfGroups, type Sums } from '@eip/service-logistics'

/** Of every key (`seller NAME`, `route FROM > TO`, …), sums and what follows from them. Products have no rates: they lean on their groups. */
export type RecomputedRates = Readonly<{ sums: ReadonlyMap<string, Sums>; rates: ReadonlyMap<string, GroupRates> }>

/** What logistics learns order by order, computed at once by SQL from the orders in the lake. null: the lake has none. */
export async function recomputeRates(lake: Lake, now = systemClock.now()): Promise<RecomputedRates | null> {
  const found = await orderSums({ lake, landmark: orderLandmark, halfLifeDays: orderHalfLifeDays, now })
  if (found.length === 0) return null
  const sums = new Map(found.map(({ key, sums: each }) => [key, each as Sums]))
  const latest = Math.min(now, found.find(({ key }) => key === 'all ')?.latest ?? 0)
  return { sums, rates: ratesOfGroups(sums, latest) }
}

import type { LogisticsRates } from '@eip/contracts'
import type { GroupRates, Sums } from '@eip/service-logistics'

export const countNames = [
  'orders',
  'deliveries',
  'late',
  'units',
  'returned',
  'cancelled',
  'reviews',
  'badReviews',
] as const
type Counts = Readonly<Record<(typeof countNames)[number], number>>

/** One group as it was computed from the lake, and as logistics tells it; null: it does not. `differing`: counts that are not the same. */
export type ComparedRates = Readonly<{
  name: string
  counts: Counts
  rates: GroupRates | null
  served: LogisticsRates | null
  differing: readonly (typeof countNames)[number][]
}>

/** Groups of the lake beside the same of logistics, most orders first. `served`: the largest groups of logistics, by name. */
export function compareRates(
  groups: readonly Readonly<{ name: string; sums: Sums; rates: GroupRates | null }>[],
  served: ReadonlyMap<string, LogisticsRates>,
): readonly ComparedRates[] {
  return groups
    .map(({ name, sums, rates }) => {
      const counts = Object.fromEntries(countNames.map((each) => [each, sums[each]])) as Counts
      const told = served.get(name) ?? null
      const differing = countNames.filter((each) => told?.[each] !== counts[each])
      return { name, counts, rates, served: told, differing }
    })
    .toSorted((a, b) => b.counts.orders - a.counts.orders || (a.name < b.name ? -1 : 1))
}

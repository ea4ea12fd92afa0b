import type { SearchHit } from '@eip/contracts'
import { type Guarded, guardReasons, type Policy } from '@eip/engine-ranking'
import type { Filter, NumberColumn } from '@eip/product-index'

/** What a list holds of stock and delivery, by candidate: columns as they were when it was ranked. */
export type Fulfilments = Readonly<{ guarded: Guarded; atp: Float64Array | null; leadTimeDays: Float64Array | null }>

/** Columns that the list needs beside those that are ranked by. */
export const fulfilmentColumns = ['leadTimeDays'] as const satisfies readonly NumberColumn[]

/** Filters by which the retrieval leaves out what the policy hides. `region`: its bit, null where it is not known. */
export const hidingFilters = ({ guards }: Pick<Policy, 'guards'>, region: number | null): readonly Filter[] => [
  ...(guards.unavailable === 'hide' ? [{ kind: 'available' } as const] : []),
  ...(guards.undeliverable === 'hide' && region !== null ? [{ kind: 'delivered', bit: region } as const] : []),
]

/** At so many units or fewer a shopper is told how many are left. */
const few = 5

const finite = (values: Float64Array | null, candidate: number): number | null => {
  const value = values?.[candidate]
  return value === undefined || Number.isNaN(value) ? null : value
}

/** What to say of a candidate's stock and delivery. */
export function fulfilmentOf({ guarded, atp, leadTimeDays }: Fulfilments, candidate: number): SearchHit['fulfilment'] {
  const left = finite(atp, candidate)
  const notice = {
    none: left !== null && left > 0 && left <= few ? 'low-stock' : null,
    unavailable: 'out-of-stock',
    undeliverable: 'not-delivered',
  } as const
  return {
    notice: notice[guardReasons[guarded.reasons[candidate]!]!],
    left: left !== null && left <= few ? Math.max(0, left) : null,
    leadTimeDays: finite(leadTimeDays, candidate),
  }
}

/** Which guard holds a candidate, and what it does; null where none does. */
export function guardOf(
  { guarded }: Pick<Fulfilments, 'guarded'>,
  candidate: number,
): NonNullable<SearchHit['explanation']>['guard'] {
  const reason = guardReasons[guarded.reasons[candidate]!]!
  return reason === 'none' ? null : { reason, action: guarded.isSunk[candidate] === 1 ? 'sink' : 'show' }
}

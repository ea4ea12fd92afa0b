import type { QuerySlot } from '@eip/contracts'
import type { Slot } from '@eip/engine-query-understanding'
import { type Filter, mostWishes } from '@eip/product-index'
import type { Span } from './query-span.ts'
import { type Askable, slotFilter } from './slot-filter.ts'

/** A condition that is nice to have: `slot` names the place in the slots of what asks for it. */
export type Wish = Readonly<{ filter: Filter; confidence: number; slot: number }>

/** What slots do to a search: certain ones filter, the others are wishes, and some have nothing to act on. */
export type SlotEffects = Readonly<{
  slots: readonly QuerySlot[]
  filters: readonly Filter[]
  wishes: readonly Wish[]
  /** Phrases of price, which are not to be searched for as words: "under 50" stands in no title, filter or not. */
  consumed: readonly Span[]
}>

const actsOn = (filter: Filter): string =>
  filter.kind === 'attribute' ? `attribute ${filter.name}` : 'column' in filter ? filter.column : filter.kind

/** An amount means another price in each currency: where the catalogue has several, the one that was said holds too. */
const currencyOf = ({ kind, range }: Slot, { currencies }: Askable): readonly Filter[] =>
  kind === 'price' && range?.unit != null && currencies.length > 1
    ? [{ kind: 'keyword', column: 'currency', anyOf: [range.unit] }]
    : []

/** What the shopper chose by a filter holds, whatever the words seem to say of the same thing. */
export function slotEffects(slots: readonly Slot[], chosen: readonly Filter[], askable: Askable): SlotEffects {
  const taken = new Set(chosen.map(actsOn))
  const filters: Filter[] = []
  const wishes: Wish[] = []
  const shown = slots.map((slot, at): QuerySlot => {
    const filter = slotFilter(slot, askable)
    if (filter === null || taken.has(actsOn(filter))) return { ...slot, effect: 'none' }
    if (slot.effect === 'filter') filters.push(filter, ...currencyOf(slot, askable))
    else if (wishes.length < mostWishes) wishes.push({ filter, confidence: slot.confidence, slot: at })
    else return { ...slot, effect: 'none' }
    return slot
  })
  return { slots: shown, filters, wishes, consumed: slots.filter(({ kind }) => kind === 'price') }
}

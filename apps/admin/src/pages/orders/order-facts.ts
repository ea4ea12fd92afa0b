import type { Order, OrderState } from '@eip/contracts'

/** In the order of an order's life; this page does not load the contract's code, only its types. */
export const states: readonly OrderState[] = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned']

export type Step = 'ship' | 'deliver' | 'cancel' | 'giveBack'

/** What of a line can still come back. */
export const left = ({ quantity, returned }: Order['lines'][number]): number => quantity - returned

/** The steps that an order may take next. Whether one is taken is decided by orders; here it is only offered. */
export function nextSteps({ state, lines }: Pick<Order, 'state' | 'lines'>): readonly Step[] {
  if (state === 'placed') return ['cancel']
  if (state === 'paid') return ['ship', 'cancel']
  if (state === 'shipped') return ['deliver']
  return state === 'delivered' && lines.some((line) => left(line) > 0) ? ['giveBack'] : []
}

export type Moment = Readonly<{
  what: OrderState | 'promised' | 'reviewed'
  /** null: has not happened. */
  at: number | null
  isLate: boolean
}>

type Times = Pick<
  Order,
  'placedAt' | 'paidAt' | 'shippedAt' | 'deliveredAt' | 'cancelledAt' | 'returnedAt' | 'promisedAt' | 'review' | 'state'
>

/** What happened to an order, earliest first, and what is to come on its way; an order that was given up has nothing to come. */
export function timelineOf(order: Times): readonly Moment[] {
  const { placedAt, paidAt, shippedAt, deliveredAt, cancelledAt, returnedAt, promisedAt, review } = order
  const isOver = cancelledAt !== null || order.state === 'cancelled'
  const way = [
    ...[{ what: 'placed', at: placedAt } as const, { what: 'paid', at: paidAt } as const],
    ...[{ what: 'shipped', at: shippedAt } as const, { what: 'delivered', at: deliveredAt } as const],
  ]
  const aside = [
    ...(promisedAt === null ? [] : [{ what: 'promised', at: promisedAt } as const]),
    ...(cancelledAt === null ? [] : [{ what: 'cancelled', at: cancelledAt } as const]),
    ...(returnedAt === null ? [] : [{ what: 'returned', at: returnedAt } as const]),
    ...(review === null ? [] : [{ what: 'reviewed', at: review.at } as const]),
  ]
  const isLate = promisedAt !== null && deliveredAt !== null && deliveredAt > promisedAt
  const happened = [...way.filter(({ at }) => at !== null), ...aside]
  // Times of other systems may be equal, or not in order: then the way itself is the order.
  const sorted = happened.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
  const toCome = isOver ? [] : way.filter(({ at }) => at === null)
  return [...sorted, ...toCome].map((moment) => ({ ...moment, isLate: moment.what === 'delivered' && isLate }))
}

/** A moment as `<input type=datetime-local>` gives it, in milliseconds; undefined where it is left empty. */
export function momentOf(typed: string): number | undefined {
  const at = new Date(typed).getTime()
  return Number.isNaN(at) ? undefined : at
}

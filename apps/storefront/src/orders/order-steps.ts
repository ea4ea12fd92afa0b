import type { api } from '../api.ts'

export type Order = Awaited<ReturnType<typeof api.getMyOrder>>
export type OrderState = Order['state']
export type OrderStep = Readonly<{ state: OrderState; isReached: boolean; at: number | null }>

const usualWay = ['placed', 'paid', 'shipped', 'delivered'] as const

const timeOf = (order: Order, state: OrderState): number | null => order[`${state}At`]

/**
 * The way of an order. One that goes on shows what is still to come; one that was cancelled shows how far it came. Histories
 * lack times: a step before the present one was taken all the same.
 */
export function stepsOf(order: Order): readonly OrderStep[] {
  const step = (state: OrderState, isReached: boolean) => ({ state, isReached, at: timeOf(order, state) })
  if (order.state === 'cancelled')
    return [
      ...usualWay.filter((state) => timeOf(order, state) !== null).map((state) => step(state, true)),
      step('cancelled', true),
    ]
  const present = order.state === 'returned' ? usualWay.length : usualWay.indexOf(order.state)
  const way = usualWay.map((state, at) => step(state, at <= present))
  return order.state === 'returned' ? [...way, step('returned', true)] : way
}

/** Pieces of an order that have not come back. */
export const keptPieces = ({ quantity, returned }: Order['lines'][number]): number => Math.max(quantity - returned, 0)

export const canCancel = ({ state }: Order): boolean => state === 'placed' || state === 'paid'
export const canReturn = ({ state, lines }: Order): boolean =>
  state === 'delivered' && lines.some((line) => keptPieces(line) > 0)
export const canReview = ({ state, review }: Order): boolean =>
  review === null && (state === 'delivered' || state === 'returned')

/** It came, and later than the customer was promised. */
export const cameLate = ({ deliveredAt, promisedAt }: Order): boolean =>
  deliveredAt !== null && promisedAt !== null && deliveredAt > promisedAt

import { type Envelope, type Order, orderChanged, type Purchase, purchase } from '@eip/contracts'
import type { Occasion } from './occasion.ts'

/** An order as it stands; versions begin with 1 and grow by one. */
export type StandingOrder = Readonly<{ order: Order; version: number }>

/** What becomes of an order, with the events that tell of it. */
export type OrderChange = Readonly<{
  order: Order
  version: number
  changed: Envelope<Order>
  /** Of a live order that is paid with this change. */
  purchase: Envelope<Purchase> | null
  /** What was paid for it is to be given back. */
  isRefundDue: boolean
}>

export type OrderDecision<Answer> = Readonly<{ answer: Answer; change: OrderChange | null }>

const purchaseOf = ({ orderId, customer, region, lines, total }: Order): Purchase => ({
  ...{ orderId, customer, region, total },
  lines: lines.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
})

/** `occurredAt`: when the step was taken that the change tells of. History publishes no purchases: nobody shops again. */
export function changeOf(
  before: StandingOrder | null,
  order: Order,
  occurredAt: number,
  { now, trace, newEventId }: Occasion,
): OrderChange {
  const version = (before?.version ?? 0) + 1
  const { region } = order
  const market = { currency: order.total.currency, ...(region === null ? {} : { region }) }
  const facts = { version, occurredAt, recordedAt: now, deleted: false, trace, market }
  const isLive = order.source === 'checkout'
  const isPaidNow = isLive && order.paidAt !== null && (before === null || before.order.paidAt === null)
  const isCancelledNow = order.cancelledAt !== null && (before === null || before.order.cancelledAt === null)
  return {
    ...{ order, version },
    changed: { id: newEventId(), schema: orderChanged.schema, key: order.orderId, ...facts, payload: order },
    purchase: isPaidNow
      ? { id: newEventId(), schema: purchase.schema, key: order.customer, ...facts, payload: purchaseOf(order) }
      : null,
    isRefundDue: isLive && isCancelledNow && order.paidAt !== null,
  }
}

import type { CartAction, Envelope, Order } from '@eip/contracts'
import { cartAction } from '@eip/contracts'
import type { Checkout } from '../domain/checkout.ts'
import type { Occasion } from '../domain/occasion.ts'
import { changeOf, type StandingOrder } from '../domain/order-change.ts'

export const usd = (amount: number) => ({ amount, currency: 'USD' })

export const noon = Date.UTC(2026, 0, 1, 12)
export const days = (count: number) => count * 86_400_000

let made = 0
export const anOccasion = (now = noon): Occasion => ({ now, trace: 'trace', newEventId: () => `event-${made++}` })

export const aLine = (productId: string, quantity = 1, fields: Partial<Order['lines'][number]> = {}) => ({
  ...{ productId, quantity, returned: 0, unitPrice: usd(500), title: `Product ${productId}`, seller: 'Shop' },
  ...{ categoryPath: ['Home', 'Tea'], sellerRegion: null },
  ...fields,
})

/** A paid order of one piece of `a`; everything else as given. */
export const anOrder = (fields: Partial<Order> & { orderId: string }): Order => ({
  ...{ state: 'paid', customer: 'ann', region: 'SP', lines: [aLine('a')], total: usd(500) },
  ...{ placedAt: noon, paidAt: fields.placedAt ?? noon, shippedAt: null, deliveredAt: null, cancelledAt: null },
  ...{ returnedAt: null, promisedAt: null, reason: '', review: null, source: 'checkout', weight: 1 },
  ...fields,
})

/** The decision to make the order what is given. */
export const becomes = (order: Order) => (_: unknown, standing: StandingOrder | null) => ({
  answer: (standing?.version ?? 0) + 1,
  change: changeOf(standing, order, noon, anOccasion()),
})

export const aCheckout = (checkoutId: string, fields: Partial<Checkout> = {}): Checkout => ({
  ...{ checkoutId, cartId: `cart-of-${checkoutId}`, customer: 'ann', region: null, promisedAt: null },
  ...{ lines: [aLine('a', 2)], total: usd(1_000), paymentToken: 'card', begunAt: noon, step: 'begun', end: null },
  ...fields,
})

export const cartEvent =
  (cartId: string, productId: string, quantity: number) =>
  (version: number): Envelope<CartAction> => ({
    ...{ id: `${cartId}/${version}`, schema: cartAction.schema, key: cartId, version },
    ...{ occurredAt: noon, recordedAt: noon, deleted: false, market: {} },
    payload: { cartId, productId, quantity },
  })

import type { Money, Order, OrderLine } from '@eip/contracts'

/** How a checkout ended, as its shopper is told. */
export type CheckoutEnd =
  | Readonly<{ outcome: 'placed' }>
  | Readonly<{
      outcome: 'insufficient'
      lines: readonly Readonly<{ productId: string; wanted: number; available: number }>[]
    }>
  | Readonly<{ outcome: 'declined'; reason: string }>

/**
 * How far a checkout is known to have come. Each step stands in the database before the next call is made:
 *
 *     begun ──reserve──▶ reserved ──authorise──▶ authorised ──confirm──▶ confirmed ──capture──▶ ended (placed)
 *       │ no stock          │ declined              │ run out               │ lapsed
 *       ▼                   └───────────────────────┴──────▶ undoing ◀──────┘
 *     ended                                                     └──void, release──▶ ended
 */
export type CheckoutStep = 'begun' | 'reserved' | 'authorised' | 'confirmed' | 'undoing' | 'ended'

export type Checkout = Readonly<{
  /** Names the order, the reservation and the payment too. */
  checkoutId: string
  cartId: string
  customer: string
  region: string | null
  promisedAt: number | null
  lines: readonly OrderLine[]
  total: Money
  /** Forgotten with the end: nobody is asked for money any more. */
  paymentToken: string
  begunAt: number
  step: CheckoutStep
  /** How it ends; null while that is not known. */
  end: CheckoutEnd | null
}>

/** `version` grows by one with every step. */
export type StandingCheckout = Readonly<{ checkout: Checkout; version: number }>

export const declined = (reason: string): CheckoutEnd => ({ outcome: 'declined', reason })

export const undoing = (checkout: Checkout, end: CheckoutEnd): Checkout => ({ ...checkout, step: 'undoing', end })

export const ended = (checkout: Checkout, end: CheckoutEnd): Checkout => ({
  ...checkout,
  ...{ step: 'ended', end, paymentToken: '' },
})

/** The order that a checkout comes to. */
export function orderOf(checkout: Checkout, paidAt: number): Order {
  const { checkoutId, customer, region, promisedAt, lines, total, begunAt } = checkout
  return {
    ...{ orderId: checkoutId, state: 'paid', customer, region, lines: [...lines], total },
    ...{ placedAt: begunAt, paidAt: Math.max(paidAt, begunAt), shippedAt: null, deliveredAt: null },
    ...{ cancelledAt: null, returnedAt: null, promisedAt, reason: '', review: null, source: 'checkout', weight: 1 },
  }
}

/** What a shopper asks with a checkout's id. */
export type CheckoutAsked = Readonly<{ cartId: string; customer: string; expected: Money }>

const sameMoney = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency

/** The difference to what the same id was used for before, or null. `cart`: what it holds now. */
export function differenceFrom(
  { step, end, ...checkout }: Checkout,
  { cartId, customer, expected }: CheckoutAsked,
  cart: readonly Readonly<{ productId: string; quantity: number }>[],
): 'cart' | 'customer' | 'total' | null {
  if (checkout.cartId !== cartId) return 'cart'
  if (checkout.customer !== customer) return 'customer'
  if (!sameMoney(checkout.total, expected)) return 'total'
  // What was bought has left the cart; and whoever emptied it only asks what became of it.
  if (end?.outcome === 'placed' || cart.length === 0) return null
  const textOf = (lines: typeof cart) =>
    lines
      .map(({ productId, quantity }) => JSON.stringify([productId, quantity]))
      .sort()
      .join()
  return textOf(checkout.lines) === textOf(cart) ? null : 'cart'
}

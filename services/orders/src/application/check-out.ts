import { type Money, type OrderLine, type OrdersContract, ordersFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Handlers, OutputOf, ParsedInputOf } from '@eip/rpc'
import { type CartLine, sumOf } from '../domain/cart.ts'
import { type Checkout, differenceFrom, type StandingCheckout } from '../domain/checkout.ts'
import type { CartStore } from '../ports/cart-store.port.ts'
import type { CheckoutBook } from '../ports/checkout-book.port.ts'
import type { OrderStore } from '../ports/order-store.port.ts'
import type { PriceBook } from '../ports/price-book.port.ts'
import type { CheckoutDriving, Driven } from './drive-checkouts.ts'
import { requireSold } from './require-sold.ts'

export type CheckOutNeeds = Readonly<{
  carts: CartStore
  prices: PriceBook
  checkouts: CheckoutBook
  orders: OrderStore
  driving: CheckoutDriving
  clock: Clock
  /** What the price book still lacks, or null. */
  pricesMissing: () => string | null
}>

type Asked = ParsedInputOf<OrdersContract['checkout']>
type Outcome = OutputOf<OrdersContract['checkout']>

/** The cart's lines as the price book has them. Throws `orders.empty-cart`, `orders.unknown-product`, `orders.not-ready`. */
async function pricedLines({ prices, pricesMissing }: CheckOutNeeds, cart: readonly CartLine[]): Promise<OrderLine[]> {
  if (cart.length === 0) throw ordersFailure('orders.empty-cart', 'the cart is empty')
  const products = await prices.find(cart.map(({ productId }) => productId))
  return cart.map(({ productId, quantity }) => {
    const { price, title, seller, categoryPath } = requireSold(products.get(productId), productId, pricesMissing)
    return {
      ...{ productId, quantity, returned: 0, unitPrice: price, title, seller },
      ...{ categoryPath: [...categoryPath], sellerRegion: null },
    }
  })
}

function totalOf(lines: readonly OrderLine[]): Money {
  const total = sumOf(lines)
  if (total !== null) return total
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))]
  if (currencies.length > 1)
    throw ordersFailure('orders.mixed-currencies', `the cart has prices in ${currencies.join(' and ')}`, { currencies })
  throw ordersFailure('orders.cart-full', 'the cart comes to more than a number can count')
}

const beginningOf = (asked: Asked, lines: readonly OrderLine[], total: Money, begunAt: number): Checkout => {
  const { checkoutId, cartId, customer, region, promisedAt, paymentToken } = asked
  const who = { checkoutId, cartId, customer, region, promisedAt, paymentToken }
  return { ...who, lines, total, begunAt, step: 'begun', end: null }
}

const notReady = (why: unknown) =>
  ordersFailure('orders.not-ready', 'stock does not answer: nothing was taken', {}, why ?? undefined)

/** Buys what is in a cart. */
export function checkOut(needs: CheckOutNeeds): Handlers<OrdersContract>['checkout'] {
  const { carts, checkouts, orders, driving, clock } = needs

  const outcomeOf = async ({ standing: { checkout }, trouble }: Driven): Promise<Outcome> => {
    const { end, step, checkoutId } = checkout
    if (step === 'begun') throw notReady(trouble)
    if (end === null) return { outcome: 'pending' }
    if (end.outcome === 'placed') return { outcome: 'placed', order: (await orders.read(checkoutId))! }
    return end.outcome === 'insufficient' ? { ...end, lines: [...end.lines] } : end
  }
  const require = ({ checkout }: StandingCheckout, asked: Asked, cart: readonly CartLine[]) => {
    const what = differenceFrom(checkout, asked, cart)
    if (what === null) return
    const message = `the checkout ${asked.checkoutId} was begun with another ${what}`
    throw ordersFailure('orders.checkout-differs', message)
  }
  const begin = async (asked: Asked, cart: readonly CartLine[]): Promise<StandingCheckout | Outcome> => {
    const lines = await pricedLines(needs, cart)
    const total = totalOf(lines)
    const { amount, currency } = asked.expected
    if (total.amount !== amount || total.currency !== currency) return { outcome: 'repriced', total }
    if ((await orders.read(asked.checkoutId)) !== null)
      throw ordersFailure('orders.checkout-differs', `there is an order ${asked.checkoutId} already`)
    return checkouts.begin(beginningOf(asked, lines, total, clock.now()), driving.due())
  }
  /** Another checkout of the same cart comes to its end first: who buys it all leaves nothing to be bought again. */
  const beginFree = async (asked: Asked, cart: readonly CartLine[]): Promise<StandingCheckout | Outcome> => {
    const standing = await begin(asked, cart)
    if ('outcome' in standing || standing.checkout.checkoutId === asked.checkoutId) return standing
    const other = await driving.end(standing)
    if (other.standing.checkout.step !== 'ended') throw notReady(other.trouble)
    return beginFree(asked, await carts.read(asked.cartId))
  }
  return async (asked) => {
    const cart = await carts.read(asked.cartId)
    const standing = (await checkouts.read(asked.checkoutId)) ?? (await beginFree(asked, cart))
    if ('outcome' in standing) return standing
    require(standing, asked, cart)
    return outcomeOf(await driving.drive(standing))
  }
}

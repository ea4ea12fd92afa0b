import { cartAction, type OrdersContract, ordersFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Call, Handlers } from '@eip/rpc'
import { type CartLine, mostCartLines, pricedCart } from '../domain/cart.ts'
import type { CartStore } from '../ports/cart-store.port.ts'
import type { PriceBook } from '../ports/price-book.port.ts'
import { occasionOf } from './occasion.ts'
import { requireSold } from './require-sold.ts'

type Needs = Readonly<{ carts: CartStore; prices: PriceBook; clock: Clock; pricesMissing: () => string | null }>

export function manageCarts({ carts, prices, clock, pricesMissing }: Needs) {
  const shown = async (cartId: string) => {
    const lines = await carts.read(cartId)
    return pricedCart(cartId, lines, await prices.find(lines.map(({ productId }) => productId)))
  }
  const eventOf = (cartId: string, line: CartLine, currency: string | undefined, call: Pick<Call, 'trace'>) => {
    const { now, trace, newEventId } = occasionOf(clock, call)
    const when = { occurredAt: now, recordedAt: now, deleted: false, trace }
    const market = currency === undefined ? {} : { currency }
    return (version: number) => ({
      ...{ id: newEventId(), schema: cartAction.schema, key: cartId, version, ...when, market },
      payload: { cartId, ...line },
    })
  }
  return Object.freeze({
    getCart: ({ cartId }) => shown(cartId),
    async setCartLine({ cartId, ...line }, call) {
      const product = (await prices.find([line.productId])).get(line.productId)
      // What is not sold any more can still be taken out.
      if (line.quantity > 0) requireSold(product, line.productId, pricesMissing)
      const outcome = await carts.set(cartId, line, eventOf(cartId, line, product?.price?.currency, call))
      if (outcome === 'full')
        throw ordersFailure('orders.cart-full', `the cart holds ${mostCartLines} different products already`)
      return shown(cartId)
    },
  } satisfies Pick<Handlers<OrdersContract>, 'getCart' | 'setCartLine'>)
}

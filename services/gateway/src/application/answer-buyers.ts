import {
  type GatewayContract,
  gatewayFailure,
  type InventoryContract,
  type LogisticsContract,
  type OrdersContract,
  ordersFailure,
} from '@eip/contracts'
import { type Clock, isFailure } from '@eip/kernel'
import type { Call, Client, OutputOf } from '@eip/rpc'
import { type EdgeCall, edgeOf, type GatewayHandlers } from './edge.ts'
import type { Shopper } from './shopper-cookie.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'delivery'
  | 'listRegions'
  | 'getCart'
  | 'setCartLine'
  | 'checkout'
  | 'listMyOrders'
  | 'getMyOrder'
  | 'cancelMyOrder'
  | 'returnMyOrder'
  | 'reviewMyOrder'
>

type Needs = Readonly<{
  inventory: Client<InventoryContract>
  logistics: Client<LogisticsContract>
  orders: Client<OrdersContract>
  pageBudgetMs: number
  clock: Clock
}>

type Delivery = OutputOf<GatewayContract['delivery']>
type Stock = NonNullable<Delivery['stock']>

/** At so many units or fewer a shopper is told how many are left. */
const few = 5
const checkoutMs = 3_000
const dayMs = 86_400_000

/** Cart, checkout and the shopper's own orders. Who shops is known by a secret, and named to the services by pseudonyms. */
export function answerBuyers(needs: Needs): Operations {
  const { orders, logistics, pageBudgetMs } = needs
  const promisedAt = promiseCart(needs)
  const owned = ownOrders(needs)
  return Object.freeze({
    delivery: tellDelivery(needs),
    listRegions: (_, call) => logistics.listRegions({}, { call, deadlineMs: pageBudgetMs }),
    async getCart(_, call) {
      const shopper = edgeOf(call).shopper.known()
      if (shopper === null) return { lines: [], total: null }
      return withoutId(await orders.getCart({ cartId: shopper.cartId }, { call }))
    },
    async setCartLine(input, call) {
      const { cartId } = edgeOf(call).shopper.keep()
      return withoutId(await orders.setCartLine({ ...input, cartId }, { call }))
    },
    async checkout(input, call) {
      const shopper = edgeOf(call).shopper.known()
      if (shopper === null) throw ordersFailure('orders.empty-cart', 'there is nothing in the cart')
      const promised = await promisedAt(shopper, input.region ?? null, call)
      return orders.checkout({ ...input, ...shopper, promisedAt: promised }, { call, deadlineMs: checkoutMs })
    },
    ...owned,
  } satisfies Operations)
}

const withoutId = <T extends object>({ cartId: _, ...cart }: T & { cartId: string }) => cart

/** The shopper's own orders. Another's are answered as if there were none. */
function ownOrders({ orders }: Needs) {
  const shopperOf = (call: EdgeCall, orderId: string): Shopper => {
    const shopper = edgeOf(call).shopper.known()
    if (shopper !== null) return shopper
    throw ordersFailure('orders.no-such-order', `there is no order "${orderId}" of yours`)
  }
  /** Fails unless it is the shopper's. */
  const require = async (orderId: string, call: EdgeCall) => {
    const { customer } = shopperOf(call, orderId)
    return orders.getOrder({ orderId, customer }, { call })
  }
  return {
    async listMyOrders(input, call) {
      const shopper = edgeOf(call).shopper.known()
      if (shopper === null) return { orders: [], next: null }
      return orders.listOrders({ ...input, customer: shopper.customer }, { call })
    },
    getMyOrder: ({ orderId }, call) => require(orderId, call),
    async cancelMyOrder(input, call) {
      await require(input.orderId, call)
      return orders.cancelOrder(input, { call })
    },
    async returnMyOrder(input, call) {
      await require(input.orderId, call)
      return orders.returnOrder(input, { call })
    },
    reviewMyOrder: (input, call) =>
      orders.reviewOrder({ ...input, customer: shopperOf(call, input.orderId).customer }, { call }),
  } satisfies Partial<Operations>
}

/** The day by which all of a cart is promised to be there; null where nothing is known, or logistics does not answer in time. */
function promiseCart({ orders, logistics, pageBudgetMs, clock }: Needs) {
  return async ({ cartId }: Shopper, region: string | null, call: Call): Promise<number | null> => {
    try {
      const { lines } = await orders.getCart({ cartId }, { call, deadlineMs: pageBudgetMs })
      if (lines.length === 0) return null
      const productIds = lines.map(({ productId }) => productId)
      const { promises } = await logistics.promise({ productIds, region }, { call, deadlineMs: pageBudgetMs })
      const days = promises.flatMap(({ latestDays }) => (latestDays === null ? [] : [latestDays]))
      return days.length === 0 ? null : Math.ceil(clock.now() + Math.max(...days) * dayMs)
    } catch (error) {
      // A purchase does not wait for a promise.
      if (isFailure(error)) return null
      throw error
    }
  }
}

/** Stock and promise, each by itself: what does not answer in time is missing, and named. */
function tellDelivery({ inventory, logistics, pageBudgetMs }: Needs): Operations['delivery'] {
  return async ({ id, region }, call) => {
    const degraded: Delivery['degraded'] = []
    const orMissing = async <T>(part: string, work: Promise<T>): Promise<T | null> => {
      try {
        return await work
      } catch (error) {
        if (!isFailure(error)) throw error
        if (error.kind === 'invalid') throw gatewayFailure('gateway.bad-request', error.message)
        degraded.push({ part, reason: error.code })
        return null
      }
    }
    const within = { call, deadlineMs: pageBudgetMs }
    const [known, promised] = await Promise.all([
      orMissing('stock', inventory.getStock({ productIds: [id] }, within)),
      orMissing('promise', logistics.promise({ productIds: [id], region: region ?? null }, within)),
    ])
    return {
      stock: known === null ? null : noticeOf(known.stock[0]),
      promise: promised?.promises[0] ?? null,
      degraded,
    }
  }
}

function noticeOf(stock: Readonly<{ atp: number; isLow: boolean }> | undefined): Stock {
  if (stock === undefined) return { notice: 'unknown', left: null }
  if (stock.atp <= 0) return { notice: 'out-of-stock', left: 0 }
  if (stock.atp <= few) return { notice: 'low-stock', left: stock.atp }
  return { notice: stock.isLow ? 'low-stock' : 'in-stock', left: null }
}

import type { Order, OrdersContract } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import { type Handlers, rpcFailure } from '@eip/rpc'
import { type FactKind, factOf } from '../domain/repurchase.ts'
import type { CheckoutBook } from '../ports/checkout-book.port.ts'
import type { OrderStore } from '../ports/order-store.port.ts'
import type { PriceBook } from '../ports/price-book.port.ts'
import { noSuchOrder } from './take-order-steps.ts'

type Needs = Readonly<{ orders: OrderStore; checkouts: CheckoutBook; prices: PriceBook; outboxRelay: OutboxRelay }>
type Told = 'getOrder' | 'listOrders' | 'repurchaseFacts' | 'statistics'

/** `1735689600000.ORDER` */
const markOf = ({ placedAt, orderId }: Order): string => `${placedAt}.${orderId}`

function readMark(mark: string) {
  const parts = /^(\d{1,16})\.(.+)$/.exec(mark)
  if (parts !== null) return { placedAt: Number(parts[1]), orderId: parts[2]! }
  throw rpcFailure('rpc.bad-input', 'before: is not the "next" of a page of orders')
}

export function tellOrders({ orders, checkouts, prices, outboxRelay }: Needs) {
  const factAbout = async (kind: FactKind, subject: string | undefined) =>
    subject === undefined ? null : factOf(await orders.intervals(kind, subject))
  return Object.freeze({
    async getOrder({ orderId, customer }) {
      const order = await orders.read(orderId)
      if (order === null || (customer !== undefined && order.customer !== customer)) throw noSuchOrder(orderId)
      return order
    },
    async listOrders({ before, limit, ...asked }) {
      const mark = before === undefined ? undefined : readMark(before)
      const found = await orders.list({ ...asked, before: mark, limit: limit + 1 })
      const page = found.slice(0, limit)
      return { orders: page, next: found.length > limit ? markOf(page.at(-1)!) : null }
    },
    async repurchaseFacts({ productId, category }) {
      return { product: await factAbout('product', productId), category: await factAbout('category', category) }
    },
    async statistics() {
      return {
        orders: await orders.count(),
        unfinished: await checkouts.unfinished(),
        pricedProducts: await prices.count(),
        unpublishedEvents: await outboxRelay.pending(),
      }
    },
  } satisfies Pick<Handlers<OrdersContract>, Told>)
}

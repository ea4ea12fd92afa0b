import type { Order, OrderState } from '@eip/contracts'
import { type FakeProduct, fakeProducts } from './fake-products.ts'

/** What the next checkouts are answered; `lost`: it is done, and the answer does not arrive. */
export type CheckoutAnswer = 'lost' | 'pending' | Readonly<Record<string, unknown>>

type CheckoutBody = Readonly<{
  checkoutId: string
  expected: { amount: number }
  paymentToken: string
  region: string | null
}>

export const gone = new Error('there is none')

export const usd = (amount: number) => ({ amount, currency: 'USD' })
export const start = Date.UTC(2026, 10, 20, 9)
export const hour = 3_600_000

const lineOf = ({ id, title, price, category }: FakeProduct, quantity: number): Order['lines'][number] => ({
  ...{ productId: id, quantity, returned: 0, unitPrice: usd(price ?? 0), title, seller: 'Nordhus' },
  ...{ categoryPath: ['Home', category], sellerRegion: 'RJ' },
})

const newOrder = (orderId: string, lines: Order['lines'], total: Order['total']): Order => ({
  ...{ orderId, state: 'paid', customer: 'shopper', region: null, lines, total },
  ...{ placedAt: start, paidAt: start + 1_000, shippedAt: null, deliveredAt: null, cancelledAt: null },
  ...{ returnedAt: null, promisedAt: start + 150 * hour, reason: '', review: null, source: 'checkout', weight: 1 },
})

/** A shop of one shopper, in memory. */
export function fakeShop() {
  const products = new Map<string, FakeProduct>()
  const cart = new Map<string, number>()
  const orders = new Map<string, Order>()
  const [answers, checkouts, charged]: [CheckoutAnswer[], string[], string[]] = [[], [], []]
  const missing = new Set<string>()
  const reset = () => {
    for (const each of fakeProducts) products.set(each.id, each)
    for (const each of [cart, orders, missing]) each.clear()
    for (const each of [answers, checkouts, charged]) each.length = 0
  }
  reset()

  const find = (id: string): FakeProduct => {
    const found = products.get(id)
    if (!found) throw gone
    return found
  }
  const orderOf = (id: string): Order => {
    const found = orders.get(id)
    if (!found) throw gone
    return found
  }
  const total = () => [...cart].reduce((sum, [id, quantity]) => sum + (find(id).price ?? 0) * quantity, 0)
  const cartNow = () => ({
    lines: [...cart].map(([productId, quantity]) => {
      const { title, price } = find(productId)
      return { productId, title, quantity, unitPrice: price === null ? null : usd(price) }
    }),
    total: cart.size === 0 ? null : usd(total()),
  })
  const place = (orderId: string, region: string | null): Order => {
    const lines = [...cart].map(([id, quantity]) => lineOf(find(id), quantity))
    const order = { ...newOrder(orderId, lines, usd(total())), region }
    for (const [id, quantity] of cart)
      products.set(id, { ...find(id), left: Math.max((find(id).left ?? 99) - quantity, 0) })
    cart.clear()
    orders.set(orderId, order)
    charged.push(orderId)
    return order
  }
  const short = () =>
    [...cart].flatMap(([productId, wanted]) => {
      const { left } = find(productId)
      return left !== null && left < wanted ? [{ productId, wanted, available: left }] : []
    })
  /** null: the connection breaks. */
  const checkout = ({ checkoutId, expected, paymentToken, region }: CheckoutBody): unknown => {
    checkouts.push(checkoutId)
    const scripted = answers.shift()
    if (scripted === 'pending') return { outcome: 'pending' }
    if (scripted !== undefined && scripted !== 'lost') return scripted
    const before = orders.get(checkoutId)
    const lines = short()
    const outcome = () => {
      if (before) return { outcome: 'placed', order: before }
      if (lines.length > 0) return { outcome: 'insufficient', lines }
      if (expected.amount !== total()) return { outcome: 'repriced', total: usd(total()) }
      if (paymentToken === 'declined') return { outcome: 'declined', reason: 'no cover' }
      return { outcome: 'placed', order: place(checkoutId, region) }
    }
    const answer = outcome()
    return scripted === 'lost' ? null : answer
  }
  const moveOn = (orderId: string, state: OrderState) => {
    const order = orderOf(orderId)
    const now = start + 30 * hour
    const times = {
      [`${state}At`]: now,
      ...(state === 'delivered' ? { shippedAt: order.shippedAt ?? now - hour } : {}),
    }
    orders.set(orderId, { ...order, ...times, state })
  }
  const told = { find, orderOf, cartNow, checkout, moveOn, reset }
  return { products, cart, orders, answers, checkouts, charged, missing, ...told }
}

export type FakeShop = ReturnType<typeof fakeShop>

import type { Order } from '@eip/contracts'
import { deliveryOf, hitOf } from './fake-products.ts'
import { type FakeShop, gone, hour, start, usd } from './fake-shop.ts'

/** A request, as far as answers need it. */
type Request = Readonly<{ path: readonly string[]; query: URLSearchParams; body: Readonly<Record<string, unknown>> }>
type Answer = (shop: FakeShop, request: Request) => unknown

const search: Answer = ({ products }, { query }) => {
  const region = query.get('region') ?? ''
  const words = (query.get('q') ?? '').toLowerCase()
  const hits = [...products.values()].filter(({ title }) => title.toLowerCase().includes(words))
  return {
    requestId: 'one',
    query: { text: words, languages: ['en'], terms: [words], isTruncated: false, slots: [], didYouMean: null },
    hits: hits.map((each) => hitOf(each, region)),
    ...{ total: hits.length, reachable: hits.length, page: 1, size: 20, facets: [], relaxed: [], degraded: [] },
    versions: { index: '1', analysis: '1', policy: '1', encoder: null, vocabulary: 1 },
  }
}

const getProduct: Answer = ({ find }, { path }) => {
  const { id, title, category, price } = find(path[1]!)
  const product = {
    ...{ id, title, description: 'As it is.', brand: 'Nordhus', categoryPath: ['Home', category] },
    ...{ attributes: { material: ['Brass', 'Linen'] }, images: [], seller: 'Nordhus', language: 'en' },
    price: price === null ? null : usd(price),
    ...{ rating: { average: 4.4, count: 128 }, reviews: [], active: true, createdAt: null, updatedAt: null },
  }
  return { product, version: 1 }
}

const delivery: Answer = ({ find, missing }, { path, query }) => {
  if (missing.has('delivery')) throw gone
  const answer = deliveryOf(find(path[1]!), query.get('region') ?? '')
  return {
    ...answer,
    ...(missing.has('stock') ? { stock: null } : {}),
    ...(missing.has('promise') ? { promise: null } : {}),
    degraded: [...missing].map((part) => ({ part, reason: 'it is away' })),
  }
}

const setCartLine: Answer = ({ cart, cartNow }, { path, body }) => {
  if (body.quantity === 0) cart.delete(path[2]!)
  else cart.set(path[2]!, Number(body.quantity))
  return cartNow()
}

const stepOf =
  (change: (order: Order, body: Request['body']) => Partial<Order>): Answer =>
  ({ orders, orderOf }, { path, body }) => {
    const order = orderOf(path[1]!)
    const next = { ...order, ...change(order, body) }
    orders.set(order.orderId, next)
    return next
  }

const later = start + 60 * hour
const cancel = stepOf((_order, { reason }) => ({
  state: 'cancelled',
  cancelledAt: later,
  reason: String(reason ?? ''),
}))
const review = stepOf((_order, { score }) => ({ review: { score: Number(score), at: later } }))
const sendBack = stepOf((order, { lines, reason }) => {
  const back = new Map(
    (lines as { productId: string; quantity: number }[]).map((each) => [each.productId, each.quantity]),
  )
  const after = order.lines.map((line) => ({ ...line, returned: line.returned + (back.get(line.productId) ?? 0) }))
  const isAll = after.every(({ quantity, returned }) => quantity === returned)
  return { lines: after, reason: String(reason ?? ''), ...(isAll ? { state: 'returned', returnedAt: later } : {}) }
})

const regions = ['AM', 'BA', 'MG', 'RJ', 'SP'].map((region, bit) => ({ region, bit }))

/** By method and path, below /api/v1. */
export const operations: readonly (readonly [string, RegExp, Answer])[] = [
  ['GET', /^search$/, search],
  ['GET', /^suggest$/, () => ({ suggestions: [], degraded: [] })],
  ['GET', /^regions$/, ({ missing }) => ({ regions: missing.has('regions') ? [] : regions })],
  ['GET', /^products\/[^/]+$/, getProduct],
  ['GET', /^products\/[^/]+\/similar$/, () => ({ hits: [], degraded: [] })],
  ['GET', /^products\/[^/]+\/delivery$/, delivery],
  ['GET', /^cart$/, ({ cartNow }) => cartNow()],
  ['PUT', /^cart\/lines\/[^/]+$/, setCartLine],
  ['POST', /^checkout$/, ({ checkout }, { body }) => checkout(body as Parameters<typeof checkout>[0])],
  ['GET', /^orders$/, ({ orders }) => ({ orders: [...orders.values()].reverse(), next: null })],
  ['GET', /^orders\/[^/]+$/, ({ orderOf }, { path }) => orderOf(path[1]!)],
  ['POST', /^orders\/[^/]+\/cancel$/, cancel],
  ['POST', /^orders\/[^/]+\/return$/, sendBack],
  ['POST', /^orders\/[^/]+\/review$/, review],
]

import { seededRandom } from '@eip/kernel'
import type { DemoProduct } from './demo-shop.ts'

/** What lies on the shelf; made up, and to be marked so. */
export type DemoStock = Readonly<{ productId: string; onHand: number; dailySales: number }>

/** An order of the demo's past, as orders imports them. Times in milliseconds since the epoch. */
export type DemoOrder = Readonly<{
  orderId: string
  customer: string
  region: string
  state: 'delivered' | 'cancelled' | 'returned'
  placedAt: number
  paidAt: number | null
  shippedAt: number | null
  deliveredAt: number | null
  cancelledAt: number | null
  returnedAt: number | null
  promisedAt: number
  review: Readonly<{ score: number; at: number }> | null
  lines: readonly Readonly<{
    productId: string
    quantity: number
    returned: number
    unitPrice: Readonly<{ amount: number; currency: 'USD' }>
    seller: string
    sellerRegion: string
    categoryPath: readonly string[]
    title: string
  }>[]
}>

export type DemoPastOptions = Readonly<{
  seed?: number
  orders?: number
  /** The last orders were placed a month before. */
  before: number
}>

const day = 86_400_000
const regions = ['NORTH', 'EAST', 'SOUTH', 'WEST', 'ISLES']
const pastDays = 150
const lastDays = 30

/** One in twenty is sold out, one in ten is short; the rest lasts for weeks. Sales follow how often a product was rated. */
export function* generateDemoStock(products: Iterable<DemoProduct>, seed = 2026): Generator<DemoStock> {
  const random = seededRandom(seed)
  for (const { id: productId, rating } of products) {
    const dailySales = Math.round((0.05 + (rating?.count ?? 0) / 800) * 100) / 100
    const fate = random.next()
    const days = fate < 0.05 ? 0 : fate < 0.15 ? 4 * random.next() : 10 + 50 * random.next()
    yield { productId, onHand: fate < 0.05 ? 0 : Math.max(1, Math.round(days * dailySales)), dailySales }
  }
}

/** A seller's place and ways are told by the name: some are late more often, some take back more. */
function waysOf(seller: string) {
  const random = seededRandom([...seller].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0)
  return {
    region: random.pick(regions),
    late: 0.02 + 0.25 * random.next() ** 2,
    returned: 0.01 + 0.1 * random.next() ** 2,
  }
}

/**
 * The demo's past: orders of half a year by a few hundred customers, in order of their placing. Days depend on how far seller and
 * customer are apart. The same options give the same orders.
 */
export function* generateDemoOrders(products: readonly DemoProduct[], options: DemoPastOptions): Generator<DemoOrder> {
  const { seed = 2026, orders = 2_000, before } = options
  const random = seededRandom(seed)
  const times = Array.from({ length: orders }, () => before - (lastDays + random.next() * pastDays) * day)
  for (const [number, placedAt] of times
    .map(Math.round)
    .sort((a, b) => a - b)
    .entries()) {
    const product = random.pick(products)
    const ways = waysOf(product.seller)
    const region = random.pick(regions)
    const apart = Math.abs(regions.indexOf(region) - regions.indexOf(ways.region))
    const shippedAt = placedAt + Math.round((0.5 + random.next()) * day)
    const promisedAt = placedAt + (5 + apart) * day
    const isLate = random.next() < ways.late
    const travel = 1 + apart + random.next() * 1.5
    const deliveredAt = isLate
      ? promisedAt + Math.round((1 + 4 * random.next()) * day)
      : shippedAt + Math.round(travel * day)
    const isCancelled = random.next() < 0.02
    const isReturned = !isCancelled && random.next() < ways.returned
    const score = Math.min(5, Math.max(1, Math.round((isLate ? 2.2 : 4.4) + random.next() - 0.5)))
    yield {
      orderId: `demo-order-${String(number + 1).padStart(5, '0')}`,
      customer: `demo-customer-${random.integer(400)}`,
      region,
      state: isCancelled ? 'cancelled' : isReturned ? 'returned' : 'delivered',
      placedAt,
      paidAt: isCancelled ? null : placedAt,
      shippedAt: isCancelled ? null : shippedAt,
      deliveredAt: isCancelled ? null : deliveredAt,
      cancelledAt: isCancelled ? shippedAt : null,
      returnedAt: isReturned ? deliveredAt + 3 * day : null,
      promisedAt,
      review: isCancelled || random.next() < 0.4 ? null : { score, at: deliveredAt + day },
      lines: [
        {
          productId: product.id,
          quantity: 1,
          returned: isReturned ? 1 : 0,
          unitPrice: { amount: Math.round(Number(product.price) * 100), currency: 'USD' },
          seller: product.seller,
          sellerRegion: ways.region,
          categoryPath: [...product.category],
          title: product.title,
        },
      ],
    }
  }
}

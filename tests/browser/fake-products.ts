import type { SearchHit } from '@eip/contracts'

export type Promised = Readonly<{ days: number | null; latestDays: number | null; lateProbability: number | null }>

/** One product of the fake shop: how many there are, and how it is delivered. */
export type FakeProduct = Readonly<{
  id: string
  title: string
  category: string
  price: number | null
  /** null: the shop keeps no stock of it. */
  left: number | null
  promise: Promised
  /** Not delivered to these. */
  refused: readonly string[]
}>

const swift: Promised = { days: 2.2, latestDays: 4, lateProbability: 0.02 }
const usual: Promised = { days: 5.4, latestDays: 9.3, lateProbability: 0.07 }
const slow: Promised = { days: 12.1, latestDays: 21, lateProbability: 0.31 }
const unknown: Promised = { days: null, latestDays: null, lateProbability: null }

const product = (id: string, title: string, category: string, more: Partial<FakeProduct> = {}): FakeProduct => ({
  ...{ id, title, category, price: 4_990, left: 40, promise: usual, refused: [] },
  ...more,
})

export const fakeProducts: readonly FakeProduct[] = [
  product('lamp', 'Nordhus reading lamp with a linen shade, warm white', 'Lamps', { price: 5_950, promise: swift }),
  product('lamp-last', 'Brass desk lamp, the last of its kind', 'Lamps', { price: 12_900, left: 1 }),
  product('lamp-few', 'Clip-on lamp with a bendable neck', 'Lamps', { price: 1_990, left: 3, promise: slow }),
  product('lamp-gone', 'Paper lantern, large', 'Lamps', { price: 2_490, left: 0 }),
  product('lamp-far', 'Marble floor lamp, 28 kg', 'Lamps', { price: 34_900, refused: ['SP', 'AM'] }),
  product('lamp-unknown', 'Lamp of a seller who has just begun', 'Lamps', { left: null, promise: unknown }),
  product('kettle', 'Enamel kettle, 2 litres, cherry red', 'Kitchen', { price: 3_990 }),
  product('chair', 'Beech chair with a woven seat', 'Chairs', { price: 18_900, promise: slow }),
  product('unpriced', 'Sample without a price', 'Kitchen', { price: null }),
]

const low = 5

export function hitOf({ id, title, category, price, left, promise, refused }: FakeProduct, region: string): SearchHit {
  const few = left === 0 ? ('out-of-stock' as const) : left !== null && left <= low ? ('low-stock' as const) : null
  return {
    ...{
      id,
      title,
      brand: 'Nordhus',
      categoryPath: ['Home', category],
      image: null,
      seller: 'Nordhus',
      language: 'en',
    },
    price: price === null ? null : { amount: price, currency: 'USD' },
    rating: { average: 4.4, count: 128 },
    score: 1,
    fulfilment: {
      notice: refused.includes(region) ? 'not-delivered' : few,
      left: few === 'low-stock' ? left : null,
      leadTimeDays: promise.days,
    },
  }
}

export function deliveryOf({ id, left, promise, refused }: FakeProduct, region: string) {
  const notice = left === null ? 'unknown' : left === 0 ? 'out-of-stock' : left <= low ? 'low-stock' : 'in-stock'
  return {
    stock: { notice, left: left !== null && left > 0 && left <= low ? left : null },
    promise: {
      ...{ productId: id, isDeliverable: !refused.includes(region), ...promise },
      basis: promise.days === null ? 'nothing' : region === '' ? 'all' : 'route',
    },
    degraded: [],
  }
}

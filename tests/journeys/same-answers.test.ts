import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { readProductRow } from '@eip/pipeline-products'
import { until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { oneServicePerHost, onServers, type Running } from './topologies.ts'

const pageSize = 50

type Found = Readonly<{
  hits: readonly { id: string }[]
  total: number
  facets: unknown
  query: { terms: string[]; slots: unknown }
}>

const products = [...generateDemoShop({ products: 600 })].flatMap((row) => {
  const read = readProductRow(row)
  return read.outcome === 'product' ? [read.product] : []
})

/** By words alone: an encoder is trained on each shop by itself. */
const searches = [
  ...[
    'lamp',
    'wireless headphones',
    'blue runing shoes under 90',
    'zapatos',
    '여름 원피스',
    '무선이어폰',
    'cadeira',
    'qqzzxx',
  ],
  ...products.filter((_, n) => n % 40 === 0).map(({ title }) => title),
].flatMap((query) => [
  `q=${encodeURIComponent(query)}`,
  `q=${encodeURIComponent(query)}&sort=-price&size=50`,
  `q=${encodeURIComponent(query)}&filter=price:10..80&filter=language:en`,
])

describe.skipIf(!onServers.isThere)(`the same searches, embedded and ${onServers.name}`, () => {
  it('have the same hits in the same order, the same totals and the same facets', { timeout: 300_000 }, async () => {
    const shops = [await oneServicePerHost({}), await onServers.open({})]
    try {
      for (const shop of shops) await fill(shop)
      await until('the statistics are of the same products', () => haveSameStatistics(shops))
      for (const search of searches) {
        const [embedded, servers] = await Promise.all(shops.map((shop) => find(shop, search)))
        expect({ search, ...servers }).toEqual({ search, ...embedded })
      }
    } finally {
      for (const shop of shops) await shop.close()
    }
  })
})

async function fill(shop: Running): Promise<void> {
  const send = (path: string, body: object, more: Record<string, string> = {}) =>
    fetch(`${shop.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...more },
      body: JSON.stringify(body),
    })
  const signedIn = await send('/sign-in', { name: 'ana', password: shop.password })
  const { token } = (await signedIn.json()) as { token: string }
  const put = async (rows: readonly object[]) =>
    expect((await send('/products', { products: rows }, { authorization: `Bearer ${token}` })).status).toBe(200)
  await put(products)
  await until('all products are found', async () => (await answer(shop, 'q=')).total === products.length)
  // What the catalogue talks of is counted a moment later.
  const isRead = async () =>
    (await answer(shop, 'q=blue+runing+shoes')).query.terms.some((term) => /^running/.test(term))
  await until('a typing mistake is seen', isRead)
  await until('the view knows how each is delivered', () => isScored(shop))
  await shop.merge()
  // What is merged is read with the next change.
  await put([{ id: 'newest', title: 'Quincunx' }])
}

type Explained = Readonly<{
  explanation: {
    features: { name: string; value: number | null }[]
    text: { terms: { term: string; documentFrequency: number }[] }
  }
}>

/** Whether logistics has told of every product: how it is delivered is a part of the order. */
async function isScored(shop: Running): Promise<boolean> {
  for (let page = 1; (page - 1) * pageSize < products.length; page += 1) {
    const hits = await explained(shop, `q=&size=${pageSize}&page=${page}`)
    const scores = hits.map(({ explanation }) => explanation.features.find(({ name }) => name === 'logistics')?.value)
    if (hits.length === 0 || scores.some((score) => typeof score !== 'number')) return false
  }
  return true
}

/** Words are counted alike: documents that were replaced count in neither. */
async function haveSameStatistics(shops: readonly Running[]): Promise<boolean> {
  const [one, other] = await Promise.all(
    shops.map(async (shop) => {
      const hits = await explained(shop, 'q=loafers')
      return hits.flatMap(({ explanation }) => explanation.text.terms.map(({ documentFrequency }) => documentFrequency))
    }),
  )
  return one!.length > 0 && String(one) === String(other)
}

async function explained(shop: Running, search: string): Promise<readonly Explained[]> {
  return (await answer(shop, `explain=true&${search}`)).hits as unknown as Explained[]
}

async function answer(shop: Running, search: string): Promise<Found> {
  const response = await fetch(`${shop.url}/api/v1/search?mode=bm25&${search}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Found
}

async function find(shop: Running, search: string) {
  const { hits, total, facets, query } = await answer(shop, search)
  return { ids: hits.map(({ id }) => id), total, facets, slots: query.slots }
}

import { newId } from '@eip/kernel'
import { aProduct, testEngines, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { memoryKeptResults } from './adapters/memory.kept-results.ts'
import { redisKeptResults } from './adapters/redis.kept-results.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

const shoe = (i: number, title = 'tweed shoe') =>
  aProduct({ id: `p${String(i).padStart(2, '0')}`, title, brand: i % 2 === 0 ? 'Acme' : 'Bolt', language: 'en' })
const shoes = Array.from({ length: 25 }, (_, i) => shoe(i))
const input = { query: 'shoe', size: 10, facets: ['brand'] }

const idsInOrder = async (shop: Shop) => {
  const { hits } = await shop.client.search({ ...input, size: 100 })
  return hits.map(({ id }) => id)
}

describe('paging', () => {
  it('cuts all pages from one list, whatever changes meanwhile', async () => {
    await using shop = await openShop(shoes)
    const inOrder = await idsInOrder(shop)
    const first = await shop.client.search(input)
    await shop.change(
      Array.from({ length: 20 }, (_, i) => shoe(50 + i, 'shoe shoe shoe')),
      ['p24'],
    )
    const next = (page: number) => shop.client.search({ ...input, page, requestId: first.requestId })
    const [second, third, fourth] = [await next(2), await next(3), await next(4)]
    const ids = [first, second, third].flatMap(({ hits }) => hits.map(({ id }) => id))
    // The deleted product's place stays empty.
    expect(ids).toEqual(inOrder.filter((id) => id !== 'p24'))
    expect(fourth.hits).toEqual([])
    for (const answer of [second, third, fourth])
      expect(answer).toMatchObject({ requestId: first.requestId, total: 25, reachable: 25, facets: first.facets })
    expect((await shop.client.search(input)).total).toBe(44)
  })

  it('begins a new list for a request id that is unknown, too old or of another search', async () => {
    await using shop = await openShop(shoes, {
      openKept: async (clock) => memoryKeptResults(clock, { entries: 10, hits: 1_000, ageMs: 60_000 }),
    })
    const first = await shop.client.search(input)
    const others = [
      { ...input, requestId: 'never given' },
      { ...input, requestId: '__proto__' },
      { ...input, requestId: '' },
      { ...input, query: 'tweed', requestId: first.requestId },
      { ...input, filters: ['brand:Acme'], requestId: first.requestId },
      { ...input, sort: 'price', requestId: first.requestId },
      { ...input, mode: 'bm25' as const, requestId: first.requestId },
      { ...input, language: 'pt', requestId: first.requestId },
    ]
    for (const other of others) {
      const answer = await shop.client.search({ ...other, page: 2 })
      expect(answer.requestId).not.toBe(other.requestId)
      expect(answer.hits.length).toBeGreaterThan(0)
    }
    shop.clock.advance(60_001)
    expect((await shop.client.search({ ...input, requestId: first.requestId })).requestId).not.toBe(first.requestId)
  })

  it('takes page, size, facets, explanation and the order of filters for the same search', async () => {
    await using shop = await openShop(shoes)
    const inOrder = await idsInOrder(shop)
    const filters = ['brand:Acme', 'brand:Bolt']
    const { requestId } = await shop.client.search({ ...input, filters })
    const same = { query: '  shoe ', filters: filters.toReversed(), facets: [], explain: true, size: 3, page: 4 }
    const answer = await shop.client.search({ ...same, requestId })
    expect(answer).toMatchObject({ requestId, total: 25, facets: [] })
    expect(answer.hits.map(({ id }) => id)).toEqual(inOrder.slice(9, 12))
  })

  it('counts a facet that a later page is the first to ask for', async () => {
    await using shop = await openShop(shoes)
    const { requestId, facets } = await shop.client.search({ ...input, facets: [] })
    expect(facets).toEqual([])
    const values = [
      { value: 'Acme', count: 13 },
      { value: 'Bolt', count: 12 },
    ]
    for (const page of [2, 3]) {
      const answer = await shop.client.search({ ...input, page, requestId })
      expect(answer.facets).toEqual([{ kind: 'values', name: 'brand', values }])
    }
  })

  it('ranks and reaches a thousand of many', async () => {
    const many = Array.from({ length: 1_050 }, (_, i) => aProduct({ id: `q${i}`, title: 'shoe' }))
    await using shop = await openShop(many)
    const last = await shop.client.search({ ...input, page: 10, size: 100 })
    expect(last).toMatchObject({ total: 1_050, reachable: 1_000 })
    expect(last.hits).toHaveLength(100)
    await expect(shop.client.search({ ...input, page: 11, size: 100 })).rejects.toMatchObject({
      code: 'search.page-too-deep',
    })
  })
})

const url = testEngines.redis ?? ''

describe.skipIf(url === '')('paging over several processes (needs TEST_REDIS_URL)', () => {
  it('cuts the pages from one list, whichever process is asked', async () => {
    const prefix = `test-${newId()}.`
    const onTrouble = () => {}
    await using shop = await openShop(shoes, {
      openKept: (clock) => redisKeptResults({ url, prefix, clock, onTrouble }),
    })
    const inOrder = await idsInOrder(shop)
    const other = await shop.another()
    const first = await shop.client.search(input)
    await shop.change(Array.from({ length: 20 }, (_, i) => shoe(50 + i, 'shoe shoe shoe')))
    const next = (page: number) => other.client.search({ ...input, page, requestId: first.requestId })
    await until('the other process has the list', async () => (await next(2)).requestId === first.requestId)
    const ids = [first, await next(2), await next(3)].flatMap(({ hits }) => hits.map(({ id }) => id))
    expect(ids).toEqual(inOrder)
  })
})

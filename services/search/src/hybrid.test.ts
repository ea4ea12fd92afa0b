import type { Product, SearchInput, SearchOutput } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MeasureNearness, nearnessFloor } from './application/nearness-floor.ts'
import {
  catalogues,
  counted,
  expected,
  filterTexts,
  type Nearness,
  priceOf,
  type Wish,
  wishes,
} from './testing/brute-force.ts'
import { fakeEncoder } from './testing/fake-encoder.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

const encoder = fakeEncoder()
const name = encoder.description.encoder
const modes = ['vector', 'hybrid', 'ranked'] as const
const titles = ['zorb quilt', 'kiwi cobalt tweed', 'onyx plum', 'tweed', 'quilt kiwi onyx', 'plum zorb', 'sofa tweed']

/** These stay: a view without any vector would have no encoder. */
const standing = titles.map((title, i) => aProduct({ id: `s${i}`, title, language: 'en', brand: 'Acme' }))

let shop: Shop
let floorOf: MeasureNearness
beforeAll(async () => {
  shop = await openShop(standing, { encoder })
  floorOf = await nearnessFloor(shop.reader, name)
})
afterAll(() => shop[Symbol.asyncDispose]())

/** Now and then four of each: then more products are near than are taken. */
const crowds = fc
  .tuple(catalogues, fc.constantFrom(1, 1, 4))
  .map(([products, copies]) =>
    Array.from({ length: copies }, (_, copy) => products.map((each) => ({ ...each, id: `${each.id}-${copy}` }))).flat(),
  )

async function nearnessOf(words: readonly string[]): Promise<Nearness | null> {
  if (words.length === 0) return null
  const values = await encoder.encodeQueries([words.join(' ')])
  const { ids, vectorScores } = await shop.reader.retrieve({
    ...{ query: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [], order: 'score', limit: 1 },
    vector: { encoder: name, values, nearest: 1_000, floor: -1 },
  })
  return { cosines: new Map(ids.map((id, at) => [id, vectorScores![at]!])), floor: floorOf(values) }
}

type Case = Readonly<{ products: readonly Product[]; wish: Wish; near: Nearness | null }>

/** Products are replaced between the runs, which costs less than opening another shop. */
const checkCatalogues = (check: (given: Case) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(crowds, wishes, async (products, wish) => {
      await shop.change(products)
      try {
        await check({ products: [...standing, ...products], wish, near: await nearnessOf(wish.words) })
      } finally {
        const ids = products.map(({ id }) => id)
        await shop.change([], ids)
      }
    }),
    { numRuns: 60 },
  )

// What is read in a query has tests of its own; here the words are what they are.
const inputOf = (wish: Wish): SearchInput => ({
  ...{ query: wish.words.join(' '), filters: filterTexts(wish), understand: false },
})

async function allPages(input: SearchInput): Promise<SearchOutput[]> {
  const pages = [await shop.client.search(input)]
  while (pages.at(-1)!.hits.length > 0)
    pages.push(await shop.client.search({ ...input, page: pages.length + 1, requestId: pages[0]!.requestId }))
  return pages
}

describe('words and meaning together', () => {
  it('find what the words find and what is near, each once over all pages, and keep the filters for what is near', () =>
    checkCatalogues(async ({ products, wish, near }) => {
      for (const mode of modes) {
        const pages = await allPages({ ...inputOf(wish), size: 23, mode, facets: [] })
        const { found, relaxed } = expected(products, wish, mode, near)
        const ids = pages.flatMap(({ hits }) => hits.map(({ id }) => id))
        expect([...ids].sort()).toEqual(found.map(({ id }) => id).sort())
        for (const page of pages) {
          expect(page).toMatchObject({ total: found.length, reachable: found.length, relaxed, degraded: [] })
          expect(page.versions.encoder).toBe(near === null ? null : name)
        }
      }
    }))

  it('list the best score first, equal ones by id', () =>
    checkCatalogues(async ({ wish }) => {
      for (const mode of modes) {
        const { hits } = await shop.client.search({ ...inputOf(wish), mode, size: 100 })
        const keys = hits.map(({ score, id }) => ({ score: Math.round(score * 1e6), id }))
        expect(keys).toEqual(keys.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)))
      }
    }))

  it.each([
    ['price', priceOf, 1],
    ['-price', priceOf, -1],
    ['rating', ({ rating }: Product) => rating?.average ?? null, -1],
  ] as const)('are sorted by %s like words alone', (sort, columnOf, sign) =>
    checkCatalogues(async ({ products, wish, near }) => {
      for (const mode of modes) {
        const pages = await allPages({ ...inputOf(wish), mode, sort, size: 100 })
        const inOrder = expected(products, wish, mode, near).found.toSorted((a, b) => {
          const [first, second] = [columnOf(a), columnOf(b)]
          if (first !== null && second !== null && first !== second) return sign * (first - second)
          if ((first === null) !== (second === null)) return first === null ? 1 : -1
          return a.id < b.id ? -1 : 1
        })
        expect(pages.flatMap(({ hits }) => hits.map(({ id }) => id))).toEqual(inOrder.map(({ id }) => id))
      }
    }),
  )

  it('count facets over exactly what they find, with the first page or with a later one', () =>
    checkCatalogues(async ({ products, wish, near }) => {
      for (const mode of modes) {
        const { found } = expected(products, wish, mode, near)
        const facets = ['brand', 'attributes.colour', 'price']
        const first = await shop.client.search({ ...inputOf(wish), mode, facets, size: 1 })
        const plain = await shop.client.search({ ...inputOf(wish), mode, facets: [] })
        const later = await shop.client.search({ ...inputOf(wish), mode, facets, page: 2, requestId: plain.requestId })
        expect(later.facets).toEqual(first.facets)
        const named = new Map(first.facets.map((facet) => [facet.name, facet]))
        const valuesOf = (facet: string) => named.get(facet) as { values: unknown } | undefined
        expect(valuesOf('brand')?.values ?? []).toEqual(counted(found.flatMap(({ brand }) => brand ?? [])))
        expect(valuesOf('attributes.colour')?.values ?? []).toEqual(
          counted(found.flatMap(({ attributes }) => attributes.colour ?? [])),
        )
        const prices = found.map(priceOf).filter((price) => price !== null)
        const price = named.get('price')
        if (price?.kind === 'ranges')
          expect(price.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(prices.length)
        else expect(prices).toEqual([])
      }
    }))

  it('explain what the words and what the meaning contribute to each score', () =>
    checkCatalogues(async ({ wish, near }) => {
      for (const mode of modes) {
        const { hits } = await shop.client.search({ ...inputOf(wish), explain: true, mode, size: 100 })
        for (const { id, score, explanation } of hits) {
          const { features, text, vector } = explanation!
          expect(features.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12)
          const share = vector?.share ?? 0
          expect(Math.min(text.share, share)).toBeGreaterThanOrEqual(0)
          expect(text.share + share).toBeLessThanOrEqual(1 + 1e-12)
          expect(features.find((feature) => feature.name === 'text')!.value).toBe(text.share)
          expect(vector?.cosine).toBe(near?.cosines.get(id))
          if (mode !== 'ranked') expect(text.share + share).toBeCloseTo(score, 12)
          if (mode === 'vector' && near !== null) expect(text.share).toBe(0)
          const termSum = text.terms.reduce((sum, term) => sum + term.score, 0)
          if (mode !== 'vector') expect(Math.abs(termSum - text.score)).toBeLessThanOrEqual(1e-6)
        }
      }
    }))

  it('say how they were weighed', async () => {
    const stepOf = async (query: string, mode: 'bm25' | 'hybrid') => {
      const answer = await shop.client.search({ query, mode, explain: true })
      return answer.query.steps!.find(({ step }) => step === 'fusion')
    }
    expect(await stepOf('kiwi tweed', 'hybrid')).toMatchObject({
      surface: 'kiwi tweed',
      result: expect.stringMatching(/^words \d+ %, meaning \d+ %$/),
      reason: expect.stringContaining('base'),
    })
    expect(await stepOf('kiwi tweed', 'bm25')).toBeUndefined()
  })

  it('ask for the words less strictly also where something is near, before and after the filters are given up', async () => {
    // No title has both words; "sofa tweed" means them.
    const kept = await shop.client.search({ query: 'couch tweed', mode: 'hybrid', filters: ['brand:Acme'] })
    expect(kept).toMatchObject({ relaxed: ['terms'], total: 3 })
    const open = await shop.client.search({ query: 'couch tweed', mode: 'hybrid', filters: ['brand:Nobody'] })
    expect(open).toMatchObject({ relaxed: ['terms', 'filters'], total: 3 })
    const near = await shop.client.search({ query: 'couch tweed kiwi plum zorb', mode: 'hybrid', filters: ['id:s6'] })
    expect(near).toMatchObject({ relaxed: ['terms'], total: 1 })
  })

  it('find by meaning what no word finds, without giving up a filter', async () => {
    const meant = aProduct({ id: 'sofa', title: 'sofa', brand: 'Bolt & Co', language: 'en' })
    const written = aProduct({ id: 'couch', title: 'couch', brand: 'Acme', language: 'en' })
    await shop.change([meant, written])
    const found = async (filters: string[]) => {
      const { relaxed, hits } = await shop.client.search({ query: 'couch', mode: 'hybrid', filters })
      return [relaxed, hits.map(({ id }) => id)]
    }
    expect(await found([])).toEqual([[], ['couch', 'sofa', 's6']])
    expect(await found(['brand:Bolt & Co'])).toEqual([[], ['sofa']])
    expect(await found(['brand:Nobody'])).toEqual([['filters'], ['couch', 'sofa', 's6']])
    await shop.change([], ['sofa', 'couch'])
  })

  it('page through one unchanging list while products, and with them vectors, change', async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      aProduct({ id: `m${i}`, title: i % 3 === 0 ? 'kiwi plum' : 'kiwi tweed', brand: 'Bolt & Co', language: 'en' }),
    )
    await shop.change(many)
    const input = { query: 'kiwi plum', size: 10, facets: ['brand'] }
    const before = await shop.client.search({ ...input, size: 100 })
    const first = await shop.client.search(input)
    await shop.change(
      Array.from({ length: 30 }, (_, i) => aProduct({ id: `n${i}`, title: 'kiwi plum kiwi plum', language: 'en' })),
      ['m7'],
    )
    const pages = [first]
    for (const page of [2, 3, 4, 5, 6])
      pages.push(await shop.client.search({ ...input, page, requestId: first.requestId }))
    const ids = pages.flatMap(({ hits }) => hits.map(({ id }) => id))
    expect(ids).toEqual(before.hits.map(({ id }) => id).filter((id) => id !== 'm7'))
    for (const { requestId, total, facets } of pages)
      expect([requestId, total, facets]).toEqual([first.requestId, before.total, first.facets])
    expect((await shop.client.search(input)).total).toBeGreaterThan(before.total)
    await shop.change([], [...many.map(({ id }) => id), ...Array.from({ length: 30 }, (_, i) => `n${i}`)])
  })
})

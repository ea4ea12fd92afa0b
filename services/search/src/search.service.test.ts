import type { Product, SearchInput, SearchOutput } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  catalogues,
  categoriesOf,
  counted,
  expected,
  filterTexts,
  priceOf,
  type Wish,
  wishes,
} from './testing/brute-force.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

type Case = Readonly<{ products: readonly Product[]; wish: Wish }>

/** One shop serves all runs of a property: its products are replaced, which costs less than opening another. */
async function checkCatalogues(check: (shop: Shop, given: Case) => Promise<void>): Promise<void> {
  await using shop = await openShop([])
  await fc.assert(
    fc.asyncProperty(catalogues, wishes, async (products, wish) => {
      await shop.change(products)
      try {
        await check(shop, { products, wish })
      } finally {
        const ids = products.map(({ id }) => id)
        await shop.change([], ids)
      }
    }),
  )
}

const inputOf = (wish: Wish): SearchInput => ({ query: wish.words.join(' '), filters: filterTexts(wish) })

async function allPages(shop: Shop, input: SearchInput): Promise<SearchOutput[]> {
  const pages = [await shop.client.search(input)]
  while (pages.at(-1)!.hits.length > 0)
    pages.push(await shop.client.search({ ...input, page: pages.length + 1, requestId: pages[0]!.requestId }))
  return pages
}

const hitsOf = (pages: readonly SearchOutput[]) => pages.flatMap(({ hits }) => hits)

describe('search', () => {
  it('finds each product that query and filters admit exactly once over all pages, and says what it relaxed', () =>
    checkCatalogues(async (shop, { products, wish }) => {
      for (const mode of ['ranked', 'bm25'] as const) {
        const pages = await allPages(shop, { ...inputOf(wish), size: 3, mode, facets: [] })
        const { found, relaxed } = expected(products, wish, mode)
        const ids = hitsOf(pages).map(({ id }) => id)
        expect([...ids].sort()).toEqual(found.map(({ id }) => id).sort())
        for (const page of pages)
          expect(page).toMatchObject({ total: found.length, reachable: found.length, relaxed, degraded: [] })
      }
    }))

  it('lists the best score first, equal ones by id', () =>
    checkCatalogues(async (shop, { wish }) => {
      const { hits } = await shop.client.search({ ...inputOf(wish), size: 100 })
      const keys = hits.map(({ score, id }) => ({ score: Math.round(score * 1e6), id }))
      expect(keys).toEqual(keys.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)))
    }))

  it.each([
    ['price', priceOf, 1],
    ['-price', priceOf, -1],
    ['rating', ({ rating }: Product) => rating?.average ?? null, -1],
    ['popularity', ({ rating }: Product) => rating?.count ?? null, -1],
    ['newest', ({ createdAt }: Product) => (createdAt === null ? null : Date.parse(createdAt)), -1],
  ] as const)('sorts by %s, equal ones by id and absent ones last', (sort, columnOf, sign) =>
    checkCatalogues(async (shop, { products, wish }) => {
      const { hits } = await shop.client.search({ ...inputOf(wish), sort, size: 100 })
      const inOrder = expected(products, wish).found.toSorted((a, b) => {
        const [first, second] = [columnOf(a), columnOf(b)]
        if (first !== null && second !== null && first !== second) return sign * (first - second)
        if ((first === null) !== (second === null)) return first === null ? 1 : -1
        return a.id < b.id ? -1 : 1
      })
      expect(hits.map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id))
    }),
  )

  it('counts facets over exactly what it found', () =>
    checkCatalogues(async (shop, { products, wish }) => {
      const facets = ['brand', 'category', 'price', 'rating', 'attributes', 'currency', 'attributes.size']
      const answer = await shop.client.search({ ...inputOf(wish), facets, size: 1 })
      const { found } = expected(products, wish)
      const named = new Map(answer.facets.map((facet) => [facet.name, facet]))
      const values = (name: string) => {
        const facet = named.get(name)
        return facet?.kind === 'values' ? facet.values : []
      }
      expect(values('brand')).toEqual(counted(found.flatMap(({ brand }) => brand ?? [])))
      expect(values('category')).toEqual(counted(found.flatMap(categoriesOf)))
      expect(values('attributes.colour')).toEqual(counted(found.flatMap(({ attributes }) => attributes.colour ?? [])))
      expect(values('currency')).toEqual(counted(found.flatMap(({ price }) => price?.currency ?? [])))
      const prices = found.map(priceOf).filter((price) => price !== null)
      const facet = named.get('price')
      expect(facet === undefined).toBe(prices.length === 0)
      if (facet?.kind !== 'ranges') return
      expect(facet).toMatchObject({ minimum: Math.min(...prices), maximum: Math.max(...prices) })
      for (const { from, to, count } of facet.ranges)
        expect(count).toBe(prices.filter((price) => price >= (from ?? 0) && price < (to ?? Infinity)).length)
      expect(facet.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(prices.length)
    }))

  it('explains each score by contributions that sum to it, and text by terms that sum to it', () =>
    checkCatalogues(async (shop, { wish }) => {
      for (const mode of ['ranked', 'bm25'] as const) {
        const { hits } = await shop.client.search({ ...inputOf(wish), explain: true, mode, size: 50 })
        for (const { score, explanation } of hits) {
          const { features, text } = explanation!
          expect(features.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12)
          // The index gives scores as it orders by them: rounded to a millionth.
          const termSum = text.terms.reduce((sum, term) => sum + term.score, 0)
          expect(Math.abs(termSum - text.score)).toBeLessThanOrEqual(1e-6)
          const textFeature = features.find(({ name }) => name === 'text')!
          expect(textFeature.value).toBeCloseTo(text.best > 0 ? text.score / text.best : 0, 12)
        }
      }
    }))
})

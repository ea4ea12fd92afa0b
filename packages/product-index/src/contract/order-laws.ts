import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { admitted, columnOf } from './brute-force.ts'
import { catalogue } from './catalogue.ts'
import { requestFor, wanted } from './filter-laws.ts'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, emptied, found, withIndex } from './requests.ts'

const rounded = (score: number) => Math.round(score * 1e6)
const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export function orderLaws(openHarness: OpenHarness): void {
  it('orders by score, rounded to a millionth, then by id; a shorter list is the beginning of a longer one', () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const check = async (products: readonly Product[], wish: Parameters<typeof requestFor>[0]) => {
        await index.writer.apply(changesOf(products, ++version), {})
        const all = await index.reader.retrieve(asking(requestFor(wish)))
        const expected = all.ids
          .map((id, i) => ({ id, score: rounded(all.textScores[i]!) }))
          .toSorted((a, b) => b.score - a.score || byId(a.id, b.id))
        expect(all.ids).toEqual(expected.map(({ id }) => id))
        for (const limit of [1, 2, 5, 20]) {
          const cut = await index.reader.retrieve(asking({ ...requestFor(wish), limit }))
          expect(cut.ids).toEqual(all.ids.slice(0, limit))
          expect([...cut.textScores]).toEqual([...all.textScores.slice(0, limit)])
        }
        await emptied(index, ++version)
      }
      await fc.assert(fc.asyncProperty(catalogue, wanted, check))
    }))

  it('orders by a column, absent values last both ways, then by id', () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const check = async (
        products: readonly Product[],
        wish: Parameters<typeof requestFor>[0],
        column: 'price' | 'rating',
        direction: 'ascending' | 'descending',
        limit: number,
      ) => {
        await index.writer.apply(changesOf(products, ++version), {})
        const sign = direction === 'ascending' ? 1 : -1
        const expected = admitted(products, wish).toSorted((a, b) => {
          const [one, other] = [columnOf[column](a), columnOf[column](b)]
          if (one === null || other === null) return Number(one === null) - Number(other === null) || byId(a.id, b.id)
          return sign * (one - other) || byId(a.id, b.id)
        })
        const order = { column, direction }
        const retrieval = await index.reader.retrieve(asking({ ...requestFor(wish), order, limit, columns: [column] }))
        expect(retrieval.ids).toEqual(expected.slice(0, limit).map(({ id }) => id))
        expect([...retrieval.columns[column]!]).toEqual(
          expected.slice(0, limit).map((product) => columnOf[column](product) ?? Number.NaN),
        )
        expect(retrieval.total).toBe(expected.length)
        await emptied(index, ++version)
      }
      const column = fc.constantFrom('price' as const, 'rating' as const)
      const direction = fc.constantFrom('ascending' as const, 'descending' as const)
      await fc.assert(fc.asyncProperty(catalogue, wanted, column, direction, fc.integer({ min: 1, max: 50 }), check))
    }))

  it('answers the same when asked again', () =>
    withIndex(openHarness, async (index) => {
      const products = Array.from({ length: 200 }, (_, i) =>
        aProduct({ id: `p${i}`, title: i % 3 ? 'plum' : 'plum kiwi' }),
      )
      await index.writer.apply(changesOf(products), {})
      const ask = () => found(index, { query: analysed('kiwi plum'), limit: 50 })
      expect(await ask()).toEqual(await ask())
    }))

  it('puts the better match first', () =>
    withIndex(openHarness, async (index) => {
      const inTitle = aProduct({ id: 'z', title: 'mango', description: 'plum', language: 'en' })
      const inDescription = aProduct({ id: 'a', title: 'plum', description: 'mango', language: 'en' })
      await index.writer.apply(changesOf([inTitle, inDescription]), {})
      expect(await found(index, { query: analysed('mango') })).toEqual(['z', 'a'])
    }))

  it('gives a score of 0 to everything where there is no query', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([aProduct({ id: 'b' }), aProduct({ id: 'a' })]), {})
      const { ids, textScores } = await index.reader.retrieve(asking())
      expect(ids).toEqual(['a', 'b'])
      expect([...textScores]).toEqual([0, 0])
    }))

  it('gives wanted columns beside the ids, NaN where a product has none', () =>
    withIndex(openHarness, async (index) => {
      const rated = aProduct({ id: 'a', rating: { average: 4.5, count: 12 }, createdAt: '2026-01-02T03:04:05Z' })
      await index.writer.apply(changesOf([rated, aProduct({ id: 'b' })]), {})
      const { columns } = await index.reader.retrieve(
        asking({ columns: ['rating', 'ratingCount', 'popularity', 'createdAt', 'atp', 'coverage'] }),
      )
      expect(columns).toEqual({
        rating: Float64Array.of(4.5, Number.NaN),
        ratingCount: Float64Array.of(12, Number.NaN),
        popularity: Float64Array.of(12, Number.NaN),
        createdAt: Float64Array.of(Date.UTC(2026, 0, 2, 3, 4, 5), Number.NaN),
        atp: Float64Array.of(Number.NaN, Number.NaN),
        coverage: Float64Array.of(Number.NaN, Number.NaN),
      })
    }))

  it('shows products in the order asked and leaves out what is gone', () =>
    withIndex(openHarness, async (index) => {
      const shown = aProduct({
        id: 'b',
        title: 'Sapato "São" <b> 신발',
        brand: 'Acme',
        categoryPath: ['Shoes'],
        price: { amount: 1_999, currency: 'BRL' },
        images: ['https://example.org/1.jpg', 'https://example.org/2.jpg'],
        rating: { average: 4, count: 3 },
        seller: 'north',
        language: 'pt',
      })
      await index.writer.apply(changesOf([aProduct({ id: 'a' }), shown, aProduct({ id: 'c' })]), {})
      await index.writer.apply([{ id: 'c', version: 2, product: null }], {})
      const products = await index.reader.show(['b', 'nobody', 'c', 'a', 'b'])
      expect(products.map(({ id }) => id)).toEqual(['b', 'a', 'b'])
      expect(products[0]).toEqual({
        id: 'b',
        title: 'Sapato "São" <b> 신발',
        brand: 'Acme',
        categoryPath: ['Shoes'],
        price: { amount: 1_999, currency: 'BRL' },
        image: 'https://example.org/1.jpg',
        rating: { average: 4, count: 3 },
        seller: 'north',
        language: 'pt',
      })
    }))

  it('refuses a limit that is no number of candidates', () =>
    withIndex(openHarness, async (index) => {
      for (const limit of [-1, 1_001, 1.5, Number.NaN])
        await expect(index.reader.retrieve(asking({ limit }))).rejects.toMatchObject({ kind: 'invalid' })
    }))
}

import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Filter } from '../product-index.port.ts'
import { admitted } from './brute-force.ts'
import { catalogue, catalogueWord, categoryPaths } from './catalogue.ts'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, emptied, found, withIndex } from './requests.ts'

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const bound = fc.option(fc.integer({ min: 0, max: 15 }), { nil: null })

export const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('keyword'), column: fc.constant('brand'), anyOf: some(['Acme', 'Çelik', 'nobody']) }),
  fc.record({ kind: fc.constant('keyword'), column: fc.constant('currency'), anyOf: some(['USD', 'EUR']) }),
  fc.record({ kind: fc.constant('category'), anyOf: some([...categoryPaths, ['Nowhere']]) }),
  fc.record({ kind: fc.constant('attribute'), name: fc.constant('colour'), anyOf: some(['red', 'blue = grey', 'x']) }),
  fc.record({ kind: fc.constant('attribute'), name: fc.constant('size = fit'), anyOf: some(['S', 'M']) }),
  fc.record({ kind: fc.constant('range'), column: fc.constantFrom('price', 'rating'), minimum: bound, maximum: bound }),
  fc.record({ kind: fc.constant('ids'), anyOf: fc.array(fc.constantFrom('p0', 'p1', 'p2', 'p3', 'nobody')) }),
)

export const wanted = fc.record({
  words: fc.option(fc.uniqueArray(catalogueWord, { minLength: 1, maxLength: 4 }), { nil: null }),
  minimumMatches: fc.integer({ min: 0, max: 5 }),
  filters: fc.array(filter, { maxLength: 3 }),
})

export const requestFor = ({
  words,
  minimumMatches,
  filters,
}: typeof wanted extends fc.Arbitrary<infer T> ? T : never) => ({
  query: words && analysed(words.join(' ')),
  minimumMatches,
  filters,
})

export function filterLaws(openHarness: OpenHarness): void {
  it('finds exactly what query and filters admit, whatever the catalogue', () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const check = async (products: Parameters<typeof admitted>[0], wishes: Parameters<typeof requestFor>[0][]) => {
        await index.writer.apply(changesOf(products, ++version), {})
        for (const wish of wishes) {
          const expected = admitted(products, wish).map(({ id }) => id)
          const { ids, total } = await index.reader.retrieve(asking(requestFor(wish)))
          expect(ids.toSorted()).toEqual(expected.toSorted())
          expect(total).toBe(expected.length)
        }
        await emptied(index, ++version)
      }
      await fc.assert(fc.asyncProperty(catalogue, fc.array(wanted, { minLength: 1, maxLength: 8 }), check))
    }))

  it('finds nothing by an empty list of alternatives', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([aProduct({ id: 'a', brand: 'Acme' })]), {})
      expect(await found(index, { filters: [{ kind: 'ids', anyOf: [] }] })).toEqual([])
      expect(await found(index, { filters: [{ kind: 'keyword', column: 'brand', anyOf: [] }] })).toEqual([])
    }))

  it('keeps bounds inclusive and leaves products without the column out', () =>
    withIndex(openHarness, async (index) => {
      const priced = [10, 20, 30].map((price) =>
        aProduct({ id: `p${price}`, price: { amount: price * 100, currency: 'USD' } }),
      )
      await index.writer.apply(changesOf([...priced, aProduct({ id: 'unpriced' })]), {})
      const within = (minimum: number | null, maximum: number | null) =>
        found(index, { filters: [{ kind: 'range', column: 'price', minimum, maximum }] })
      expect(await within(10, 20)).toEqual(['p10', 'p20'])
      expect(await within(20, null)).toEqual(['p20', 'p30'])
      expect(await within(null, null)).toEqual(['p10', 'p20', 'p30'])
      expect(await within(30, 10)).toEqual([])
    }))

  it('reads prices in major units of their currency', () =>
    withIndex(openHarness, async (index) => {
      const won = aProduct({ id: 'won', price: { amount: 1_500, currency: 'KRW' } })
      const dinar = aProduct({ id: 'dinar', price: { amount: 1_500, currency: 'KWD' } })
      await index.writer.apply(changesOf([won, dinar]), {})
      const { ids, columns } = await index.reader.retrieve(asking({ columns: ['price'] }))
      expect(ids).toEqual(['dinar', 'won'])
      expect([...columns.price!]).toEqual([1.5, 1_500])
    }))

  it('does not count stop words beside other words, and finds by stop words alone', () =>
    withIndex(openHarness, async (index) => {
      const both = aProduct({ id: 'both', title: 'the quilt of mango', language: 'en' })
      const one = aProduct({ id: 'one', title: 'the mango', language: 'en' })
      const none = aProduct({ id: 'none', title: 'the plum', language: 'en' })
      await index.writer.apply(changesOf([both, one, none]), {})
      expect(await found(index, { query: analysed('the quilt mango'), minimumMatches: 2 })).toEqual(['both'])
      expect((await found(index, { query: analysed('the mango'), minimumMatches: 1 })).toSorted()).toEqual([
        'both',
        'one',
      ])
      expect((await found(index, { query: analysed('the'), minimumMatches: 1 })).toSorted()).toEqual([
        'both',
        'none',
        'one',
      ])
    }))

  it('finds nothing by a query without tokens', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([aProduct({ id: 'a' })]), {})
      for (const text of ['', ' ', '!?']) expect(await found(index, { query: analysed(text) })).toEqual([])
    }))

  it('searches title, brand, category, attributes and description', () =>
    withIndex(openHarness, async (index) => {
      const product = aProduct({
        id: 'a',
        title: 'mango',
        brand: 'Quilt',
        categoryPath: ['Cobalt', 'Tweed'],
        attributes: { model: ['DV7-1211ea'], colour: ['onyx'] },
        description: '<p class="hidden">plum</p><script>kiwi()</script>',
        language: 'en',
      })
      await index.writer.apply(changesOf([product]), {})
      for (const word of ['mango', 'quilt', 'cobalt', 'tweed', 'dv7-1211EA', 'onyx', 'plum'])
        expect(await found(index, { query: analysed(word) })).toEqual(['a'])
      for (const word of ['hidden', 'kiwi', 'script']) expect(await found(index, { query: analysed(word) })).toEqual([])
    }))
}

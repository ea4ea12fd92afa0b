import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { OpenHarness } from './harness.ts'
import { changesOf, withIndex } from './requests.ts'

export function vocabularyLaws(openHarness: OpenHarness): void {
  it('is empty where nothing can be found', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([aProduct({ id: 'a', active: false, brand: 'Acme' })]), {})
      expect(await index.reader.vocabulary()).toMatchObject({
        ...{ products: 0, brands: [], categories: [], attributes: [], words: [], phrases: [], currencies: [] },
      })
    }))

  it('counts over the active products what the catalogue talks of, most frequent first', () =>
    withIndex(openHarness, async (index) => {
      const shoe = (id: string, fields: Partial<Parameters<typeof aProduct>[0]> = {}) =>
        aProduct({
          ...{ id, title: `red running shoe ${id}`, brand: 'Acme', categoryPath: ['Shoes', 'Running'] },
          ...{ attributes: { colour: ['red'] }, price: { amount: 100, currency: 'USD' } },
          ...fields,
        })
      const blue = shoe('d', { title: 'blue shoe', brand: 'Zeta', attributes: { colour: ['blue'] } })
      await index.writer.apply(changesOf([shoe('a'), shoe('b'), shoe('c'), blue, shoe('e', { active: false })]), {})
      const found = await index.reader.vocabulary()
      expect(found.products).toBe(4)
      expect(found.brands).toEqual([
        { value: 'Acme', count: 3 },
        { value: 'Zeta', count: 1 },
      ])
      expect(found.categories).toEqual([
        { path: ['Shoes'], count: 4 },
        { path: ['Shoes', 'Running'], count: 4 },
      ])
      const values = [
        { value: 'red', count: 3 },
        { value: 'blue', count: 1 },
      ]
      expect(found.attributes).toEqual([{ name: 'colour', values }])
      expect(found.currencies).toEqual([{ value: 'USD', count: 4 }])
      expect(found.words[0]).toEqual({ text: 'shoe', count: 4 })
      expect(found.words).toContainEqual({ text: 'zeta', count: 1 })
      expect(found.phrases).toContainEqual({ text: 'red running shoe', count: 3 })
    }))

  it('is that of the products as they are when it is asked for, and the same for all who ask at once', () =>
    withIndex(openHarness, async (index) => {
      const titled = (version: number) =>
        changesOf(
          Array.from({ length: 2_500 }, (_, i) => aProduct({ id: `p${i}`, title: `word${i} turn${version}` })),
          version,
        )
      await index.writer.apply(titled(1), {})
      await index.writer.apply(titled(2), {})
      const [one, other] = await Promise.all([index.reader.vocabulary(), index.reader.vocabulary()])
      expect(other).toBe(one)
      expect(one.products).toBe(2_500)
      expect(one.words).toHaveLength(2_501)
      expect(one.words[0]).toEqual({ text: 'turn2', count: 2_500 })
      await index.writer.apply([{ id: 'p0', version: 3, product: null }], {})
      expect((await index.reader.vocabulary()).products).toBe(2_499)
    }))

  it('is made while changes come in', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf(Array.from({ length: 1_000 }, (_, i) => aProduct({ id: `p${i}` }))), {})
      const asked = index.reader.vocabulary()
      for (let version = 2; version < 12; version++)
        await index.writer.apply(changesOf([aProduct({ id: 'p0' })], version), {})
      expect((await asked).products).toBe(1_000)
    }))
}

import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'
import { asking, changesOf, found, withIndex } from './requests.ts'

const shoe = (id: string, price: number, title = 'shoe') =>
  aProduct({ id, title, price: { amount: price * 100, currency: 'USD' }, seller: 'north' })

const prices = async (index: ProductIndex) => [
  ...(await index.reader.retrieve(asking({ columns: ['price'] }))).columns.price!,
]
const availabilities = async (index: ProductIndex) => [
  ...(await index.reader.retrieve(asking({ columns: ['availability'] }))).columns.availability!,
]

export function columnLaws(openHarness: OpenHarness): void {
  it('shows updated columns to the next query: values, filters, sorting, facets', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a', 10), shoe('b', 20), shoe('c', 30)]), {})
      await index.writer.updateColumns([{ id: 'b', numbers: { price: 5 }, keywords: { seller: 'somewhere new' } }])
      expect(await prices(index)).toEqual([10, 5, 30])
      const cheap = { kind: 'range', column: 'price', minimum: null, maximum: 7 } as const
      expect(await found(index, { filters: [cheap] })).toEqual(['b'])
      const cheapest = { column: 'price', direction: 'ascending' } as const
      expect(await found(index, { order: cheapest })).toEqual(['b', 'a', 'c'])
      const { facets } = await index.reader.retrieve(
        asking({ facets: [{ kind: 'keyword', column: 'seller', limit: 9 }] }),
      )
      expect(facets[0]).toMatchObject({
        values: [
          { value: 'north', count: 2 },
          { value: 'somewhere new', count: 1 },
        ],
      })
    }))

  it('makes a column absent by null and leaves alone what is not named', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a', 10)]), {})
      await index.writer.updateColumns([{ id: 'a', numbers: { availability: 1 } }])
      await index.writer.updateColumns([{ id: 'a', numbers: { price: null } }])
      expect(await prices(index)).toEqual([Number.NaN])
      expect(await availabilities(index)).toEqual([1])
      await index.writer.updateColumns([{ id: 'a', keywords: { seller: null } }])
      const north = { kind: 'keyword', column: 'seller', anyOf: ['north'] } as const
      expect(await found(index, { filters: [north] })).toEqual([])
    }))

  it('passes over products that are not in the view', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.updateColumns([{ id: 'nobody', numbers: { price: 1 } }])
      await index.writer.apply(changesOf([shoe('nobody', 10)]), {})
      expect(await prices(index)).toEqual([10])
    }))

  it('keeps availability and sets the other columns anew when the product changes', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a', 10)], 1), {})
      await index.writer.updateColumns([{ id: 'a', numbers: { price: 7, availability: 0 } }])
      await index.writer.apply(changesOf([shoe('a', 12, 'boot')], 2), {})
      expect(await prices(index)).toEqual([12])
      expect(await availabilities(index)).toEqual([0])
    }))

  it('keeps updates while the view grows and is put together anew, and after a restart', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    const count = 600
    const expected = Array.from({ length: count }, (_, i) => i)
    for (let start = 0; start < count; start += 20) {
      const products = expected.slice(start, start + 20).map((i) => shoe(`p${String(i).padStart(4, '0')}`, 1))
      await index.writer.apply(changesOf(products), {})
      await index.writer.updateColumns(products.map(({ id }) => ({ id, numbers: { price: Number(id.slice(1)) } })))
      // One more from the beginning: by now its segment may be on its way into another.
      await index.writer.updateColumns([{ id: 'p0000', numbers: { price: start } }])
    }
    expected[0] = count - 20
    expect(await prices(index)).toEqual(expected)
    await index.close()
    const again = await harness.open()
    expect(await prices(again)).toEqual(expected)
    await again.close()
  })
}

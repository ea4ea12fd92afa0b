import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { NumberColumn } from '../product-index.port.ts'
import type { OwnedChange, ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'
import { asking, changesOf, found, withIndex } from './requests.ts'

const shoe = (id: string, title = 'shoe') =>
  aProduct({ id, title, language: 'en', price: { amount: 1_000, currency: 'USD' } })
const gone = (id: string, version: number) => ({ id, version, product: null })

const stock = (id: string, version: number, atp: number | null, daysOfCover: number | null = null): OwnedChange => ({
  ...{ owner: 'inventory', id, version, numbers: { atp, daysOfCover } },
})
const score = (id: string, version: number, logisticsScore: number): OwnedChange => ({
  ...{ owner: 'logistics', id, version, numbers: { logisticsScore, leadTimeDays: 4 } },
})

const valuesOf = async ({ reader }: ProductIndex, column: NumberColumn) => [
  ...(await reader.retrieve(asking({ columns: [column] }))).columns[column]!,
]
const absent = Number.NaN

export function columnLaws(openHarness: OpenHarness): void {
  it('shows columns of other owners to the next query: values, ranges, wishes, sorting, facets', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a'), shoe('b'), shoe('c'), shoe('d')]), {})
      await index.writer.applyColumns([stock('a', 1, 10), stock('b', 1, 0), stock('c', 1, 3)], {})
      expect(await valuesOf(index, 'atp')).toEqual([10, 0, 3, absent])
      const inStock = { kind: 'range', column: 'atp', minimum: 1, maximum: null } as const
      expect(await found(index, { filters: [inStock] })).toEqual(['a', 'c'])
      expect([...(await index.reader.retrieve(asking({ wishes: [inStock] }))).wishes]).toEqual([1, 0, 1, 0])
      expect(await found(index, { order: { column: 'atp', direction: 'ascending' } })).toEqual(['b', 'c', 'a', 'd'])
      const { facets } = await index.reader.retrieve(asking({ facets: [{ kind: 'range', column: 'atp', edges: [1] }] }))
      expect(facets[0]).toMatchObject({ minimum: 0, maximum: 10, counts: [1, 2] })
    }))

  it('admits what is not known to be sold out, or not to be delivered: totals and facets count no other', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a'), shoe('b'), shoe('c'), shoe('d')]), {})
      const covering = (id: string, coverage: number): OwnedChange => ({
        ...{ owner: 'logistics', id, version: 1 },
        numbers: { coverage },
      })
      await index.writer.applyColumns([stock('a', 1, 0), stock('b', 1, 2), stock('c', 1, -1)], {})
      await index.writer.applyColumns([covering('a', 2 ** 51 + 1), covering('b', 0), covering('c', 2 ** 30)], {})
      expect(await found(index, { filters: [{ kind: 'available' }] })).toEqual(['b', 'd'])
      expect(await found(index, { filters: [{ kind: 'delivered', bit: 51 }] })).toEqual(['a', 'd'])
      expect(await found(index, { filters: [{ kind: 'delivered', bit: 30 }] })).toEqual(['c', 'd'])
      const both = asking({
        filters: [{ kind: 'available' }, { kind: 'delivered', bit: 0 }],
        facets: [{ kind: 'keyword', column: 'currency', limit: 5 }],
      })
      const { ids, total, facets } = await index.reader.retrieve(both)
      expect([ids, total, facets[0]]).toMatchObject([['d'], 1, { values: [{ count: 1 }] }])
    }))

  it('takes only what is newer than the owner said of the product before, in one call too', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a')], 9), {})
      await index.writer.applyColumns([stock('a', 2, 2), stock('a', 4, 4), stock('a', 3, 3)], {})
      await index.writer.applyColumns([stock('a', 4, 40)], {})
      await index.writer.applyColumns([stock('a', 1, 1)], {})
      expect(await valuesOf(index, 'atp')).toEqual([4])
      await index.writer.applyColumns([stock('a', 5, 5)], {})
      expect(await valuesOf(index, 'atp')).toEqual([5])
    }))

  it('lets each owner set all of its own columns and none of another', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a')]), {})
      await index.writer.applyColumns([stock('a', 7, 5, 2.5), score('a', 1, 0.75)], {})
      await index.writer.applyColumns([{ owner: 'inventory', id: 'a', version: 8, numbers: { atp: 4 } }], {})
      expect(await valuesOf(index, 'atp')).toEqual([4])
      expect(await valuesOf(index, 'daysOfCover')).toEqual([absent])
      await index.writer.applyColumns([{ owner: 'inventory', id: 'a', version: 9, numbers: null }], {})
      expect(await valuesOf(index, 'atp')).toEqual([absent])
      expect(await valuesOf(index, 'logisticsScore')).toEqual([0.75])
      expect(await valuesOf(index, 'leadTimeDays')).toEqual([4])
      expect(await valuesOf(index, 'price')).toEqual([10])
    }))

  it('keeps columns that come before their product', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.applyColumns([stock('a', 3, 6), score('a', 2, 0.5)], {})
      expect(await found(index)).toEqual([])
      expect(index.reader.statistics().documents).toBe(0)
      await index.writer.apply(changesOf([shoe('a')], 1), {})
      expect(await valuesOf(index, 'atp')).toEqual([6])
      await index.writer.applyColumns([stock('a', 2, 1)], {})
      expect(await valuesOf(index, 'atp')).toEqual([6])
    }))

  it('keeps columns while the product changes, is inactive, is deleted and comes back', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a')], 1), {})
      await index.writer.applyColumns([stock('a', 1, 6), score('a', 1, 0.5)], {})
      await index.writer.apply(changesOf([shoe('a', 'boot')], 2), {})
      expect(await valuesOf(index, 'atp')).toEqual([6])
      await index.writer.apply([gone('a', 3)], {})
      await index.writer.applyColumns([stock('a', 2, 5)], {})
      await index.writer.apply(changesOf([shoe('a')], 4), {})
      expect(await valuesOf(index, 'atp')).toEqual([5])
      expect(await valuesOf(index, 'logisticsScore')).toEqual([0.5])
      await index.writer.apply(changesOf([{ ...shoe('a'), active: false }], 5), {})
      await index.writer.applyColumns([{ owner: 'logistics', id: 'a', version: 2, numbers: null }], {})
      await index.writer.apply(changesOf([shoe('a')], 6), {})
      expect(await valuesOf(index, 'atp')).toEqual([5])
      expect(await valuesOf(index, 'logisticsScore')).toEqual([absent])
    }))

  it('refuses a number that is none, by naming it, and then holds what was given before', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(changesOf([shoe('a')]), { 'topic/0': 1 })
      const bad = [stock('a', 1, 6), stock('a', 2, Number.POSITIVE_INFINITY)]
      await expect(index.writer.applyColumns(bad, { 'topic/1': 2 })).rejects.toMatchObject({
        code: 'product-index.bad-column',
        details: { id: 'a', column: 'atp' },
      })
      expect(await valuesOf(index, 'atp')).toEqual([absent])
      expect(index.writer.resumeFrom()).toEqual({ 'topic/0': 1 })
    }))

  it('keeps columns, versions and positions over a restart, of products too that are not there', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.apply(changesOf([shoe('a')]), { 'topic/0': 1 })
    await index.writer.applyColumns([stock('a', 4, 4), stock('later', 7, 7)], { 'topic/1': 2 })
    await index.writer.applyColumns([], { 'topic/2': 3 })
    await index.close()
    const again = await harness.open()
    expect(again.writer.resumeFrom()).toEqual({ 'topic/0': 1, 'topic/1': 2, 'topic/2': 3 })
    await again.writer.applyColumns([stock('a', 3, 3), stock('later', 6, 6)], {})
    await again.writer.apply(changesOf([shoe('later')]), {})
    expect(await valuesOf(again, 'atp')).toEqual([4, 7])
    expect(await again.writer.held.of(['a', 'later'])).toMatchObject([
      { owned: { inventory: { version: 4, numbers: { atp: 4 } } } },
      { owned: { inventory: { version: 7, numbers: { atp: 7 } } } },
    ])
    await again.close()
  })

  it('keeps columns while the view grows and is put together anew, and after a restart', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    const count = 600
    const expected = Array.from({ length: count }, (_, i) => i)
    for (let start = 0; start < count; start += 20) {
      const products = expected.slice(start, start + 20).map((i) => shoe(`p${String(i).padStart(4, '0')}`))
      await index.writer.apply(changesOf(products), {})
      await index.writer.applyColumns(
        products.map(({ id }) => stock(id, 1, Number(id.slice(1)))),
        {},
      )
      // One more from the beginning: by now its segment may be on its way into another.
      await index.writer.applyColumns([stock('p0000', start + 2, start)], {})
    }
    expected[0] = count - 20
    expect(await valuesOf(index, 'atp')).toEqual(expected)
    await index.close()
    const again = await harness.open()
    expect(await valuesOf(again, 'atp')).toEqual(expected)
    await again.close()
  })

  it('ends with the newest of each, in whatever order products and columns come', () =>
    withIndex(openHarness, async (index) => {
      const id = fc.constantFrom('a', 'b', 'c')
      const change = fc.oneof(
        fc.record({ of: fc.constant('product' as const), id, isThere: fc.boolean() }),
        fc.record({ of: fc.constant('columns' as const), id, version: fc.integer({ min: 1, max: 5 }) }),
      )
      let round = 0
      const inAnyOrder = fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const own = (name: string) => `${name}${round}`
        const held = new Map<string, number>()
        const there = new Set<string>()
        round++
        for (const [at, each] of changes.entries()) {
          const key = own(each.id)
          if (each.of === 'columns') {
            await index.writer.applyColumns([stock(key, each.version, each.version)], {})
            held.set(key, Math.max(held.get(key) ?? 0, each.version))
          } else {
            await index.writer.apply(each.isThere ? changesOf([shoe(key)], at + 1) : [gone(key, at + 1)], {})
            if (each.isThere) there.add(key)
            else there.delete(key)
          }
        }
        const ids = ['a', 'b', 'c'].map(own)
        const filters = [{ kind: 'ids', anyOf: ids }] as const
        const answer = await index.reader.retrieve(asking({ filters, columns: ['atp'] }))
        const expected = ids.filter((each) => there.has(each))
        expect(answer.ids).toEqual(expected)
        expect([...answer.columns.atp!]).toEqual(expected.map((each) => held.get(each) ?? absent))
      })
      await fc.assert(inAnyOrder, { numRuns: 15 })
    }))
}

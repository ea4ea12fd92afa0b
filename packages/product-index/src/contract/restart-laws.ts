import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, found, titles } from './requests.ts'

const named = (id: string, title: string) => aProduct({ id, title, language: 'en' })

export function restartLaws(openHarness: OpenHarness): void {
  it('resumes from null while it holds nothing, then from the positions of what it holds', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    expect(index.writer.resumeFrom()).toBeNull()
    await index.writer.apply(changesOf([named('a', 'plum')]), { 'topic/0': 7 })
    await index.writer.apply([], { 'topic/1': 3, 'topic/0': 8 })
    expect(index.writer.resumeFrom()).toEqual({ 'topic/0': 8, 'topic/1': 3 })
    await index.close()
    const again = await harness.open()
    expect(again.writer.resumeFrom()).toEqual({ 'topic/0': 8, 'topic/1': 3 })
    await again.close()
  })

  it('answers after a restart as before it', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    const products = Array.from({ length: 300 }, (_, i) =>
      aProduct({
        id: `p${i}`,
        title: ['plum', 'plum kiwi', 'mango'][i % 3]!,
        language: 'en',
        brand: `brand ${i % 7}`,
        categoryPath: ['Fruit', `kind ${i % 4}`],
        attributes: { ripe: [i % 2 ? 'yes' : 'no'] },
        price: { amount: i * 10, currency: 'USD' },
      }),
    )
    for (let start = 0; start < 300; start += 50)
      await index.writer.apply(changesOf(products.slice(start, start + 50)), { 'topic/0': start + 50 })
    await index.writer.apply([{ id: 'p7', version: 2, product: null }], { 'topic/0': 301 })
    await index.writer.applyColumns([{ owner: 'inventory', id: 'p8', version: 1, numbers: { atp: 5 } }], {})
    const request = asking({
      query: analysed('plum kiwi'),
      facets: [
        { kind: 'keyword', column: 'brand', limit: 10 },
        { kind: 'category', limit: 10 },
        { kind: 'attribute', name: null, limit: 10 },
        { kind: 'range', column: 'price', edges: [5, 20] },
        { kind: 'range', column: 'atp', edges: [1] },
      ],
      columns: ['price', 'atp'],
    })
    const before = await index.reader.retrieve(request)
    const shown = await index.reader.show(before.ids)
    await index.close()
    const again = await harness.open()
    const { statistics: _, ...after } = await again.reader.retrieve(request)
    const { statistics: __, ...expected } = before
    expect(after.ids).toEqual(expected.ids)
    expect(after.columns).toEqual(expected.columns)
    expect(after.facets).toEqual(expected.facets)
    expect(after.total).toBe(expected.total)
    expect(await again.reader.show(after.ids)).toEqual(shown)
    await again.close()
  })

  it('holds versions of deleted and inactive products over a restart', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.apply([{ id: 'deleted', version: 5, product: null }], {})
    await index.writer.apply(
      [{ id: 'inactive', version: 5, product: { ...named('inactive', 'plum'), active: false } }],
      {},
    )
    await index.close()
    const again = await harness.open()
    await again.writer.apply(changesOf([named('deleted', 'plum'), named('inactive', 'plum')], 4), {})
    expect(await found(again)).toEqual([])
    await again.writer.apply(changesOf([named('deleted', 'plum'), named('inactive', 'plum')], 6), {})
    expect(await found(again)).toEqual(['deleted', 'inactive'])
    await again.close()
  })

  it('goes on after a restart: replaces, deletes and adds', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.apply(changesOf([named('a', 'plum'), named('b', 'plum'), named('c', 'plum')], 1), {})
    await index.close()
    const again = await harness.open()
    await again.writer.apply(
      [
        { id: 'a', version: 2, product: named('a', 'kiwi') },
        { id: 'b', version: 2, product: null },
        { id: 'd', version: 1, product: named('d', 'mango') },
      ],
      {},
    )
    expect(await titles(again)).toEqual(['kiwi', 'plum', 'mango'])
    expect(await found(again, { query: analysed('plum') })).toEqual(['c'])
    await again.close()
    const third = await harness.open()
    expect(await titles(third)).toEqual(['kiwi', 'plum', 'mango'])
    await third.close()
  })

  it('is not harmed by saving often, nor by saving nothing', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.save()
    for (let version = 1; version <= 5; version++) {
      await index.writer.apply([{ id: 'a', version, product: named('a', `turn${version}`) }], { 'topic/0': version })
      await index.writer.save()
      await index.writer.save()
    }
    await index.close()
    const again = await harness.open()
    expect(await titles(again)).toEqual(['turn5'])
    expect(again.writer.resumeFrom()).toEqual({ 'topic/0': 5 })
    await again.close()
  })
}

import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { OpenHarness } from './harness.ts'
import { analysed, changesOf, found, titles, withIndex } from './requests.ts'

const named = (title: string, id = 'a') => aProduct({ id, title })

export function versionLaws(openHarness: OpenHarness): void {
  it('takes a change only if it is newer than what it holds', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply([{ id: 'a', version: 2, product: named('second') }], {})
      await index.writer.apply([{ id: 'a', version: 1, product: named('first') }], {})
      expect(await titles(index)).toEqual(['second'])
      await index.writer.apply([{ id: 'a', version: 2, product: named('second, told otherwise') }], {})
      expect(await titles(index)).toEqual(['second'])
      await index.writer.apply([{ id: 'a', version: 3, product: named('third') }], {})
      expect(await titles(index)).toEqual(['third'])
    }))

  it('is the same after all events came again, in one batch and backwards', () =>
    withIndex(openHarness, async (index) => {
      const changes = [
        { id: 'a', version: 1, product: named('a1') },
        { id: 'b', version: 1, product: named('b1', 'b') },
        { id: 'a', version: 2, product: null },
        { id: 'b', version: 2, product: named('b2', 'b') },
        { id: 'c', version: 1, product: named('c1', 'c') },
      ]
      for (const change of changes) await index.writer.apply([change], {})
      expect(await titles(index)).toEqual(['b2', 'c1'])
      await index.writer.apply(changes, {})
      expect(await titles(index)).toEqual(['b2', 'c1'])
      await index.writer.apply(changes.toReversed(), {})
      expect(await titles(index)).toEqual(['b2', 'c1'])
      expect(index.writer.statistics().documents).toBe(2)
    }))

  it('takes the newest of one product when a batch holds several, in any order', () =>
    withIndex(openHarness, async (index) => {
      const versions = [3, 1, 5, 2, 4].map((version) => ({ id: 'a', version, product: named(`v${version}`) }))
      await index.writer.apply(versions, {})
      expect(await titles(index)).toEqual(['v5'])
    }))

  it('does not bring a deleted product back when an older part of it comes late', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply([{ id: 'a', version: 5, product: null }], {})
      await index.writer.apply([{ id: 'a', version: 4, product: named('late') }], {})
      expect(await found(index)).toEqual([])
      await index.writer.apply([{ id: 'a', version: 6, product: named('new again') }], {})
      expect(await titles(index)).toEqual(['new again'])
    }))

  it('never finds an inactive product, and finds it when it is active again', () =>
    withIndex(openHarness, async (index) => {
      const red = (active: boolean) => aProduct({ id: 'a', title: 'red shoe', active })
      await index.writer.apply([{ id: 'a', version: 1, product: red(false) }], {})
      expect(await found(index)).toEqual([])
      expect(await found(index, { query: analysed('shoe') })).toEqual([])
      await index.writer.apply([{ id: 'a', version: 2, product: red(true) }], {})
      expect(await found(index, { query: analysed('shoe') })).toEqual(['a'])
      await index.writer.apply([{ id: 'a', version: 3, product: red(false) }], {})
      await index.writer.apply([{ id: 'a', version: 2, product: red(true) }], {})
      expect(await found(index)).toEqual([])
      expect(index.writer.statistics().documents).toBe(0)
    }))

  it('takes an empty batch, and one that changes nothing', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply([], {})
      await index.writer.apply(changesOf([named('a1')]), {})
      const before = index.reader.statistics()
      await index.writer.apply(changesOf([named('a1')]), {})
      expect(index.reader.statistics().documents).toBe(before.documents)
    }))
}

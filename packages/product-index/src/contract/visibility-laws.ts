import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, found, withIndex } from './requests.ts'

export function visibilityLaws(openHarness: OpenHarness): void {
  it('shows an applied change to the next query', () =>
    withIndex(openHarness, async (index) => {
      for (let version = 1; version <= 50; version++) {
        await index.writer.apply([{ id: 'a', version, product: aProduct({ id: 'a', title: `round${version}` }) }], {})
        expect(await found(index, { query: analysed(`round${version}`) })).toEqual(['a'])
        expect(await found(index, { query: analysed(`round${version - 1}`) })).toEqual([])
      }
    }))

  it('never shows half of a batch while it is applied', () =>
    withIndex(openHarness, async (index) => {
      const batch = (version: number) =>
        changesOf(
          Array.from({ length: 300 }, (_, i) => aProduct({ id: `p${i}`, title: `shoe turn${version}` })),
          version,
        )
      await index.writer.apply(batch(1), {})
      for (let version = 2; version <= 6; version++) {
        const state = { isApplied: false }
        const applied = index.writer.apply(batch(version), {}).then(() => {
          state.isApplied = true
        })
        while (!state.isApplied) {
          const all = await index.reader.retrieve(asking({ query: analysed('shoe') }))
          expect(new Set(all.ids).size).toBe(300)
          const shown = await index.reader.show(all.ids)
          expect(new Set(shown.map(({ title }) => title)).size).toBe(1)
          await new Promise(setImmediate)
        }
        await applied
      }
    }))

  it('applies in the order of the calls, many under way at once', () =>
    withIndex(openHarness, async (index) => {
      const calls = Array.from({ length: 40 }, (_, call) => {
        const products = Array.from({ length: 150 }, (_, i) => aProduct({ id: `p${i}`, title: `call${call}` }))
        return index.writer.apply(changesOf(products, call + 1), { 'topic/0': call + 1 })
      })
      await Promise.all(calls)
      expect(await found(index, { query: analysed('call39') })).toHaveLength(150)
      expect(index.writer.resumeFrom()).toEqual({ 'topic/0': 40 })
    }))

  it('counts documents, and its epoch changes with the view', () =>
    withIndex(openHarness, async (index) => {
      const empty = index.reader.statistics()
      expect(empty.documents).toBe(0)
      await index.writer.apply(changesOf([aProduct({ id: 'a' }), aProduct({ id: 'b' })]), {})
      const filled = index.reader.statistics()
      expect(filled.documents).toBe(2)
      expect(filled.epoch).not.toBe(empty.epoch)
      expect(filled.generation).toBe(empty.generation)
      expect(filled.generation).not.toBe('')
      expect(filled.bytes).toBeGreaterThan(0)
    }))
}

import { seededRandom } from '@eip/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpusSample } from './corpus-sample.ts'

const place = (offset: number) => ({ offset, length: 1 })

describe('a corpus sample', () => {
  it('holds the newest version of every living product, whatever came before or after it', () => {
    const change = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), version: fc.nat(20), deleted: fc.boolean() })
    const check = (changes: readonly { key: string; version: number; deleted: boolean }[]) => {
      const sample = corpusSample(10)
      const newest = new Map<string, { version: number; place: { offset: number; length: number } | null }>()
      for (const [at, { key, version, deleted }] of changes.entries()) {
        const isNew = version > (newest.get(key)?.version ?? -1)
        expect(sample.wants(key, version)).toBe(isNew)
        if (!isNew) continue
        newest.set(key, { version, place: deleted ? null : place(at) })
        sample.put(key, version, deleted ? null : place(at))
      }
      const living = [...newest.values()].flatMap((each) => each.place ?? [])
      expect([...sample.places()].sort((a, b) => a.offset - b.offset)).toEqual(
        living.sort((a, b) => a.offset - b.offset),
      )
      expect(sample.products()).toBe(living.length)
    }
    fc.assert(fc.property(fc.array(change, { maxLength: 60 }), check))
  })

  it('is the same set in the same order however the products come', () => {
    const keys = Array.from({ length: 3_000 }, (_, i) => `p${i}`)
    const chosen = (order: readonly number[]) => {
      const sample = corpusSample(200)
      for (const at of order) if (sample.wants(keys[at]!, 1)) sample.put(keys[at]!, 1, place(at))
      return sample.places().map(({ offset }) => keys[offset])
    }
    const forward = keys.map((_, at) => at)
    const random = seededRandom(7)
    const shuffled = forward.map((at) => [random.next(), at] as const).sort(([a], [b]) => a - b)
    expect(chosen(forward)).toHaveLength(200)
    expect(chosen(shuffled.map(([, at]) => at))).toEqual(chosen(forward))
  })

  it('says how many products there are even when it holds a few of them', () => {
    const sample = corpusSample(1_000)
    for (let at = 0; at < 40_000; at++) if (sample.wants(`p${at}`, 1)) sample.put(`p${at}`, 1, place(at))
    expect(sample.places()).toHaveLength(1_000)
    expect(sample.products()).toBeGreaterThan(36_000)
    expect(sample.products()).toBeLessThan(44_000)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidates } from './candidates.ts'
import { guard, isCovered, withSunkLast } from './guard.ts'
import { type GuardAction, guardActions } from './guard-action.ts'
import { defaultPolicy } from './policy.ts'

const candidates = (columns: Readonly<Record<string, readonly number[]>>): Candidates => ({
  count: Object.values(columns)[0]?.length ?? 0,
  ...{ text: new Float64Array(0), vector: null, intent: null },
  columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
})
const policy = (unavailable: GuardAction, undeliverable: GuardAction) => ({
  ...defaultPolicy,
  guards: { unavailable, undeliverable },
})
const absent = Number.NaN

describe('guards', () => {
  it('hold what there is nothing left of, and not what stock is not known of', () => {
    const { reasons, isSunk } = guard(policy('sink', 'sink'), candidates({ atp: [0, 5, absent, -1] }), null)
    expect([[...reasons], [...isSunk]]).toEqual([
      [1, 0, 0, 1],
      [1, 0, 0, 1],
    ])
  })

  it('hold what is not delivered to the region, and nothing where no region is known', () => {
    const some = candidates({ coverage: [0b101, 0b010, absent, 2 ** 51] })
    expect([...guard(policy('sink', 'sink'), some, 1).reasons]).toEqual([2, 0, 0, 2])
    expect([...guard(policy('sink', 'sink'), some, 51).reasons]).toEqual([2, 2, 0, 0])
    expect([...guard(policy('sink', 'sink'), some, null).reasons]).toEqual([0, 0, 0, 0])
  })

  it('tell what they hold where the policy shows it in its place', () => {
    const { reasons, isSunk } = guard(policy('show', 'sink'), candidates({ atp: [0, 0], coverage: [1, 2] }), 0)
    expect([[...reasons], [...isSunk]]).toEqual([
      [1, 2],
      [0, 1],
    ])
  })

  it('sink by every action but showing: what should be hidden and was not stays below', () => {
    for (const action of guardActions) {
      const { isSunk } = guard(policy(action, 'show'), candidates({ atp: [0] }), null)
      expect([action, isSunk[0]]).toEqual([action, action === 'show' ? 0 : 1])
    }
  })

  it('put the sunk last and leave both parts in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (sunk) => {
        const ranks = Uint32Array.from(sunk, (_, i) => sunk.length - 1 - i)
        const isSunk = Uint8Array.from(sunk, Number)
        const expected = [...[...ranks].filter((i) => !sunk[i]), ...[...ranks].filter((i) => sunk[i])]
        expect([...withSunkLast(ranks, { isSunk })]).toEqual(expected)
      }),
    )
  })

  it('read every one of 52 bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 51 })), fc.integer({ min: 0, max: 51 }), (bits, asked) => {
        const coverage = bits.reduce((sum, bit) => sum + 2 ** bit, 0)
        expect(isCovered(coverage, asked)).toBe(bits.includes(asked))
      }),
    )
  })
})

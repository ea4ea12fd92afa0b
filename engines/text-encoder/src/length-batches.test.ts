import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batchesByLength } from './length-batches.ts'

it('has every text once, the short ones first and together, the long ones alone', () => {
  expect(batchesByLength([], 8)).toEqual([])
  expect(batchesByLength([30, 10, 20], 2)).toEqual([[1, 2], [0]])
  expect(batchesByLength([250, 3_000, 250, 250, 3_000, 1], 8)).toEqual([[5, 0], [2, 3], [1], [4]])
  fc.assert(
    fc.property(fc.array(fc.nat(5_000)), fc.integer({ min: 1, max: 9 }), (lengths, most) => {
      const batches = batchesByLength(lengths, most)
      expect(batches.flat().toSorted((a, b) => a - b)).toEqual([...lengths.keys()])
      for (const batch of batches) {
        const longest = Math.max(...batch.map((at) => lengths[at] ?? 0))
        expect(batch.length === 1 || (batch.length <= most && batch.length * longest <= 512)).toBe(true)
      }
    }),
  )
})

import { describe, expect, it } from 'vitest'
import { mean, ndcg, recall, reciprocalRank } from './list-metrics.ts'

describe('list metrics', () => {
  it('give the ideal order an nDCG of 1', () => {
    expect(ndcg([3, 2, 0], [0, 2, 3], 10)).toBe(1)
  })

  it('compute nDCG as by hand', () => {
    // gains 1, 7, 0 at discounts 1, 1/log2(3), 1/2; ideal 7, 1, 0
    const byHand = (1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3))
    expect(ndcg([1, 3, 0], [0, 1, 3], 10)).toBeCloseTo(byHand, 12)
  })

  it('look no further than the cut, in the list and in the ideal', () => {
    expect(ndcg([0, 3], [3, 0], 1)).toBe(0)
    expect(ndcg([3, 3, 3], [3, 3, 3, 3], 2)).toBe(1)
  })

  it('have no nDCG where nothing is relevant', () => {
    expect(ndcg([0, 0], [0, 0], 10)).toBeNull()
  })

  it('find the first relevant product and the share of all relevant ones', () => {
    const judged = new Map([
      ['a', 2],
      ['b', 0],
      ['c', 1],
    ])
    expect(reciprocalRank(['x', 'b', 'c', 'a'], judged)).toBeCloseTo(1 / 3)
    expect(reciprocalRank(['x'], judged)).toBe(0)
    expect(recall(['x', 'a'], judged)).toBe(0.5)
    expect(recall(['x'], new Map([['b', 0]]))).toBeNull()
  })

  it('have a mean of 0 of nothing', () => {
    expect([mean([1, 2, 6]), mean([])]).toEqual([3, 0])
  })
})

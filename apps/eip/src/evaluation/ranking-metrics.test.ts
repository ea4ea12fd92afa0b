import { describe, expect, it } from 'vitest'
import { isInformative, ndcg, orderJudged, quantile, recall, reciprocalRank } from './ranking-metrics.ts'

describe('ranking metrics', () => {
  it('gives the ideal order an nDCG of 1', () => {
    expect(ndcg([3, 2, 0], [0, 2, 3], 10)).toBe(1)
  })

  it('computes nDCG as by hand', () => {
    // gains 1, 7, 0 at discounts 1, 1/log2(3), 1/2; ideal 7, 1, 0
    const byHand = (1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3))
    expect(ndcg([1, 3, 0], [0, 1, 3], 10)).toBeCloseTo(byHand, 12)
  })

  it('looks no further than the cut, in the list and in the ideal', () => {
    expect(ndcg([0, 3], [3, 0], 1)).toBe(0)
    expect(ndcg([3, 3, 3], [3, 3, 3, 3], 2)).toBe(1)
  })

  it('has no nDCG where nothing is relevant', () => {
    expect(ndcg([0, 0], [0, 0], 10)).toBeNull()
  })

  it('puts products without a score last and breaks ties by the hash of the id', () => {
    const judged = new Map([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ])
    // SHA-1 of "a" begins 86f7, of "b" e9d7, of "c" 84a5.
    expect(orderJudged(judged, new Map())).toEqual(['c', 'a', 'b'])
    expect(orderJudged(judged, new Map([['b', -5]]))).toEqual(['b', 'c', 'a'])
  })

  it('counts a query as informative only with two different grades', () => {
    expect(
      isInformative(
        new Map([
          ['a', 1],
          ['b', 1],
        ]),
      ),
    ).toBe(false)
    expect(
      isInformative(
        new Map([
          ['a', 1],
          ['b', 0],
        ]),
      ),
    ).toBe(true)
  })

  it('finds the first relevant product and the share of all relevant ones', () => {
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

  it('takes quantiles by nearest rank', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95), quantile([], 0.5)]).toEqual([2, 4, 0])
  })
})

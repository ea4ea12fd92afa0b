import { describe, expect, it } from 'vitest'
import { isInformative, orderJudged, quantile } from './ranking-metrics.ts'

describe('judged orders', () => {
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

  it('takes quantiles by nearest rank', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95), quantile([], 0.5)]).toEqual([2, 4, 0])
  })
})

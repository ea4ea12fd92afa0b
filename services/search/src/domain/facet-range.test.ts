import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facetRanges, priceEdges } from './facet-range.ts'

describe('facet ranges', () => {
  it('leave out what is empty', () => {
    expect(facetRanges([1, 2, 5, 10], [0, 3, 0, 4, 9])).toEqual([
      { from: 1, to: 2, count: 3 },
      { from: 5, to: 10, count: 4 },
      { from: 10, to: null, count: 9 },
    ])
    expect(facetRanges([1, 2], [2, 0, 0])).toEqual([{ from: null, to: 1, count: 2 }])
    expect(facetRanges([1, 2], [0, 0, 0])).toEqual([])
  })

  it('join the emptiest neighbours while there are more than eight', () => {
    const ranges = facetRanges([1, 2, 3, 4, 5, 6, 7, 8], [9, 9, 1, 2, 9, 9, 9, 9, 9])
    expect(ranges).toHaveLength(8)
    expect(ranges[2]).toEqual({ from: 2, to: 4, count: 3 })
  })

  it('hold every product once, in rising order, for any counts', () => {
    const anyCounts = fc.array(fc.nat(1_000), { minLength: priceEdges.length + 1, maxLength: priceEdges.length + 1 })
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const ranges = facetRanges(priceEdges, counts)
        expect(ranges.length).toBeLessThanOrEqual(8)
        ranges.forEach(({ from, to, count }, i) => {
          const within = counts.filter((_, bin) => {
            const low = priceEdges[bin - 1] ?? Number.NEGATIVE_INFINITY
            const high = priceEdges[bin] ?? Number.POSITIVE_INFINITY
            return low >= (from ?? Number.NEGATIVE_INFINITY) && high <= (to ?? Number.POSITIVE_INFINITY)
          })
          expect(count).toBe(within.reduce((sum, each) => sum + each, 0))
          if (i > 0) expect(from!).toBeGreaterThanOrEqual(ranges[i - 1]!.to!)
        })
        const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
        expect(sum(ranges.map(({ count }) => count))).toBe(sum(counts))
      }),
    )
  })

  it('run in the 1-2-5 series over the decades', () => {
    expect(priceEdges.slice(0, 7)).toEqual([1, 2, 5, 10, 20, 50, 100])
    expect(priceEdges.every((edge, i) => i === 0 || edge > priceEdges[i - 1]!)).toBe(true)
  })
})

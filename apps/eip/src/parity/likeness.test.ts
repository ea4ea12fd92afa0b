import { describe, expect, it } from 'vitest'
import { fusedByMinMax } from './cluster-fusion.ts'
import { causeOf, type NearestProducts } from './difference-cause.ts'
import { type ComparedAnswer, isAlike, likenessOf, overlapOf, summed } from './likeness.ts'

const answered = (scores: Readonly<Record<string, number>>, more: Partial<ComparedAnswer> = {}): ComparedAnswer => ({
  ids: Object.keys(scores),
  scores: Object.values(scores),
  total: Object.keys(scores).length,
  totalByWords: Object.keys(scores).length,
  facets: [],
  candidates: new Set(Object.keys(scores)),
  ...more,
})

const brands = (count: number) => [{ kind: 'values', name: 'brand', values: [{ value: 'A', count }] }] as const

describe('the likeness of two answers', () => {
  it('is whole where they are the same', () => {
    const likeness = likenessOf(answered({ a: 2, b: 1 }), answered({ a: 2, b: 1 }))
    expect(likeness).toEqual({
      overlap: 1,
      hasSameOrder: true,
      hasSameTotals: true,
      hasSameFacets: true,
      farthestScore: 0,
    })
    expect(isAlike(likeness)).toBe(true)
  })

  it('counts the first page alone as overlap, by the longer of both', () => {
    const twelve = Array.from({ length: 12 }, (_, at) => `p${at}`)
    expect(overlapOf(twelve, twelve.toReversed())).toBe(0.8)
    expect(overlapOf(['a'], ['a', 'b'])).toBe(0.5)
    expect(overlapOf(['a', 'b'], ['a'])).toBe(0.5)
    expect(overlapOf([], [])).toBe(1)
    expect(overlapOf([], ['a'])).toBe(0)
  })

  it('tells another order, total, facet and score each by itself', () => {
    const one = answered({ a: 4, b: 1 }, { facets: brands(2) })
    expect(likenessOf(one, answered({ b: 4, a: 4 }, { facets: brands(2) }))).toMatchObject({
      overlap: 1,
      hasSameOrder: false,
      hasSameTotals: true,
      farthestScore: 3,
    })
    expect(likenessOf(one, { ...one, totalByWords: 1 })).toMatchObject({ hasSameTotals: false, hasSameOrder: true })
    expect(likenessOf(one, { ...one, facets: brands(1) })).toMatchObject({ hasSameFacets: false, hasSameTotals: true })
    expect(likenessOf(one, answered({ a: 4.4, b: 1 })).farthestScore).toBeCloseTo(0.1, 12)
  })

  it('sums up over requests as shares, counts and the farthest', () => {
    const same = likenessOf(answered({ a: 1 }), answered({ a: 1 }))
    const other = likenessOf(answered({ a: 1 }), answered({ b: 1, a: 1.5 }))
    expect(summed([same, other])).toEqual({
      requests: 2,
      'overlap@10': 0.75,
      sameOrder: 0.5,
      otherTotals: 1,
      otherFacets: 0,
      farthestScore: 0.5,
    })
    expect(summed([])).toMatchObject({ requests: 0, 'overlap@10': 1, sameOrder: 1 })
  })
})

describe('the cause of a difference', () => {
  const list = answered({ a: 3, b: 2, c: 1 })
  const cause = (native: ComparedAnswer, opensearch: ComparedAnswer, nearest: NearestProducts | null = null) =>
    causeOf({ native, opensearch, nearest })
  const nearest = (sure: readonly string[], border: readonly string[] = []) => ({ sure, border: new Set(border) })

  it('is a graph, where it did not meet what is truly near', () => {
    const without = answered({ a: 3, b: 2 })
    expect(cause(list, without, nearest(['c']))).toBe("the cluster's graph missed a neighbour")
    expect(cause(without, list, nearest(['c']))).toBe('the native graph missed a neighbour')
    expect(cause(without, without, nearest(['c']))).toBe('both graphs missed neighbours')
  })

  it('is half floats, where cosines differ by as much and what is near changed places or crossed the border', () => {
    const swapped = answered({ a: 3, c: 1.9991, b: 1.9989 })
    expect(cause(answered({ a: 3, b: 2, c: 1.999 }), swapped, nearest(['a']))).toBe('half floats of the native vectors')
    const other = answered({ a: 3, b: 2, d: 1 }, { total: 4 })
    expect(cause(list, other, nearest(['a'], ['c', 'd']))).toBe('half floats at the border of the nearest')
    expect(cause(list, other, nearest(['a'], ['c']))).toBe('unexplained')
  })

  it('is the precision of floats, where products of nearly one score changed places', () => {
    expect(cause(answered({ a: 2, b: 1.999999 }), answered({ b: 2, a: 1.999999 }))).toBe('32-bit floats')
  })

  it('is a tie, where the page ends among equals', () => {
    const ids = Array.from({ length: 12 }, (_, at) => `p${String(at).padStart(2, '0')}`)
    const tied = (order: readonly string[]) => answered(Object.fromEntries(order.map((id) => [id, 1])))
    expect(cause(tied(ids), tied(ids.toReversed()))).toBe('equal scores at the cut')
  })

  it('is other scores, where one product has two', () => {
    expect(cause(list, answered({ a: 3, b: 2.5, c: 1 }))).toBe('other scores')
  })

  it('is unexplained rather than guessed', () => {
    expect(cause(list, { ...list, total: 4 })).toBe('unexplained')
    expect(cause(list, { ...list, facets: brands(1) })).toBe('unexplained')
    expect(cause(list, answered({ a: 3, d: 2, e: 0.5 }, { total: 3 }))).toBe('unexplained')
  })
})

describe('fusion as the cluster does it', () => {
  it('weighs what each list spreads from its worst to its best, and gives nothing for a list that lacks the product', () => {
    const words = new Map([
      ['a', 9],
      ['b', 6],
      ['c', 3],
    ])
    const meaning = new Map([
      ['d', 0.9],
      ['b', 0.8],
      ['e', 0.4],
    ])
    // b: (0.5 + 0.8) / 2, a and d: 1 / 2 each, c and e: 0.001 / 2 each.
    expect(fusedByMinMax(words, meaning, 0.5)).toEqual(['b', 'a', 'd', 'c', 'e'])
    expect(fusedByMinMax(words, meaning, 0.9).slice(0, 2)).toEqual(['d', 'b'])
  })

  it('takes a list of equals as the best, and a list that found nothing as none', () => {
    const equals = new Map([
      ['b', 5],
      ['a', 5],
    ])
    expect(fusedByMinMax(equals, new Map(), 0.5)).toEqual(['a', 'b'])
    expect(fusedByMinMax(new Map(), new Map(), 0.5)).toEqual([])
  })
})

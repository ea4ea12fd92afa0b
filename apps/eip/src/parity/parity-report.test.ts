import { describe, expect, it } from 'vitest'
import type { Difference } from './compare-models.ts'
import type { AnswerLikeness } from './likeness.ts'
import {
  type ComparedCatalogue,
  describeDifferences,
  describeModels,
  faultsOf,
  tellDifferences,
  tellModels,
} from './parity-report.ts'

const alike: AnswerLikeness = {
  overlap: 1,
  hasSameOrder: true,
  hasSameTotals: true,
  hasSameFacets: true,
  farthestScore: 0,
}
const unlike: AnswerLikeness = {
  ...alike,
  overlap: 0.9,
  hasSameOrder: false,
  hasSameTotals: false,
  hasSameFacets: false,
}
const difference = (number: number): Difference => ({
  ...{ catalogue: 'shop', model: 'bm25', query: `query ${number}`, differs: ['facets'], cause: 'unexplained' },
})

const compared = (name: string, bm25: readonly AnswerLikeness[], hybridQuery: readonly number[] | null) => {
  const same = { likenesses: [alike], differences: [] }
  const models = { bm25: { likenesses: bm25, differences: [] }, filtered: same, vector: same, hybrid: same }
  return { name, products: 10, queries: bm25.length, own: 0, models, hybridQuery } satisfies ComparedCatalogue
}

describe('what is told of parity', () => {
  const models = tellModels([compared('one', [alike, alike, alike], [1]), compared('other', [unlike], [0.5])])

  it('weighs every request alike, and tells each catalogue beside', () => {
    expect(models.bm25).toMatchObject({ requests: 4, 'overlap@10': 0.975, sameOrder: 0.75, otherTotals: 1 })
    expect(models.bm25.catalogues.one).toMatchObject({ requests: 3, 'overlap@10': 1 })
    expect(models['opensearch-hybrid']).toMatchObject({ requests: 2, 'overlap@10': 0.75 })
    expect(describeModels(models)).toContain('opensearch-hybrid')
  })

  it('has no hybrid query where the cluster has none', () => {
    expect(tellModels([compared('one', [alike], null)])).not.toHaveProperty('opensearch-hybrid')
  })

  it('names each fault, and none where both engines answer alike', () => {
    expect(faultsOf(models, [])).toEqual([
      'overlap@10 of bm25 is 0.9750, below 0.98',
      'other totals in 1 requests of bm25',
      'other facets in 1 requests of bm25',
    ])
    expect(faultsOf(tellModels([compared('one', [alike], null)]), [])).toEqual([])
  })

  it('takes a graph that missed a neighbour as it is, and a difference without a cause as a fault', () => {
    const same = tellModels([compared('one', [alike], null)])
    const ofHybrid = (cause: Difference['cause']) => ({ ...difference(1), model: 'hybrid', cause })
    expect(faultsOf(same, [ofHybrid('both graphs missed neighbours')])).toEqual([])
    expect(faultsOf(same, [ofHybrid('unexplained')])).toEqual(['differences without a cause in 1 requests of hybrid'])
  })

  it('lists twenty differences of a model, the rarest cause first, and counts all by their cause', () => {
    const many = Array.from({ length: 23 }, (_, number) => difference(number))
    const told = tellDifferences([...many, { ...difference(24), cause: '32-bit floats' }])
    expect(told.bm25).toMatchObject({ count: 24, causes: { unexplained: 23, '32-bit floats': 1 } })
    expect(told.bm25?.listed).toHaveLength(20)
    expect(told.bm25?.listed[0]?.cause).toBe('32-bit floats')
    expect(describeDifferences(told)).toContain('… and 4 more')
    expect(describeDifferences(tellDifferences([]))).toBe('No differences.')
  })
})

import { describe, expect, it } from 'vitest'
import {
  attributeFacetOf,
  type Bucket,
  commonAttributeFacets,
  tellsTooMuchBy,
  valuesOfAttribute,
} from './opensearch.attribute-facets.ts'

const buckets = (...counts: number[]): Bucket[] => counts.map((doc_count, at) => ({ key: `v${at}`, doc_count }))

describe('whether an attribute tells too much', () => {
  it('is known where all values are listed', () => {
    expect(tellsTooMuchBy({ buckets: buckets(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), sum_other_doc_count: 0 })).toBe(true)
    expect(tellsTooMuchBy({ buckets: buckets(9, 1), sum_other_doc_count: 0 })).toBe(false)
  })

  it('is known where the others come once each, as the last one listed does', () => {
    expect(tellsTooMuchBy({ buckets: buckets(1, 1), sum_other_doc_count: 10_000 })).toBe(true)
    expect(tellsTooMuchBy({ buckets: buckets(10_000, 1), sum_other_doc_count: 100 })).toBe(false)
  })

  it('is open where the others may be few or many', () => {
    expect(tellsTooMuchBy({ buckets: buckets(5, 5), sum_other_doc_count: 1_000 })).toBeNull()
  })
})

it('asks for the values of one attribute by name, whatever signs are in it', () => {
  expect(valuesOfAttribute('size (in.) = "x"', 3)).toEqual({
    terms: {
      field: 'tags.attribute',
      size: 3,
      shard_size: 5_000,
      order: [{ _count: 'desc' }, { _key: 'asc' }],
      include: 'size \\(in\\.\\) = \\"x\\"\u001f.*',
    },
  })
})

it('reads values without the name in front of them', () => {
  const answer = { buckets: [{ key: 'colour\u001fred', doc_count: 2 }], sum_other_doc_count: 0 }
  expect(attributeFacetOf('colour', answer, 5)).toEqual({
    kind: 'values',
    name: 'attributes.colour',
    values: [{ value: 'red', count: 2 }],
  })
})

it('asks for more names and for more values until enough attributes are found', async () => {
  const asked: string[][] = []
  const ask = async (aggregations: Readonly<Record<string, unknown>>) => {
    asked.push(Object.keys(aggregations))
    if ('names' in aggregations)
      return { names: { buckets: [...buckets(9), { key: 'colour', doc_count: 8 }], sum_other_doc_count: 0 } }
    const one = { buckets: buckets(5, 5), sum_other_doc_count: 0 }
    if ('values' in aggregations) return { values: one }
    return Object.fromEntries(Object.keys(aggregations).map((at) => [at, { ...one, sum_other_doc_count: 1_000 }]))
  }
  const names = { buckets: buckets(9), sum_other_doc_count: 8 }
  const found = await commonAttributeFacets(names, ask, { limit: 1, commonest: 2 })
  expect(found.map((each) => each.name)).toEqual(['attributes.v0'])
  expect(asked).toEqual([['0'], ['values'], ['names']])
})

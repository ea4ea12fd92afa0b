import { describe, expect, it } from 'vitest'
import { analysed, asking } from '../contract/requests.ts'
import { clausesOf } from '../retrieval-request.ts'
import { filterQuery } from './opensearch.filters.ts'
import { cosinesBody, matchesQuery, nearestBody, type Question, searchBody, wordsQuery } from './opensearch.queries.ts'

const fields = [
  ...['terms.title^20', 'terms.brand^20', 'terms.model^10', 'terms.category^10'],
  ...['terms.attributes^1', 'terms.description^12', 'terms.reviews^1'],
]
const shoes = {
  dis_max: {
    queries: [
      { combined_fields: { query: 'shoes', fields } },
      { combined_fields: { query: 'shoe~en', fields, boost: 0.8 } },
    ],
    tie_breaker: 0,
  },
}
const active = { term: { active: true } }

const question = (given: Partial<Question['request']> = {}, nearest: readonly string[] | null = null): Question => {
  const request = asking({ query: analysed('shoes'), limit: 10, ...given })
  return { request, clauses: clausesOf(request.query), nearest }
}

describe('words', () => {
  it('are asked for clause by clause: the best of its spellings, as many clauses as needed, stop words left out', () => {
    const clause = (isStopWord: boolean, ...terms: [string, number][]) => ({
      ...{ surface: '', start: 0, end: 0, kind: 'word' as const, isStopWord },
      terms: terms.map(([term, boost]) => ({ term, boost })),
    })
    const clauses = [clause(true, ['the', 1]), clause(false, ['shoes', 1], ['shoe~en', 0.8]), clause(false, ['red', 1])]
    const { request } = question({ query: { clauses, isTruncated: false }, minimumMatches: 9 })
    const red = { combined_fields: { query: 'red', fields } }
    expect(wordsQuery(request, clausesOf(request.query))).toEqual({
      bool: { should: [shoes, red], minimum_should_match: 2 },
    })
  })

  it('that are none find nothing', () => {
    const { request } = question()
    expect(wordsQuery(request, [])).toEqual({ match_none: {} })
  })
})

describe('filters', () => {
  it.each([
    [{ kind: 'keyword', column: 'brand', anyOf: ['Acme'] }, { terms: { 'keywords.brand': ['Acme'] } }],
    [{ kind: 'category', anyOf: [['A', 'B']] }, { terms: { 'tags.category': ['A > B'] } }],
    [{ kind: 'attribute', name: 'size', anyOf: ['S'] }, { terms: { 'tags.attribute': ['size\u001fS'] } }],
    [{ kind: 'range', column: 'price', minimum: 1, maximum: null }, { range: { 'numbers.price': { gte: 1 } } }],
    [{ kind: 'range', column: 'price', minimum: null, maximum: null }, { exists: { field: 'numbers.price' } }],
    [{ kind: 'range', column: 'price', minimum: -Infinity, maximum: 2 }, { range: { 'numbers.price': { lte: 2 } } }],
    [{ kind: 'range', column: 'price', minimum: 3, maximum: 2 }, { match_none: {} }],
    [{ kind: 'range', column: 'price', minimum: Infinity, maximum: null }, { match_none: {} }],
    [{ kind: 'ids', anyOf: ['a', 'b'] }, { terms: { id: ['a', 'b'] } }],
    [{ kind: 'ids', anyOf: [] }, { match_none: {} }],
  ] as const)('%j is %j', (filter, expected) => {
    expect(filterQuery(filter as Parameters<typeof filterQuery>[0])).toEqual(expected)
  })

  it('by more values than one list takes are several lists', () => {
    const ids = Array.from({ length: 65_537 }, (_, i) => `p${i}`)
    const { bool } = filterQuery({ kind: 'ids', anyOf: ids }) as {
      bool: { should: readonly { terms: { id: string[] } }[] }
    }
    expect(bool.should.map(({ terms }) => terms.id.length)).toEqual([65_536, 1])
  })
})

describe('a search', () => {
  it('by score counts every match, orders by the millionth of the score and then by id, and names wishes', () => {
    const wish = { kind: 'keyword', column: 'brand', anyOf: ['Acme'] } as const
    const asked = question({ query: analysed('shoes'), wishes: [wish], columns: ['price'] })
    expect(searchBody(asked)).toEqual({
      query: {
        bool: {
          must: [
            {
              script_score: {
                query: {
                  bool: {
                    filter: [active],
                    should: [{ bool: { should: [shoes], minimum_should_match: 1 } }],
                    minimum_should_match: 1,
                  },
                },
                script: { source: 'Math.round(_score * 1000000.0) / 1000000.0' },
              },
            },
          ],
          should: [
            { constant_score: { filter: { terms: { 'keywords.brand': ['Acme'] } }, boost: 0, _name: 'wish 0' } },
          ],
        },
      },
      sort: [{ _score: { order: 'desc' } }, { id: { order: 'asc' } }],
      size: 10,
      track_total_hits: true,
      _source: false,
      docvalue_fields: ['id', 'numbers.price'],
    })
  })

  it('of everything scores nothing', () => {
    expect(searchBody(question({ query: null }))).toMatchObject({ query: { bool: { filter: [active] } } })
  })

  it('by a column scores all words of whatever matches, and puts absent values last', () => {
    const order = { column: 'price', direction: 'descending' } as const
    const asked = searchBody(question({ query: analysed('shoes'), order }, ['a']))
    const union = {
      bool: {
        filter: [active],
        should: [{ bool: { should: [shoes], minimum_should_match: 1 } }, { terms: { id: ['a'] } }],
        minimum_should_match: 1,
      },
    }
    expect(asked).toMatchObject({
      query: { script_score: { query: { bool: { filter: [union], should: [shoes], minimum_should_match: 0 } } } },
      sort: [{ 'numbers.price': { order: 'desc', missing: '_last' } }, { id: { order: 'asc' } }],
      track_scores: true,
    })
  })

  it('with a vector counts words and nearest together, and scores the nearest by nothing but their words', () => {
    const asked = question({ query: analysed('shoes') }, ['a', 'b'])
    const words = { bool: { should: [shoes], minimum_should_match: 1 } }
    expect(matchesQuery(asked)).toEqual({
      bool: { filter: [active], should: [words, { terms: { id: ['a', 'b'] } }], minimum_should_match: 1 },
    })
    const meant = { constant_score: { filter: { terms: { id: ['a', 'b'] } }, boost: 0 } }
    expect(searchBody(asked)).toMatchObject({
      query: { script_score: { query: { bool: { filter: [active], should: [words, meant] } } } },
    })
  })
})

it('vectors are scored by one more than their cosine, found by the graph or by name', () => {
  const vector = Float32Array.of(1, 0)
  const script = {
    source: 'cosineSimilarity(params.vector, doc[params.field]) + 1.0',
    params: { vector: [1, 0], field: 'vector' },
  }
  expect(nearestBody(vector, 7)).toMatchObject({
    query: { script_score: { query: { knn: { vector: { vector: [1, 0], k: 7 } } }, script } },
    size: 7,
  })
  const named = { bool: { filter: [{ terms: { id: ['a'] } }, { exists: { field: 'vector' } }] } }
  expect(cosinesBody(vector, ['a'])).toMatchObject({ query: { script_score: { query: named, script } }, size: 1 })
})

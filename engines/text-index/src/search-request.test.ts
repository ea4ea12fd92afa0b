import { isFailure } from '@eip/kernel'
import { expect, test } from 'vitest'
import { SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, type SearchRequest } from './index.ts'

const reader = createIndexReader(SHOP_SCHEMA)

function refusal(request: Partial<SearchRequest>): string {
  try {
    reader.search({ clauses: [], limit: 10, ...request })
  } catch (error) {
    if (isFailure(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'accepted'
}

const clause = { terms: [{ term: 'a' }] }

test('an index that nothing was committed to answers with nothing', () => {
  const found = reader.search({
    clauses: [clause],
    limit: 10,
    facets: [
      { kind: 'keyword', column: 'brand' },
      { kind: 'statistics', column: 'price' },
      { kind: 'ranges', column: 'price', edges: [10] },
    ],
  })
  expect(found).toMatchObject({ total: 0, count: 0 })
  expect(found.facets).toEqual([
    { kind: 'keyword', values: [], counts: [] },
    { kind: 'statistics', minimum: Number.NaN, maximum: Number.NaN, count: 0 },
    { kind: 'ranges', counts: [0, 0] },
  ])
})

test('a limit that is negative, broken, too large or not a number is refused', () => {
  for (const limit of [-1, 1.5, 10_001, Number.NaN])
    expect(refusal({ limit })).toMatch(/^text-index.bad-request: "limit"/)
  for (const limit of [0, 10_000]) expect(refusal({ limit })).toBe('accepted')
})

test('more clauses than a mask has bits are refused', () => {
  expect(refusal({ clauses: Array.from({ length: 32 }, () => clause) })).toBe('accepted')
  expect(refusal({ clauses: Array.from({ length: 33 }, () => clause) })).toMatch(/bad-request: "clauses" holds 33/)
})

test('a boost or a number of clauses out of range is refused', () => {
  for (const boost of [0, -1, Number.NaN, 101])
    expect(refusal({ clauses: [{ terms: [{ term: 'a', boost }] }] })).toMatch(/boost of term "a"/)
  for (const minimumClauses of [0, 1.5]) expect(refusal({ minimumClauses })).toMatch(/"minimumClauses"/)
})

test('an unknown column is named, with those that there are', () => {
  expect(refusal({ filters: [{ kind: 'keyword', column: 'colour', anyOf: [] }] })).toBe(
    'text-index.unknown-column: there is no keyword column "colour"; declared: brand',
  )
  expect(refusal({ filters: [{ kind: 'tag', set: 'x', anyOf: [] }] })).toMatch(/declared: category, attribute/)
  expect(refusal({ facets: [{ kind: 'statistics', column: 'brand' }] })).toMatch(/declared: price, stock/)
  expect(refusal({ sort: { column: 'name', order: 'ascending' } })).toMatch(/declared: price, stock, brand/)
})

test('edges that do not ascend and bounds that are not numbers are refused', () => {
  expect(refusal({ facets: [{ kind: 'ranges', column: 'price', edges: [1, 1] }] })).toMatch(/edges .* must ascend/)
  expect(refusal({ filters: [{ kind: 'range', column: 'price', minimum: Number.NaN }] })).toMatch(/not a number/)
})

test('a reference of nowhere is refused', () => {
  expect(() => reader.idOf(0)).toThrow(/reference 0 is not of this view/)
})

test('refuses references of no document, and more conditions than a number has bits', () => {
  const also = Uint32Array.of(0)
  expect(() => reader.search({ clauses: [], limit: 1, also })).toThrow('reference 0 in "also" is not of this view')
  const filters = Array.from({ length: 33 }, () => ({ kind: 'ids', anyOf: [] }) as const)
  expect(() => reader.meets(new Uint32Array(0), filters, new Uint32Array(0))).toThrow(/33 conditions/)
  expect(() => reader.admits([{ kind: 'keyword', column: 'nope', anyOf: [] }])).toThrow(/nope/)
})

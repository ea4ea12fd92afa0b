import { relevancePolicy } from '@eip/engine-ranking'
import { fakeClock } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { type KeptResult, keepIds, keptIds, keptResults } from './kept-results.ts'

const resultOf = (requestId: string, hits = 1): KeptResult => ({
  requestId,
  identity: 'any',
  query: { text: '', languages: [], terms: [], isTruncated: false, slots: [], didYouMean: null },
  steps: [],
  analyzed: null,
  vector: null,
  vectorsLost: null,
  minimumMatches: 0,
  filters: [],
  relaxed: [],
  total: hits,
  ids: keepIds(Array.from({ length: hits }, (_, i) => `p${i}`)),
  ranks: new Uint32Array(hits),
  scores: new Float64Array(hits),
  candidates: { count: hits, text: new Float64Array(hits), vector: null, intent: null, columns: {} },
  textScores: new Float64Array(hits),
  bestText: 0,
  vectorScores: null,
  wishes: new Uint32Array(hits),
  wishSlots: [],
  policy: relevancePolicy,
  rankedAt: 0,
  versions: { index: '', analysis: '', policy: '', encoder: null, vocabulary: null },
  facets: new Map(),
})

describe('kept ids', () => {
  it.each([[[]], [['a']], [['b', 'a', '가']]])('%j come back as they were', (ids) => {
    expect(keptIds(keepIds(ids))).toEqual(ids)
  })
})

describe('kept results', () => {
  it('are found until they are too old, counted from when they were made', () => {
    const clock = fakeClock()
    const kept = keptResults(clock, { entries: 10, hits: 100, ageMs: 1_000 })
    kept.keep(resultOf('a'))
    clock.advance(900)
    expect(kept.find('a')?.requestId).toBe('a')
    kept.keep(resultOf('a'))
    clock.advance(101)
    expect(kept.find('a')).toBeUndefined()
  })

  it('make room for newer ones, by number and by hits', () => {
    const kept = keptResults(fakeClock(), { entries: 2, hits: 100, ageMs: 1_000 })
    for (const id of ['a', 'b', 'c']) kept.keep(resultOf(id))
    expect(['a', 'b', 'c'].filter((id) => kept.find(id))).toEqual(['b', 'c'])
    kept.keep(resultOf('d', 97))
    expect(['b', 'c', 'd'].filter((id) => kept.find(id))).toEqual(['c', 'd'])
  })
})

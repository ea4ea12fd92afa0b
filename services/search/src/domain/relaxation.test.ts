import { createAnalyzer } from '@eip/engine-text-analysis'
import { describe, expect, it } from 'vitest'
import { minimumMatches } from './minimum-matches.ts'
import { attempts } from './relaxation.ts'

const analyzer = createAnalyzer()
const query = (text: string) => analyzer.analyzeQuery(text, { languages: ['en'] })
const filter = { kind: 'keyword', column: 'brand', anyOf: ['Acme'] } as const
const none = { chosen: [], read: [] }
const filters = { chosen: [filter], read: [] }

describe('how many words must match', () => {
  it.each([
    ['tweed', 1],
    ['tweed jacket', 2],
    ['green tweed jacket', 2],
    ['green tweed jacket cobalt lining', 3],
    ['the jacket for the rain', 2],
    ['the', 1],
  ])('of "%s" it is %i', (text, minimum) => {
    expect(minimumMatches(query(text), 'ranked')).toBe(minimum)
  })

  it('is one for text alone', () => {
    expect(minimumMatches(query('tweed jacket'), 'bm25')).toBe(1)
  })
})

describe('what is given up when nothing is found', () => {
  const relaxed = (text: string | null, given: Parameters<typeof attempts>[1]) =>
    attempts(text === null ? null : query(text), given, 'ranked').map((attempt) => attempt.relaxed)

  it('is first the terms, then the filters, then both', () => {
    expect(relaxed('tweed jacket', filters)).toEqual([[], ['terms'], ['filters'], ['terms', 'filters']])
    expect(attempts(query('tweed jacket'), filters, 'ranked').map(({ minimumMatches }) => minimumMatches)).toEqual([
      2, 1, 2, 1,
    ])
  })

  it('is what was only read in the query before what was chosen', () => {
    expect(relaxed('tweed', { chosen: [filter], read: [filter] })).toEqual([[], ['wishes'], ['filters']])
    expect(relaxed('tweed jacket', { chosen: [], read: [filter] })).toEqual([
      [],
      ['terms'],
      ['wishes'],
      ['terms', 'wishes'],
    ])
    const ways = attempts(query('tweed'), { chosen: [filter], read: [filter] }, 'ranked')
    expect(ways.map((way) => way.filters.length)).toEqual([2, 1, 0])
  })

  it('is never what was not asked for', () => {
    expect(relaxed('tweed', none)).toEqual([[]])
    expect(relaxed('tweed', filters)).toEqual([[], ['filters']])
    expect(relaxed('tweed jacket', none)).toEqual([[], ['terms']])
    expect(relaxed(null, filters)).toEqual([[]])
  })
})

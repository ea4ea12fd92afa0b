import { type AnalyzedQuery, createAnalyzer, MAX_QUERY_CLAUSES } from '@eip/engine-text-analysis'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCorrections, removeSpans } from './query-corrections.ts'
import { compileSynonyms, expandSynonyms } from './synonym-expansion.ts'
import type { SynonymRule } from './synonym-rule.ts'

const analyzer = createAnalyzer({ cacheCapacity: 64 })
const languages = ['en', 'ko']
const analyzed = (query: string) => analyzer.analyzeQuery(query, { languages })
const rules: readonly SynonymRule[] = [
  { id: 'laptops', kind: 'two-way', from: ['laptop', 'notebook', 'portable computer'], to: [] },
  { id: 'tv', kind: 'one-way', from: ['tv'], to: ['television'] },
  { id: 'screens', kind: 'one-way', from: ['television'], to: ['screen'] },
  { id: 'earphones', kind: 'one-way', from: ['이어폰'], to: ['이어버드'] },
  { id: 'coat', kind: 'one-way', from: ['코트'], to: ['외투'] },
  { id: 'usa', kind: 'one-way', from: ['U.S.A.'], to: ['american'] },
]
const synonyms = compileSynonyms(rules, analyzer)
const expanded = (query: string) => expandSynonyms(analyzed(query), synonyms, { languages })
const boostsOf = (query: AnalyzedQuery) =>
  query.clauses.map(({ terms }) => Object.fromEntries(terms.map(({ term, boost }) => [term, boost])))
const appliedTo = (query: string) => expanded(query).applied.map(({ rule, surface }) => `${rule}: ${surface}`)

describe('synonyms', () => {
  it('stand in the clause of the word, at 0.8', () => {
    const [clause] = boostsOf(expanded('tv').query)
    expect(clause).toMatchObject({ tv: 1, television: 0.8 })
  })

  it('of several words part the clause of the word, which then counts as much in all', () => {
    const { query } = expanded('laptop')
    const [first, second] = boostsOf(query)
    expect(query.clauses.length).toBe(2)
    expect(first).toMatchObject({ laptop: 0.5, portable: 0.8, notebook: 0.4 })
    expect(second).toMatchObject({ laptop: 0.5, computer: 0.8, notebook: 0.4 })
  })

  it('of one word join each clause of several', () => {
    const { query } = expanded('portable computer')
    const [first, second] = boostsOf(query)
    expect(first).toMatchObject({ portable: 1, laptop: 0.8 })
    expect(second).toMatchObject({ computer: 1, laptop: 0.8 })
  })

  it.each([
    ['cheap LAPTOPS 17"', ['laptops: LAPTOPS']],
    ['Portable  Computers', ['laptops: Portable Computers']],
    ['tv', ['tv: tv', 'screens: tv']],
    ['television', ['screens: television']],
    ['usa flag', ['usa: usa']],
    ['무선이어폰', ['earphones: 이어폰']],
    ['스코트랜드', []],
    ['롱코트', ['coat: 코트']],
    ['portable radio', []],
    ['', []],
  ])('of %j are those of %j', (query, applied) => {
    expect(appliedTo(query)).toEqual(applied)
  })

  it('follow chains, name the rule of each step, and go one way', () => {
    expect(expanded('tv').applied.flatMap(({ added }) => added)).toEqual(['television', 'screen'])
    expect(appliedTo('screen')).toEqual([])
  })

  it('never make more clauses than a query may have', () => {
    const { query } = expanded('laptop '.repeat(60))
    expect(query.clauses.length).toBeLessThanOrEqual(MAX_QUERY_CLAUSES)
  })

  it('leave every clause where it stood, with boosts of at most 1', () => {
    const piece = fc.constantFrom(
      'laptop',
      'portable',
      'computer',
      'tv',
      '무선이어폰',
      '롱',
      '코트',
      'Wi-Fi',
      '17"',
      '🙂',
      ' ',
      '  ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join(' ')
        let start = 0
        for (const clause of expanded(text).query.clauses) {
          expect(clause.start).toBeGreaterThanOrEqual(start)
          expect(clause.surface).toBe(text.slice(clause.start, clause.end))
          for (const { boost } of clause.terms) expect(boost > 0 && boost <= 1).toBe(true)
          start = clause.start
        }
      }),
    )
  })

  it('are found for every word of a rule, however it is written', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'aeslxkr', "'", '.', '-', '/', ' ', '1', '7', ',', 'É', '코', '트'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(letters, (word) => {
        fc.pre(analyzed(word).clauses.length > 0 && analyzed(word).clauses.length < 20)
        const ofWord = compileSynonyms([{ id: 'r', kind: 'one-way', from: [word], to: ['meaning'] }], analyzer)
        const { applied } = expandSynonyms(analyzed(word), ofWord, { languages })
        expect(applied.map(({ rule }) => rule)).toContain('r')
      }),
      { numRuns: 500 },
    )
  })
})

describe('corrections', () => {
  const correction = (start: number, end: number, surface: string, text: string, confidence: number) =>
    ({ start, end, surface, alternatives: [{ text, confidence, distance: 1, how: 'typo' }] }) as const
  const corrected = (query: string, ...corrections: ReturnType<typeof correction>[]) =>
    boostsOf(addCorrections(analyzed(query), corrections, { analyzer, languages }))

  it('join the clause at their confidence and at most 0.6: what was typed counts in full', () => {
    expect(corrected('red shose', correction(4, 9, 'shose', 'shoes', 0.9))[1]).toMatchObject({ shose: 1, shoes: 0.6 })
    expect(corrected('shose', correction(0, 5, 'shose', 'shoes', 0.25))[0]).toMatchObject({ shose: 1, shoes: 0.25 })
  })

  it('of Hangul join syllable pair by syllable pair', () => {
    const [first, second] = corrected('나아키', correction(0, 3, '나아키', '나이키', 0.6))
    expect(first).toEqual({ 나아: 1, 나이: 0.6 })
    expect(second).toEqual({ 아키: 1, 이키: 0.6 })
  })

  it('part a word, or join two', () => {
    expect(corrected('phonecase', correction(0, 9, 'phonecase', 'phone case', 1))).toMatchObject([
      { phonecase: 0.5, phone: 0.6 },
      { phonecase: 0.5, case: 0.6 },
    ])
    expect(corrected('note book', correction(0, 9, 'note book', 'notebook', 1))).toMatchObject([
      { note: 1, notebook: 0.6 },
      { book: 1, notebook: 0.6 },
    ])
  })

  it('leave out the grammar of a name', () => {
    const [north, face, ...others] = corrected('노스페이스', correction(0, 5, '노스페이스', 'the north face', 0.6))
    expect(Object.keys({ ...north, ...face, ...others[0], ...others[1] })).not.toContain('the')
  })

  it('of a part that has no clause change nothing', () => {
    expect(corrected('red', correction(10, 12, 'xx', 'yy', 1))).toEqual(boostsOf(analyzed('red')))
  })
})

describe('spans understood otherwise', () => {
  it('leave the query', () => {
    const query = analyzed('shoes under 50 dollars red')
    expect(removeSpans(query, [{ start: 6, end: 22 }]).clauses.map(({ surface }) => surface)).toEqual(['shoes', 'red'])
    expect(removeSpans(query, []).clauses).toEqual(query.clauses)
  })
})

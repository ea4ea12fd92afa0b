import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from './analyzer.ts'
import { SUPPORTED_LANGUAGES } from './language-rules.ts'
import { MAX_QUERY_CHARACTERS, MAX_QUERY_CLAUSES } from './query-analysis.ts'

const analyzer = createAnalyzer({ cacheCapacity: 64 })
const language = fc.constantFrom(...SUPPORTED_LANGUAGES, 'und')
const languages = fc.uniqueArray(language)

/** Pieces on whose borders the rules meet. */
const pieces = [
  'dv7',
  '1211ea',
  '250',
  'GB',
  '1/2',
  '43,2',
  '1.500',
  'in',
  'ft.',
  'cu',
  'sq.',
  '"',
  "'",
  "'s",
  '-',
  '/',
  '.',
  ',',
  '&',
  '+',
  '++',
  '#',
  'x',
  '×',
  ' ',
  ' ',
  '\t',
  '\u00a0',
  'wi',
  'Fi',
  'T',
  'shirts',
  'é',
  'ções',
  'a',
  '롱',
  '코트',
  '리터',
  '인치',
  'ｶﾞ',
  '日本',
  '™',
  '®',
  '½',
  '㎏',
  '𠮷',
  '🙂',
  '\ud800',
  '\u0301',
  '\u200d',
  'ไทย',
  'हिन्दी',
  'ß',
  'İ',
  '(',
  ')',
  '_',
  'the',
  'de',
  'cu. ft',
  '1,2,3',
  '802.11',
]
const productLike = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''))
const anyText = fc.oneof(
  productLike,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
)
const runs = { numRuns: 1_500 }

describe('analysis of any text', () => {
  it('gives terms that are not empty, hold no white space and are of limited length', () => {
    fc.assert(
      fc.property(anyText, language, (text, tag) => {
        for (const term of analyzer.analyzeText(text, tag)) expect(term).toMatch(/^[^\s]{1,72}$/u)
      }),
      runs,
    )
  })

  it('gives the same terms whatever was analysed before', () => {
    fc.assert(
      fc.property(anyText, language, (text, tag) => {
        expect(createAnalyzer({ cacheCapacity: 2 }).analyzeText(text, tag)).toEqual(analyzer.analyzeText(text, tag))
      }),
      { numRuns: 300 },
    )
  })

  it('cuts a query into clauses whose spans lie in the query, in order', () => {
    fc.assert(
      fc.property(anyText, languages, (text, tags) => {
        let previous = 0
        for (const { surface, start, end, terms } of analyzer.analyzeQuery(text, { languages: tags }).clauses) {
          expect(start).toBeGreaterThanOrEqual(previous)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(surface).toBe(text.slice(start, end))
          expect(terms.length).toBeGreaterThan(0)
          expect(new Set(terms.map(({ term }) => term)).size).toBe(terms.length)
          for (const { boost } of terms) expect(boost > 0 && boost <= 1).toBe(true)
          previous = start
        }
      }),
      runs,
    )
  })

  it('lets a text be found by itself: each clause of the query is among the index terms in any language asked', () => {
    fc.assert(
      fc.property(anyText, fc.uniqueArray(language, { minLength: 1 }), (text, tags) => {
        for (const tag of tags) {
          const terms = new Set(analyzer.analyzeText(text, tag))
          for (const clause of analyzer.analyzeQuery(text, { languages: tags }).clauses) {
            expect([clause, clause.terms.some(({ term }) => terms.has(term))]).toEqual([clause, true])
          }
        }
      }),
      runs,
    )
  })

  it.each([
    ['a'],
    ['1'],
    ['1,'],
    ['1.'],
    ['1x'],
    ["'"],
    ["a'"],
    ['-'],
    ['a-'],
    ['1-'],
    ['"'],
    ['코'],
    ['\u0301'],
    ['1/2'],
    ['a/b'],
    ['é'],
    ['\ud800'],
    ['9 in '],
    ['1 cu '],
  ])('holds when %j comes 100,000 times', (piece) => {
    const text = piece.repeat(100_000)
    expect(analyzer.analyzeText(text, 'en').length).toBeLessThanOrEqual(3 * text.length)
    const query = analyzer.analyzeQuery(text, { languages: ['en', 'pt', 'ko'] })
    expect(query.isTruncated).toBe(true)
    expect(query.clauses.length).toBeLessThanOrEqual(MAX_QUERY_CLAUSES)
    expect(query.clauses.at(-1)?.end ?? 0).toBeLessThanOrEqual(MAX_QUERY_CHARACTERS)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { built, shopVocabulary } from '../vocabulary/vocabulary.fixture.ts'
import { buildPrefixIndex, mostReady } from './prefix-index.ts'
import { buildSuggestions } from './suggestions.ts'

const vocabulary = {
  ...shopVocabulary,
  categories: [
    { path: ['Electronics', 'Notebooks'], count: 30 },
    { path: ['의류', '패딩'], count: 20 },
  ],
}
const queries = [
  { text: 'Notebook cooler', count: 900 },
  { text: '나이키 에어', count: 500 },
  { text: 'crème brûlée torch', count: 40 },
]
const suggestions = built(buildSuggestions({ vocabulary, queries }))
const suggest = (prefix: string, limit = 10) => suggestions.suggest(prefix, { limit, languages: ['en', 'ko'] })
const textsOf = (prefix: string) => suggest(prefix).map(({ text }) => text)

describe('suggestions', () => {
  it('are popular queries first, then what the catalogue has most of', () => {
    const [popular, ...others] = suggest('note')
    expect(popular).toMatchObject({ kind: 'query', text: 'Notebook cooler', count: 900 })
    expect(others.map(({ text }) => text)).toContain('notebook')
    expect(others.map(({ count }) => count)).toEqual(others.map(({ count }) => count).sort((one, other) => other - one))
  })

  it('say what they are', () => {
    expect(suggest('son').find(({ text }) => text === 'Sony')).toMatchObject({
      kind: 'brand',
      count: 25,
      matched: [0, 3],
    })
    expect(suggest('notebooks')[0]).toMatchObject({ kind: 'category', path: ['Electronics', 'Notebooks'] })
  })

  it.each([
    ['나', '나이키'],
    ['나잌', '나이키'],
    ['나이ㅋ', '나이키'],
    ['ㄴㅇㅋ', '나이키'],
    ['ㅁㅅㅅㅅ', '무신사 스탠다드'],
    ['무신사스', '무신사 스탠다드'],
    ['skdl', '나이키'],
    ['노스패', '노스페이스'],
    ['creme br', 'crème brûlée torch'],
    ['CRÈME', 'crème brûlée torch'],
    ['blak', 'black'],
    ['cheap wireless headph', 'cheap wireless headphones'],
    ['gift smartphone ca', 'gift smartphone case'],
    ['red haedph', 'red headphones'],
  ])('of %s have %s', (prefix, text) => {
    expect(textsOf(prefix)).toContain(text)
  })

  it.each([['🙂'], [''], ['   '], ['\u0000'], ['x'.repeat(1_000)], ['나'.repeat(1_000)], ['zzzzzzzz'], ['…']])(
    'of %j are none',
    (prefix) => {
      expect(suggest(prefix)).toEqual([])
    },
  )

  it('of one letter are some', () => {
    for (const letter of ['n', 'N', '나', 'ㄴ', 's']) expect(suggest(letter).length).toBeGreaterThan(0)
  })

  it('after a space are of further words', () => {
    for (const text of textsOf('notebook ')) expect(text.toLowerCase()).toMatch(/^notebook ./)
  })

  it('of another keyboard come only where Korean is spoken', () => {
    expect(suggestions.suggest('skdl', { limit: 5, languages: ['en'] })).toEqual([])
  })

  it('are each once, no more than asked for, with the typed part at their beginning', () => {
    const prefix = fc.oneof(
      fc
        .constantFrom(...shopVocabulary.words.map(({ text }) => text))
        .chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...'neotbk ', 'ㄴ', '나', '이', 'ㅋ', '🙂'), maxLength: 8 }),
    )
    fc.assert(
      fc.property(prefix, fc.integer({ min: 0, max: 50 }), (typed, limit) => {
        const found = suggest(typed, limit)
        expect(found.length).toBeLessThanOrEqual(Math.min(limit, mostReady))
        expect(new Set(found.map(({ text }) => text.toLowerCase())).size).toBe(found.length)
        for (const { text, matched } of found) {
          expect(matched[0]).toBe(0)
          expect(matched[1]).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('the prefix index', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'ㄱ'), minLength: 1, maxLength: 5 })

  it('answers as looking through everything does, few keys or many', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 1_500, size: 'max' }), key, (keys, prefix) => {
        const ranked = keys.map((each, i) => ({ key: each, rank: (i * 7_919) % 10_007 }))
        const expected = [...new Set(ranked.filter((each) => each.key.startsWith(prefix)).map(({ rank }) => rank))]
        const index = built(buildPrefixIndex(ranked))
        expect(index.top(prefix, 10)).toEqual(expected.sort((a, b) => a - b).slice(0, 10))
      }),
      { numRuns: 60 },
    )
  })

  it('finds keys that begin one edit away, the first letter kept', () => {
    const index = built(buildPrefixIndex(['printer', 'paint', 'sprint'].map((each, rank) => ({ key: each, rank }))))
    for (const typed of ['prnter', 'prinnter', 'pritner', 'prixter']) expect(index.nearly(typed, 5)).toEqual([0])
    expect(index.nearly('xrinter', 5)).toEqual([])
  })
})

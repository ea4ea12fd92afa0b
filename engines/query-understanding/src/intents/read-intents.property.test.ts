import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IntentLexicon } from './intent-lexicon.ts'
import { lexiconOf, marketLexicon } from './intents.fixture.ts'
import { readIntents } from './read-intents.ts'

/** Pieces on whose borders the rules meet. */
const pieces = fc.constantFrom(
  ...'red nike shoes under 50 $ € - ~ to between and over less than 300 리터 냉장고 만원 이하 대 3 1/2 inch " 사이즈 270 XL 무선 이어폰 용 for de até R$ 1.500 가방 apple juice size 나이키운동화 \ud800 🙂 \u0000 ㎏ ½ ° 5 c 억 만 천'.split(
    ' ',
  ),
)
const joints = fc.constantFrom(' ', ' ', '', ',', '-', '\t')
const queries = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.tuple(pieces, joints), { maxLength: 14 }).map((parts) => parts.flat().join('')),
)
const options = { languages: ['en', 'ko', 'pt'] }

describe('reading intents of any text', () => {
  let lexicon: IntentLexicon
  beforeAll(() => {
    lexicon = marketLexicon()
  })

  it('never throws; slots are in order, apart from each other, and show the query’s own text', () => {
    fc.assert(
      fc.property(queries, (query) => {
        let end = 0
        for (const slot of readIntents(query, lexicon, options)) {
          expect(slot.start).toBeGreaterThanOrEqual(end)
          expect(query.slice(slot.start, slot.end)).toBe(slot.surface)
          expect(slot.surface).not.toBe('')
          expect(slot.confidence > 0 && slot.confidence <= 1).toBe(true)
          end = slot.end
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('answers ranges whose bounds are finite and in order, and filters by nothing but prices', () => {
    fc.assert(
      fc.property(queries, (query) => {
        for (const { kind, range, effect } of readIntents(query, lexicon, options)) {
          if (effect === 'filter') expect(kind).toBe('price')
          if (range === undefined) continue
          const bounds = [range.minimum, range.maximum].filter((bound) => bound !== null)
          expect(bounds.length).toBeGreaterThan(0)
          expect(bounds.every(Number.isFinite)).toBe(true)
          expect(bounds).toEqual([...bounds].sort((a, b) => a - b))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads the same slots every time', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(readIntents(query, lexicon, options)).toEqual(readIntents(query, lexicon, options))
      }),
      { numRuns: 200 },
    )
  })

  it('reads long texts up to their thousandth character', () => {
    const long = `${'red nike shoes '.repeat(400)} under $50`
    expect(readIntents(long, lexicon, options).every(({ end }) => end <= 1_000)).toBe(true)
    for (const text of [
      '나이키운동화'.repeat(300),
      '9'.repeat(2_000),
      '1/'.repeat(900),
      '$'.repeat(3_000),
      '3만'.repeat(700),
    ])
      expect(() => readIntents(text, lexicon, options)).not.toThrow()
  })

  it('finds nothing with an empty catalogue but amounts', () => {
    const empty = lexiconOf([])
    expect(readIntents('red nike shoes size 10', empty, options)).toEqual([])
    expect(readIntents('5 kg rice under $20', empty, options).map(({ kind, effect }) => [kind, effect])).toEqual([
      ['attribute', 'wish'],
      ['price', 'wish'],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { built, vocabularyOf } from '../vocabulary/vocabulary.fixture.ts'
import { wordTokens } from '../vocabulary/word-token.ts'
import { letterNames } from './letter-names.ts'
import { developmentPairs, heldOutPairs } from './name-pairs.fixture.ts'
import { soundDistance } from './sound-distance.ts'
import { soundsOf } from './sound-table.ts'
import { buildTransliterator } from './transliterator.ts'

const wordsOf = (name: string) =>
  wordTokens(name)
    .map(({ text }) => text)
    .join(' ')

/** All names of one script are the catalogue's brands; each is asked for in the other script. */
function measured(pairs: typeof heldOutPairs, from: 0 | 1) {
  const all = [...developmentPairs, ...heldOutPairs]
  const brands = all.map((pair) => ({ value: pair[1 - from] as string, count: 10 }))
  const transliterator = built(buildTransliterator(vocabularyOf([], { brands })))
  const answers = pairs.map((pair) => ({
    meant: wordsOf(pair[1 - from] as string),
    answer: transliterator.read(pair[from])[0]?.text,
  }))
  const right = answers.filter(({ meant, answer }) => meant === answer).length
  const given = answers.filter(({ answer }) => answer !== undefined).length
  return { recall: right / pairs.length, precision: right / given }
}

describe('names by sound', () => {
  it.each([
    ['Hangul', 0],
    ['Latin', 1],
  ] as const)('typed in %s are found in the other script, as well among names not chosen on', (_, from) => {
    const development = measured(developmentPairs, from)
    const heldOut = measured(heldOutPairs, from)
    expect(development.recall).toBeGreaterThanOrEqual(0.95)
    expect(development.precision).toBeGreaterThanOrEqual(0.97)
    expect(heldOut.recall).toBeGreaterThanOrEqual(0.85)
    expect(heldOut.precision).toBeGreaterThanOrEqual(0.95)
  })

  it('are mostly not found where the catalogue lacks them', () => {
    const brands = developmentPairs.map(([value]) => ({ value, count: 10 }))
    const transliterator = built(buildTransliterator(vocabularyOf([], { brands })))
    const wrong = heldOutPairs.filter(([, latin]) => (transliterator.read(latin)[0]?.confidence ?? 0) >= 0.5)
    expect(wrong.length / heldOutPairs.length).toBeLessThanOrEqual(0.05)
  })

  it('are as far apart as their spellings allow', () => {
    expect(soundDistance(soundsOf('나이키'), 'nike', 1)).toBe(0)
    expect(soundDistance(soundsOf('노스페이스'), 'northface', 1)).toBeLessThan(0.3)
    expect(soundDistance(soundsOf('나이키'), 'puma', 1)).toBe(Number.POSITIVE_INFINITY)
  })

  it('may be spelt letter by letter', () => {
    expect(letterNames('lg')).toContain('엘지')
    expect(letterNames('h&m')).toContain('에이치앤엠')
    expect(letterNames('nikeair')).toEqual([])
  })
})

describe('names that the catalogue shows in both scripts', () => {
  it('are taken from brand fields whatever they sound like, from titles only where the sounds agree', () => {
    const vocabulary = vocabularyOf(['3 × 치약 | 페리오(LG)', '2 × 커버낫(COVERNAT) 후드', '5 × 코트(BLACK)'])
    const transliterator = built(buildTransliterator(vocabulary))
    expect(transliterator.read('lg')[0]?.text).toBe('페리오')
    expect(transliterator.read('covernat')[0]?.text).toBe('커버낫')
    expect(transliterator.read('black')).toEqual([])
  })
})

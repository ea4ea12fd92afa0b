import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSynonyms, synonymLimits } from './check-synonyms.ts'
import type { SynonymRule } from './synonym-rule.ts'

const oneWay = (id: string, from: readonly string[], to: readonly string[]): SynonymRule => ({
  id,
  kind: 'one-way',
  from,
  to,
})
const twoWay = (id: string, ...from: string[]): SynonymRule => ({ id, kind: 'two-way', from, to: [] })
const codesOf = (...rules: SynonymRule[]) => checkSynonyms(rules).map(({ code }) => code)

describe('a set of rules', () => {
  it('is taken when nothing is wrong with it', () => {
    expect(
      checkSynonyms([
        twoWay('a', 'sofa', 'couch', '소파'),
        oneWay('b', ['tv'], ['television']),
        oneWay('c', ['television'], ['screen', 'display panel']),
      ]),
    ).toEqual([])
    expect(checkSynonyms([])).toEqual([])
  })

  it.each<[string, SynonymRule[], string]>([
    ['an empty side', [oneWay('a', ['x'], [])], 'synonyms.empty-side'],
    ['an empty word', [oneWay('a', ['x'], ['  '])], 'synonyms.empty-side'],
    ['a single two-way word', [twoWay('a', 'x')], 'synonyms.empty-side'],
    ['words to the right of a two-way rule', [{ ...twoWay('a', 'x', 'y'), to: ['z'] }], 'synonyms.empty-side'],
    ['a word that means itself', [oneWay('a', ['Café'], ['cafe'])], 'synonyms.identical-sides'],
    ['a word named twice', [twoWay('a', 'x', 'X')], 'synonyms.identical-sides'],
    ['a word too long', [twoWay('a', 'x', 'y'.repeat(101))], 'synonyms.word-too-long'],
    ['an id that is taken', [twoWay('a', 'x', 'y'), twoWay('a', 'z', 'w')], 'synonyms.duplicate-id'],
    ['a direct loop', [oneWay('a', ['x'], ['y']), oneWay('b', ['y'], ['x'])], 'synonyms.loop'],
    [
      'a loop through others',
      [oneWay('a', ['x'], ['y']), oneWay('b', ['y'], ['z']), oneWay('c', ['z'], ['x'])],
      'synonyms.loop',
    ],
    [
      'a loop through a two-way rule',
      [oneWay('a', ['x'], ['y']), twoWay('b', 'y', 'z'), oneWay('c', ['z'], ['x'])],
      'synonyms.loop',
    ],
    ['a one-way rule between words that are one', [twoWay('a', 'x', 'y'), oneWay('b', ['x'], ['y'])], 'synonyms.loop'],
    [
      'more meanings than can be searched',
      [
        oneWay(
          'a',
          ['x'],
          Array.from({ length: 15 }, (_, i) => `a${i}`),
        ),
        oneWay(
          'b',
          ['a0'],
          Array.from({ length: 15 }, (_, i) => `b${i}`),
        ),
      ],
      'synonyms.reaches-too-much',
    ],
  ])('is refused for %s', (_, rules, code) => {
    expect(codesOf(...rules)).toEqual([code])
  })

  it('is refused for its size', () => {
    const rules = Array.from({ length: synonymLimits.rules + 1 }, (_, i) => twoWay(`r${i}`, `a${i}`, `b${i}`))
    expect(codesOf(...rules)).toEqual(['synonyms.too-many-rules'])
    expect(codesOf(...rules.slice(1))).toEqual([])
  })

  it('names the rules of a loop and the cure', () => {
    const [fault] = checkSynonyms([oneWay('a', ['x'], ['y']), oneWay('b', ['y'], ['x']), oneWay('c', ['y'], ['z'])])
    expect(fault?.rules).toEqual(['a', 'b'])
    expect(fault?.cure).not.toBe('')
  })

  it('may be a long chain', () => {
    const chain = Array.from({ length: 15 }, (_, i) => oneWay(`r${i}`, [`w${i}`], [`w${i + 1}`]))
    expect(codesOf(...chain)).toEqual([])
    expect(codesOf(...chain, oneWay('back', ['w15'], ['w0']))).toEqual(['synonyms.loop'])
  })
})

describe('loops', () => {
  const words = fc.uniqueArray(fc.constantFrom(...'abcdefg'), { minLength: 1, maxLength: 2 })
  const rule = fc
    .tuple(fc.boolean(), words, words)
    .map(([isTwoWay, from, to]) => ({ isTwoWay, from, to: to.filter((word) => !from.includes(word)) }))
    .filter(({ isTwoWay, from, to }) => (isTwoWay ? from.length > 1 : to.length > 0))
  const rules = fc
    .array(rule, { maxLength: 6 })
    .map((drawn) =>
      drawn.map(({ isTwoWay, from, to }, i) => (isTwoWay ? twoWay(`r${i}`, ...from) : oneWay(`r${i}`, from, to))),
    )

  /** Whether some one-way arrow can be followed back to its beginning, by trying every way. */
  function hasLoop(all: readonly SynonymRule[]): boolean {
    const steps = all.flatMap(({ kind, from, to }) =>
      from.flatMap((left) => (kind === 'one-way' ? to : from).map((right) => [left, right] as const)),
    )
    const reaches = (from: string, to: string, seen: readonly string[]): boolean =>
      from === to || steps.some(([a, b]) => a === from && !seen.includes(b) && reaches(b, to, [...seen, b]))
    return all.some(
      ({ kind, from, to }) =>
        kind === 'one-way' && from.some((left) => to.some((right) => reaches(right, left, [right]))),
    )
  }

  it('are refused exactly where a one-way rule can be followed back to its beginning', () => {
    fc.assert(
      fc.property(rules, (drawn) => {
        expect(codesOf(...drawn).includes('synonyms.loop')).toBe(hasLoop(drawn))
      }),
      { numRuns: 1_000 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { vocabularyLimits } from './catalogue-vocabulary.ts'
import { lossyCounter } from './lossy-counter.ts'
import { phraseCounter } from './phrase-counter.ts'
import { countTitleWords } from './title-words.ts'
import { wordTokens } from './word-token.ts'

function counted(products: readonly (readonly [title: string, brand?: string])[]) {
  const counter = countTitleWords()
  for (const [title, brand] of products) counter.add(title, brand ?? null)
  return counter.result()
}

const countsOf = (items: readonly Readonly<{ text: string; count: number }>[]) =>
  Object.fromEntries(items.map(({ text, count }) => [text, count]))

describe('words of titles', () => {
  it('are counted once a product, in titles and brands, folded', () => {
    const { words } = counted([['Café café CAFÉ', 'Café'], ['cafe']])
    expect(countsOf(words)).toEqual({ cafe: 2 })
  })

  it('part Hangul from other letters, leave out a possessive, and know joined names', () => {
    const { words } = counted([["아이폰14 Levi's Wi-Fi"]])
    expect(Object.keys(countsOf(words)).sort()).toEqual(['14', 'fi', 'levi', 'wi', 'wifi', '아이폰'])
  })

  it('come most frequent first', () => {
    const { words } = counted([['red shoe'], ['red hat'], ['blue hat'], ['red']])
    expect(words.map(({ text }) => text)).toEqual(['red', 'hat', 'blue', 'shoe'])
  })

  it('keep where they stood in the text', () => {
    const text = '🙂 "L’Oréal’s" ㄴㅇㅋ 나이키 ½'
    for (const { start, end } of wordTokens(text)) expect(text.slice(start, end).trim()).not.toBe('')
    expect(wordTokens(text).map(({ text: word }) => word)).toEqual(['l', 'oreal', 'ᄂᄋᄏ', '나이키', '1/2'])
  })
})

describe('phrases', () => {
  it('are what three titles say, without signs between', () => {
    const { phrases } = counted([
      ['노트북 파우치 블랙'],
      ['노트북 파우치 [블랙]'],
      ['가죽 노트북 파우치, 블랙'],
      ['usb hub'],
      ['usb hub'],
    ])
    expect(phrases).toEqual([{ text: '노트북 파우치', count: 3 }])
  })

  it('hold up to three words, at least one of them without a digit', () => {
    const titles = ['running shoes 42 43', 'running shoes 42 43', 'running shoes 42 43'].map(
      (title) => [title] as const,
    )
    expect(countsOf(counted(titles).phrases)).toEqual({
      'running shoes': 3,
      'shoes 42': 3,
      'running shoes 42': 3,
      'shoes 42 43': 3,
    })
  })
})

describe('names in two scripts', () => {
  it('are read from brand fields, brackets, and titles that begin with the other script', () => {
    const { scriptPairs } = counted([
      ['에어포스', '나이키(NIKE)'],
      ['커버낫(COVERNAT) 후드'],
      ['UGG 로고 부츠', '어그'],
    ])
    expect(scriptPairs).toContainEqual({ hangul: '나이키', latin: 'nike', count: 1, isBrand: true })
    expect(scriptPairs).toContainEqual({ hangul: '커버낫', latin: 'covernat', count: 1, isBrand: false })
    expect(scriptPairs).toContainEqual({ hangul: '어그', latin: 'ugg', count: 1, isBrand: false })
  })
})

describe('bounded memory', () => {
  it('keeps the frequent words of an endless stream, and counts them too low by no more than it says', () => {
    const counter = lossyCounter(1_000)
    for (let group = 1; group <= 50_000; group++) {
      counter.add(`rare ${group}`, group)
      if (group % 10 === 0) counter.add('frequent', group)
    }
    const [first] = counter.top(1, 1)
    expect(first?.text).toBe('frequent')
    expect(first?.count).toBeLessThanOrEqual(5_000)
    expect(first?.count).toBeGreaterThanOrEqual(5_000 - counter.error())
  })

  it('keeps the frequent phrases of an endless stream', () => {
    const counter = phraseCounter(1_024)
    for (let product = 1; product <= 20_000; product++) {
      counter.add(product, 1, 0, product, () => `rare ${product}`)
      if (product % 4 === 0) counter.add(7, 8, 9, product, () => 'frequent')
    }
    expect(counter.top(1)[0]?.text).toBe('frequent')
  })

  it('answers with no more than the limits', () => {
    const titles = Array.from(
      { length: 600 },
      (_, i) => [Array.from({ length: 100 }, (__, j) => `w${i}x${j}`).join(' ')] as const,
    )
    expect(counted(titles).words.length).toBe(vocabularyLimits.words)
  })

  it.each([[''], ['   '], ['\ud800'], ['🙂'], ['a'.repeat(100_000)], ['- '.repeat(50_000)]])(
    'takes the title %j',
    (title) => {
      expect(() => counted([[title, title]])).not.toThrow()
    },
  )
})

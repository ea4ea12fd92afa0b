import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { built, shopVocabulary, vocabularyOf } from '../vocabulary/vocabulary.fixture.ts'
import { readSpelling } from './read-spelling.ts'
import { buildSpelling } from './spelling.ts'

const spelling = built(buildSpelling(shopVocabulary))
const languages = ['en', 'ko']
const first = (word: string) => {
  const [best] = spelling.correct(word)
  return best === undefined ? undefined : `${best.how}: ${best.text}`
}
const meant = (query: string) => readSpelling(query, spelling, { languages }).didYouMean

describe('a word that the catalogue lacks', () => {
  it.each([
    ['headphnoes', 'typo: headphones'],
    ['wireles', 'typo: wireless'],
    ['samsumg', 'typo: samsung'],
    ['나아키', 'typo: 나이키'],
    ['나이ㅋ', 'typo: 나이키'],
    ['노스페이수', 'typo: 노스페이스'],
    ['smartphonecase', 'split: smartphone case'],
    ['무선이어폰', 'split: 무선 이어폰'],
    ['블루투스스피커', 'split: 블루투스 스피커'],
    ['dkdlvhs', 'keyboard: 아이폰'],
    ['ㅜㅑㅏㄷ', 'keyboard: nike'],
    ['covernat', 'transliteration: 커버낫'],
    ['levis', 'transliteration: 리바이스'],
    ['뉴발란스', 'transliteration: new balance'],
  ])('%s is read as %s', (word, reading) => {
    expect(first(word)).toBe(reading)
  })

  it.each([['dv7-1211'], ['sm58x'], ['xyzzyqqq'], ['cas'], ['🙂'], [''], ['two words'], ['a'.repeat(1_000)]])(
    '%j is left alone',
    (word) => {
      expect(spelling.correct(word)).toEqual([])
    },
  )

  it('keeps the known part of a run that is known in part', () => {
    expect(spelling.correct('나이키골프공').map(({ text }) => text)).toContain('나이키 골프공')
  })

  it('is known in another form of it, and with a particle', () => {
    for (const word of ['headphone', 'notebooks', '이어폰을']) expect(spelling.correct(word)).toEqual([])
  })

  it('has at most as many readings as asked for', () => {
    const alike = built(buildSpelling(vocabularyOf(['9 × bolt', '9 × belt', '9 × bald', '9 × bolts', '9 × colt'])))
    expect(alike.correct('balt').length).toBeGreaterThan(1)
    expect(alike.correct('balt', { most: 1 }).length).toBe(1)
  })
})

describe('a word that the catalogue has', () => {
  it('is never corrected, whatever it resembles, unless that is asked for', () => {
    const rare = built(buildSpelling(vocabularyOf(['100 × shoes', '1 × shoed'])))
    expect(rare.correct('shoed')).toEqual([])
    expect(rare.correct('shoed', { evenKnown: true })[0]?.text).toBe('shoes')
    for (const { text } of shopVocabulary.words) expect(spelling.correct(text)).toEqual([])
  })

  it('is known from categories and attributes as well', () => {
    const catalogue = vocabularyOf(['50 × lamp white'], {
      categories: [{ path: ['Home', 'Lamps'], count: 50 }],
      attributes: [{ name: 'shade', values: [{ value: 'Whine', count: 1 }] }],
    })
    const ofCatalogue = built(buildSpelling(catalogue))
    expect(ofCatalogue.correct('whine')).toEqual([])
    expect(ofCatalogue.knows('home')).toBe(true)
  })
})

describe('a query', () => {
  it.each([
    ['wireles headphnoes', 'wireless headphones'],
    ['the north face 자켓', '노스페이스 자켓'],
    ['musinsa standard 501', '무신사 스탠다드 501'],
    ['smartphonecase black', 'smartphone case black'],
    ['블루 투스스피커', '블루투스 스피커'],
    ['무선이어폰', '무선 이어폰'],
    ['"wireles" headphones, red', '"wireless" headphones, red'],
  ])('%s was probably meant as %s', (query, probably) => {
    expect(meant(query)).toBe(probably)
  })

  it.each([
    ['wireless headphones'],
    ['나이키 운동화'],
    ['the of'],
    [''],
    ['🙂🙂'],
    ['sony wh-1000xm3'],
    ['무신사 스탠다드'],
  ])('%j is right, or nothing is known to be better', (query) => {
    expect(readSpelling(query, spelling, { languages })).toEqual({ corrections: [], didYouMean: null })
  })

  it('of two known words is read as one as well, and not corrected to it', () => {
    const { corrections, didYouMean } = readSpelling('note book', spelling, { languages })
    expect(corrections).toMatchObject([{ start: 0, end: 9, surface: 'note book' }])
    expect(corrections[0]?.alternatives[0]).toMatchObject({ text: 'notebook', how: 'joined' })
    expect(didYouMean).toBeNull()
  })

  it('of a known word that is a brand in the other script is read as the brand as well, and not corrected', () => {
    const { corrections, didYouMean } = readSpelling('nike 운동화', spelling, { languages })
    expect(corrections[0]?.alternatives[0]).toMatchObject({ text: '나이키', how: 'transliteration' })
    expect(didYouMean).toBeNull()
  })

  it('that found nothing is corrected even where its words are known', () => {
    const rare = built(buildSpelling(vocabularyOf(['100 × shoes', '1 × shoed'])))
    expect(readSpelling('shoed', rare, { languages }).didYouMean).toBeNull()
    expect(readSpelling('shoed', rare, { languages, evenKnown: true }).didYouMean).toBe('shoes')
  })
})

describe('any query', () => {
  const pieces = [
    ...['wireles', 'headphones', '무선이어폰', '나아키', 'ㅜㅑㅏㄷ', 'note', 'book', 'the', 'north', 'face', "levi's"],
    ...[' ', ' ', '-', '&', '.', '\t', '🙂', '\ud800', '501', 'dkdlvhs', '블루', '투스', 'É', '½', 'ｶﾞ', 'ﬁ', 'ㄳ'],
  ]
  const text = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  it('is read without failing, with spans that lie in it, in order and apart', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (query, evenKnown) => {
        const { corrections, didYouMean } = readSpelling(query, spelling, { languages, evenKnown })
        let end = 0
        for (const correction of corrections) {
          expect(correction.start).toBeGreaterThanOrEqual(end)
          expect(correction.surface).toBe(query.slice(correction.start, correction.end))
          expect(correction.surface).not.toBe('')
          expect(correction.alternatives.length).toBeGreaterThan(0)
          for (const { confidence } of correction.alternatives) expect(confidence > 0 && confidence <= 1).toBe(true)
          end = correction.end
        }
        if (didYouMean !== null) expect(didYouMean).not.toBe(query)
      }),
      { numRuns: 600 },
    )
  })

  it('keeps in its correction every word that the catalogue has', () => {
    const known = fc.constantFrom('wireless', 'headphones', 'black', '이어폰', '패딩', 'lamp')
    const unknown = fc.constantFrom('headphnoes', 'smartphonecase', '나아키', 'zzzz')
    fc.assert(
      fc.property(fc.array(fc.oneof(known, unknown), { maxLength: 6 }), (words) => {
        const rewritten = meant(words.join(' ')) ?? words.join(' ')
        for (const word of words.filter(spelling.knows)) expect(rewritten.split(' ')).toContain(word)
      }),
      { numRuns: 200 },
    )
  })

  it('of 400 unknown words is read at its beginning', () => {
    const query = Array.from({ length: 400 }, (_, i) => `headphnoe${'abcdefghij'[i % 10]}`).join(' ')
    expect(readSpelling(query, spelling, { languages }).corrections.length).toBeLessThanOrEqual(64)
  })
})

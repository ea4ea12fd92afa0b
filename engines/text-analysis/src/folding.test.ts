import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from './folding.ts'

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }))

describe('folding', () => {
  it.each([
    ['Ação', 'acao'],
    ['CAFÉ', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['Straße', 'strasse'],
    ['Øresund Œuvre Łódź', 'oresund oeuvre lodz'],
    ['İstanbul', 'istanbul'],
    ['ＮＩＫＥ　１２３', 'nike 123'],
    ['삼성', '삼성'],
    ['삼성'.normalize('NFD'), '삼성'],
    ['ｶﾞﾗｽ', 'ガラス'],
    ['हिन्दी', 'हिन्दी'],
    ['ไทย', 'ไทย'],
    ['مُحَمَّد', 'محمد'],
    ['שָׁלוֹם', 'שלום'],
    ['٣٤ १२', '34 12'],
    ['½', '1/2'],
    ['17” × 9″', '17" x 9"'],
    ['men’s e–book', "men's e-book"],
    ['zero\u200dwidth so\u00adft', 'zerowidth soft'],
    ['㎏ ﬁ', 'kg fi'],
    ['Й', 'й'],
  ])('of %s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('parts words at trade marks', () => {
    expect(foldText('Core™2').split(/\s+/)).toEqual(['core', '2'])
  })

  it('of a folded text is that text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldText(text)
        expect(foldText(folded)).toBe(folded)
      }),
      { numRuns: 2_000 },
    )
  })
})

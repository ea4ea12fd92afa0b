import { foldText } from '@eip/engine-text-analysis'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeKeystrokes, initialsOf, keystrokesOf, lettersOf } from './hangul.ts'
import { areNeighbours, otherKeyboard } from './keyboard.ts'

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code))

describe('Hangul', () => {
  it('is taken apart into letters, and into keystrokes', () => {
    expect(lettersOf('과자값')).toBe('ㄱㅘㅈㅏㄱㅏㅂㅅ')
    expect(keystrokesOf('과자값')).toBe('ㄱㅗㅏㅈㅏㄱㅏㅂㅅ')
    expect(lettersOf('nike 14')).toBe('nike 14')
  })

  it('is taken apart alike when a syllable was typed in part', () => {
    expect(lettersOf(foldText('나이ㅋ'))).toBe('ㄴㅏㅇㅣㅋ')
    expect(keystrokesOf('나이키').startsWith(keystrokesOf(foldText('나잌')))).toBe(true)
  })

  it('shows its initial consonants', () => {
    expect(initialsOf('나이키 air')).toBe('ㄴㅇㅋ air')
  })

  it('comes back from its keystrokes, whatever was typed', () => {
    fc.assert(
      fc.property(fc.array(syllable, { maxLength: 8 }), (syllables) => {
        const keystrokes = keystrokesOf(syllables.join(''))
        expect(keystrokesOf(composeKeystrokes(keystrokes))).toBe(keystrokes)
      }),
    )
    expect(composeKeystrokes(keystrokesOf('닭볶음탕 없어요'))).toBe('닭볶음탕 없어요')
  })
})

describe('the other keyboard', () => {
  it.each([
    ['dkdlvhs', '아이폰'],
    ['ㅜㅑㅏㄷ', 'nike'],
    ['skdlzl', '나이키'],
    ['RKakr', '까막'],
    ['ㅊㅐㅍㄷ구ㅁㅅ', 'covernat'],
  ])('makes %s %s', (typed, meant) => {
    expect(otherKeyboard(typed)).toBe(meant)
  })

  it.each([['nike14'], ['🙂'], [''], ['日本'], ['a b']])('makes nothing of %j', (typed) => {
    expect(otherKeyboard(typed)).toBeNull()
  })

  it('knows which keys lie side by side', () => {
    expect(areNeighbours('a', 's')).toBe(true)
    expect(areNeighbours('ㅏ', 'ㅣ')).toBe(true)
    expect(areNeighbours('a', 'p')).toBe(false)
    expect(areNeighbours('a', 'ㄴ')).toBe(false)
  })
})

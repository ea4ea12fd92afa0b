import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keysOf, shownFor } from './hangul-keys.ts'

describe('typing Hangul', () => {
  it('takes a key for each consonant and for each half of a compound vowel or cluster', () => {
    const cases = { 과자: 'ㄱㅗㅏㅈㅏ', 값: 'ㄱㅏㅂㅅ', 까: 'ㄲㅏ', 의왕: 'ㅇㅡㅣㅇㅗㅏㅇ', 'xt-6 롱': 'xt-6 ㄹㅗㅇ' }
    for (const [text, keys] of Object.entries(cases)) expect(keysOf(text)).toBe(keys)
  })

  it('gives a consonant to the syllable whose vowel follows', () => {
    expect(shownFor('ㄱㅏㅂㅅㅣ')).toBe('갑시')
    expect(shownFor('ㄷㅏㄹㄱㅇㅡㄴ')).toBe('닭은')
  })

  it('shows keys that make no syllable as they are', () => {
    expect(shownFor('ㅋㅋㅗㅌㅡ')).toBe('ㅋ코트')
    expect(shownFor('ㅋㅗㅗㅌ')).toBe('코ㅗㅌ')
    expect(shownFor('ㅏㅂㄹ')).toBe('ㅏㅂㄹ')
  })

  it('shows again every word of whole syllables, whatever stands around it', () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code))
    const word = fc.array(fc.oneof(syllable, fc.constantFrom('a', '7', ' ', '-')), { maxLength: 8 })
    fc.assert(
      fc.property(word, (parts) => {
        expect(shownFor(keysOf(parts.join('')))).toBe(parts.join(''))
      }),
    )
  })
})

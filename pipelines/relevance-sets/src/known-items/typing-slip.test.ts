import { seededRandom } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { keysOf } from './hangul-keys.ts'
import { typingSlip } from './typing-slip.ts'

/** What one slip on each key can make of the keys, without regard to which keys are confusable. */
function isOneSlip(keys: string, slipped: string): boolean {
  for (let at = 0; at <= keys.length; at++) {
    const [before, key, after] = [keys.slice(0, at), keys[at] ?? '', keys.slice(at + 1)]
    const isWrong = slipped.length === keys.length && slipped.startsWith(before) && slipped.slice(at + 1) === after
    const swapped = `${before}${after.slice(0, 1)}${key}${after.slice(1)}`
    if (isWrong || [before + after, before + key + key + after, swapped].includes(slipped)) return true
  }
  return false
}

const slipsOf = (word: string): string[] => {
  const random = seededRandom(7)
  return Array.from({ length: 300 }, () => typingSlip(word, random)).filter((slipped) => slipped !== null)
}

describe('a slip of the keyboard', () => {
  it('is one key wrong, left out, pressed twice or out of turn', () => {
    for (const word of ['커버낫', '코트', 'covernat', '과자']) {
      const slips = slipsOf(word)
      expect(slips.length).toBeGreaterThan(100)
      for (const slipped of slips) {
        expect(slipped).not.toBe(word)
        expect(isOneSlip(keysOf(word), keysOf(slipped))).toBe(true)
      }
    }
  })

  it('has each kind of slip in both scripts', () => {
    expect(slipsOf('커버낫')).toEqual(expect.arrayContaining(['카버낫', '커버나', '커버낫ㅅ', '커ㅓㅂ낫']))
    expect(slipsOf('navy')).toEqual(expect.arrayContaining(['mavy', 'nav', 'navyy', 'nvay']))
  })

  it('leaves no word of one letter', () => {
    expect(slipsOf('ab').every((slipped) => slipped.length > 1)).toBe(true)
  })
})

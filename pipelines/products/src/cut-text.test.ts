import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAtWord } from './cut-text.ts'

describe('a text that is cut at a word', () => {
  it('stays as it is where it fits', () => {
    expect(cutAtWord('fits well', 9)).toBe('fits well')
    expect(cutAtWord('', 5)).toBe('')
  })

  it('ends with its last whole word', () => {
    expect(cutAtWord('fits very well', 12)).toBe('fits very')
    expect(cutAtWord('fits very well', 9)).toBe('fits very')
    expect(cutAtWord('fits very  \n well', 11)).toBe('fits very')
  })

  it('is cut within a word that would else take half of it away', () => {
    expect(cutAtWord('a 색상도마음에들고배송도빨라요', 8)).toBe('a 색상도마음에')
    expect(cutAtWord('x'.repeat(20), 7)).toBe('x'.repeat(7))
  })

  it('is a beginning of the text that fits, and is well-formed', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '가', '👟', ' ', '\n', '.'), maxLength: 60 })
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (given, limit) => {
        const cut = cutAtWord(given, limit)
        expect(given.startsWith(cut)).toBe(true)
        expect(cut.isWellFormed()).toBe(true)
        expect(cut.length).toBeLessThanOrEqual(limit)
        if (!/\s/.test(given)) expect(cut.length).toBeGreaterThanOrEqual(Math.min(given.length, limit - 1))
      }),
    )
  })
})

import { isFailure } from '@eip/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NumberRange, parseNumberRange, uniteRanges } from './number-range.ts'

describe('a range of numbers', () => {
  it.each([
    ['10..50', { minimum: 10, maximum: 50 }],
    ['10..', { minimum: 10, maximum: null }],
    ['..50', { minimum: null, maximum: 50 }],
    ['19.90', { minimum: 19.9, maximum: 19.9 }],
    [' 0.5..0.75 ', { minimum: 0.5, maximum: 0.75 }],
    ['-3..3', { minimum: -3, maximum: 3 }],
  ])('is read from "%s"', (text, range) => {
    expect(parseNumberRange('price', text)).toEqual(range)
  })

  it.each([
    '..',
    '',
    'cheap',
    'NaN',
    '1e3',
    'Infinity..',
    '1...5',
    '5..1',
    '1,5..2',
    '10-50',
    '١..٢',
    '1..2..3',
    '0x10',
  ])('is not read from "%s"', (text) => {
    expect(() => parseNumberRange('price', text)).toThrow(
      expect.objectContaining({ code: 'search.bad-filter', message: expect.stringContaining('price:') }),
    )
  })
})

const bound = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null })
const ranges = fc.array(fc.tuple(bound, bound), { minLength: 1, maxLength: 4 }).map((pairs) =>
  pairs.map(([minimum, maximum]): NumberRange => {
    const isTurned = minimum !== null && maximum !== null && minimum > maximum
    return isTurned ? { minimum: maximum, maximum: minimum } : { minimum, maximum }
  }),
)
const admits = ({ minimum, maximum }: NumberRange, value: number) =>
  (minimum === null || value >= minimum) && (maximum === null || value <= maximum)

describe('several ranges', () => {
  it('unite to what any of them admits, or are refused for the gap that they leave', () => {
    const values = Array.from({ length: 57 }, (_, i) => i / 4 - 1)
    fc.assert(
      fc.property(ranges, (all) => {
        const admitted = values.filter((value) => all.some((range) => admits(range, value)))
        const hasGap = admitted.some((value, i) => i > 0 && value - admitted[i - 1]! > 0.25)
        const unite = () => uniteRanges('price', all as unknown as [NumberRange, ...NumberRange[]])
        try {
          const united = unite()
          expect(values.filter((value) => admits(united, value))).toEqual(admitted)
        } catch (error) {
          if (!isFailure(error)) throw error
          expect(hasGap).toBe(true)
        }
      }),
    )
  })
})

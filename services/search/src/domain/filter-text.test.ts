import { isFailure } from '@eip/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterFields, parseFilters } from './filter-text.ts'

describe('filters', () => {
  it('take values of one field for alternatives, and each field for a filter', () => {
    expect(
      parseFilters(['brand:Acme', 'category:Tools > Saws', 'brand:Bolt & Co', 'price:10..20', 'brand:Acme', 'id:p1']),
    ).toEqual([
      { kind: 'keyword', column: 'brand', anyOf: ['Acme', 'Bolt & Co'] },
      { kind: 'category', anyOf: [['Tools', 'Saws']] },
      { kind: 'range', column: 'price', minimum: 10, maximum: 20 },
      { kind: 'ids', anyOf: ['p1'] },
    ])
  })

  it('are split by the first colon only, and values taken to the letter', () => {
    expect(parseFilters(['attributes.Aspect ratio:16:9', 'seller: north'])).toEqual([
      { kind: 'attribute', name: 'Aspect ratio', anyOf: ['16:9'] },
      { kind: 'keyword', column: 'seller', anyOf: [' north'] },
    ])
  })

  it('unite ranges that touch', () => {
    expect(parseFilters(['price:20..50', 'price:10..20'])).toEqual([
      { kind: 'range', column: 'price', minimum: 10, maximum: 50 },
    ])
    expect(() => parseFilters(['price:..5', 'price:10..'])).toThrow('gap, above 5 and below 10')
  })

  it.each(['colour:red', 'popularity:3..', 'attributes.:x', 'attributes:x', 'Brand:x', 'toString:x', '__proto__:x'])(
    'of an unknown field are refused by name: "%s"',
    (text) => {
      const field = text.slice(0, text.indexOf(':'))
      expect(() => parseFilters([text])).toThrow(
        expect.objectContaining({
          code: 'search.bad-filter',
          message: expect.stringContaining(`"${field}"`),
          details: { field, valid: filterFields },
        }),
      )
    },
  )

  it.each(['brand', ':red', 'brand:', 'brand:  ', ''])('without field and value are refused: "%s"', (text) => {
    expect(() => parseFilters([text])).toThrow(expect.objectContaining({ code: 'search.bad-filter' }))
  })

  it('of whatever text are read or refused, never anything else', () => {
    const field = fc.constantFrom('brand', 'price', 'rating', 'category', 'attributes.x', 'id')
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(field, fc.string({ unit: 'binary' })).map(([name, value]) => `${name}:${value}`),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        try {
          expect(parseFilters(texts).length).toBeLessThanOrEqual(texts.length)
        } catch (error) {
          if (!isFailure(error)) throw error
          expect(error.code).toBe('search.bad-filter')
          expect(error.message.isWellFormed()).toBe(true)
        }
      }),
    )
  })
})

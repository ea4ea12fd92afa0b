import { describe, expect, it } from 'vitest'
import { parseSort } from './sort-order.ts'

describe('sort orders', () => {
  it.each([
    ['relevance', { by: 'relevance' }],
    ['price', { by: 'column', column: 'price', direction: 'ascending' }],
    ['-price', { by: 'column', column: 'price', direction: 'descending' }],
    ['rating', { by: 'column', column: 'rating', direction: 'descending' }],
    ['-newest', { by: 'column', column: 'createdAt', direction: 'ascending' }],
  ])('"%s" is one', (text, sort) => {
    expect(parseSort(text)).toEqual(sort)
  })

  it.each(['charm', '-relevance', '', '-', '--price', 'toString', 'Price'])('"%s" is none', (text) => {
    expect(() => parseSort(text)).toThrow(
      expect.objectContaining({
        code: 'search.bad-sort',
        message: expect.stringContaining(`"${text}"`),
        details: { valid: expect.arrayContaining(['relevance', 'price', '-price', 'newest']) },
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { overlaps, replaceSpans } from './query-span.ts'

describe('parts of a query', () => {
  it('are replaced where they stand, in whatever order they come', () => {
    const text = 'red shose under 50'
    const parts = [
      { start: 10, end: 18, by: '' },
      { start: 4, end: 9, by: 'shoes' },
    ]
    expect(replaceSpans(text, parts)).toBe('red shoes')
    expect(replaceSpans(text, [])).toBe(text)
    expect(replaceSpans('50', [{ start: 0, end: 2, by: '' }])).toBe('')
  })

  it('overlap when they share a character', () => {
    expect(overlaps({ start: 0, end: 3 }, { start: 2, end: 4 })).toBe(true)
    expect(overlaps({ start: 0, end: 3 }, { start: 3, end: 4 })).toBe(false)
  })
})

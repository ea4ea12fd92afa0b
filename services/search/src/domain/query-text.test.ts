import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryTextOf } from './query-text.ts'

describe("a query's text", () => {
  it.each([
    ['  red shoes ', 'red shoes'],
    ['red\u0000\u0007shoes\n', 'red shoes'],
    ['\u0000', ''],
    ['\ud83d\ude00', '😀'],
    ['a\ud800b', 'a\ufffdb'],
  ])('of %j is %j', (typed, text) => {
    expect(queryTextOf(typed)).toEqual({ text, isTruncated: false })
  })

  it('is cut at a thousand code units, and never through a character', () => {
    expect(queryTextOf('x'.repeat(10_000))).toEqual({ text: 'x'.repeat(1_000), isTruncated: true })
    expect(queryTextOf(`x${'😀'.repeat(800)}`)).toEqual({ text: `x${'😀'.repeat(499)}`, isTruncated: true })
  })

  it('is well-formed, short and free of control characters, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000, size: 'max' }), (typed) => {
        const { text } = queryTextOf(typed)
        expect(text.isWellFormed()).toBe(true)
        expect(text.length).toBeLessThanOrEqual(1_000)
        expect(text).toBe(text.trim())
        expect(text).not.toMatch(/\p{Cc}/u)
        expect(queryTextOf(text)).toEqual({ text, isTruncated: false })
      }),
    )
  })
})

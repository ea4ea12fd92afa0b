import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compactString, createTermCache } from './term-cache.ts'

describe('term cache', () => {
  it('never holds more than two generations', () => {
    const cache = createTermCache<number>(10)
    for (let i = 0; i < 1_000; i++) {
      cache.set(String(i), i)
      expect(cache.size()).toBeLessThanOrEqual(20)
    }
  })

  it('keeps what is asked for and forgets what is not', () => {
    const cache = createTermCache<number>(10)
    cache.set('asked', 1)
    cache.set('forgotten', 2)
    for (let i = 0; i < 100; i++) {
      cache.set(String(i), i)
      expect(cache.get('asked')).toBe(1)
    }
    expect(cache.get('forgotten')).toBeUndefined()
  })

  it('copies strings without changing them, lone surrogates too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => compactString(text) === text))
    expect(compactString('\ud800a')).toBe('\ud800a')
  })
})

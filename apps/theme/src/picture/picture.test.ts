import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emblemOf } from './emblem-words.ts'
import { picturePattern } from './picture-pattern.ts'

/** Any UTF-16, halves of pairs included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes))

describe('a drawn picture', () => {
  it('shows what the narrowest category names', () => {
    expect(emblemOf('Casavel Chef 700', ['Appliances', 'Kitchen Appliances', 'Kettles'])).toBe('kettle')
    expect(emblemOf('Anything', ['Electronics', 'Tablets'])).toBe('tablet')
    expect(emblemOf('Anything', ['Fashion', 'Women', 'Dresses'])).toBe('dress')
  })

  it('else what the title names, in English, Korean and Portuguese', () => {
    expect(emblemOf('Lightweight padded jacket', [])).toBe('jacket')
    expect(emblemOf('한샘 원목책상', [])).toBe('desk')
    expect(emblemOf('Luminária de Mesa', [])).toBe('lamp')
  })

  it('takes no part of a word for the word', () => {
    expect(emblemOf('Price without a pair', [])).toBe('parcel')
    expect(emblemOf('Comfortable', [])).toBe('parcel')
  })

  it('is the same for the same product, stays in its field, and never fails', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 4 }), (title, path) => {
        const pattern = picturePattern(title, path)
        expect(picturePattern(title, path)).toEqual(pattern)
        expect(emblemOf(title, path)).toBe(emblemOf(title, path))
        expect(pattern.hue).toBeGreaterThanOrEqual(0)
        expect(pattern.hue).toBeLessThan(360)
        for (const { x, y, radius } of pattern.circles) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
          expect(Math.max(x, y)).toBeLessThanOrEqual(100)
          expect(radius).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('has one family of colours in one department', () => {
    const hues = ['Jar', 'Mug', 'Bowl', 'Ladle', 'Whisk'].map((title) => picturePattern(title, ['Kitchen']).hue)
    expect(Math.max(...hues) - Math.min(...hues)).toBeLessThanOrEqual(24)
  })
})

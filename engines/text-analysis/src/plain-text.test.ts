import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

describe('plain text of a description', () => {
  it.each([
    ['<p>Steel&nbsp;sink</p><p>Two bowls</p>', 'Steel sink Two bowls'],
    ['H<sub>2</sub>O <b>bold</b>ly', 'H2O boldly'],
    ['<ul><li>a</li><li>b</li></ul>', 'a b'],
    ['a<br>b<br/>c', 'a b c'],
    ['<style>p { color: red }</style>x<SCRIPT>if (a < b) alert("</p>")</script >y', 'x y'],
    ['x<script>never closed', 'x'],
    ['a <!-- <b> > --> b', 'a b'],
    ['size < 5 cm and > 3', 'size < 5 cm and > 3'],
    ['cut <b', 'cut <b'],
    ['Black &amp; Decker &#8482; &#x41; &ccedil;&atilde;o &frac12; &unknown;', 'Black & Decker ™ A ção ½ &unknown;'],
    ['&amp;lt; &#0; &#xD800; &#x110000;', '&lt; \ufffd \ufffd \ufffd'],
    ['  no \n html  ', 'no html'],
    ['', ''],
  ])('of %s is %s', (html, text) => {
    expect(plainText(html)).toBe(text)
  })

  it('is made of any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (html) => plainText(html).trim() === plainText(html)))
  })

  it.each(['<!--', '<', '<a', '<script>', '</', '&#', '<!--<script>'])('survives 200,000 times %s', (piece) => {
    expect(plainText(`${piece.repeat(200_000)}>`).length).toBeLessThanOrEqual(piece.length * 200_000 + 1)
  })
})

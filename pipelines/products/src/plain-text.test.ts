import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

describe('plain text', () => {
  it('is what a browser would show, on one line', () => {
    expect(plainText('<p>Fresh<br/>bread</p>\n<ul><li>H<sub>2</sub>O</li></ul>')).toBe('Fresh bread H2O')
    expect(plainText('<!-- note --><STYLE>.a{color:red}</STYLE>Red &amp; <b>blue</b>')).toBe('Red & blue')
    expect(plainText('I&#39;m &quot;here&quot; &#x2713; caf&eacute;&nbsp;&reg; 9&#146;')).toBe(
      'I\'m "here" ✓ café ® 9’',
    )
  })

  it('leaves text without markup as it is', () => {
    for (const text of ['5 < 6 and 7 > 3', 'AT&T', 'a <3 b', 'fish & chips; salt', 'two  spaces'])
      expect(plainText(text)).toBe(text)
  })

  it('keeps entities that mean nothing, and never makes broken characters', () => {
    expect(plainText('&nothing; &#xd800; &#x110000;<br>')).toBe('&nothing; \ufffd \ufffd')
  })

  it('answers any text with no tags left, in time linear in its length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', 'a', '/', '!', '-', '&', '#', ';', '1', ' ') }),
        (text) => {
          const plain = plainText(text)
          expect(plain.length).toBeLessThanOrEqual(text.length)
        },
      ),
    )
    for (const piece of ['<script', '<!--', '<a', '&#', '<style>'])
      expect(plainText(piece.repeat(100_000)).length).toBeLessThanOrEqual(piece.length * 100_000)
  })
})

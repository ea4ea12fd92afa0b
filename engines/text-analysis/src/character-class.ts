/** What a UTF-16 code unit of folded text is to the lexer. */
export const SEPARATOR = 0
export const LETTER = 1
export const DIGIT = 2
/** A letter of a script written without spaces, or with free spacing as Korean: cut into bigrams. */
export const IDEOGRAPH = 3

const LETTERS = /[\p{L}\p{M}\p{Nl}\p{No}]+/gu
const IDEOGRAPHS =
  /[[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]&&[\p{L}\p{M}\p{Nl}]]+/gv
const IS_LETTER = /^[\p{L}\p{M}\p{Nl}\p{No}]$/u
const IS_IDEOGRAPH = new RegExp(`^${IDEOGRAPHS.source}$`, 'v')
const BLANKS = /[\s\p{Cc}\u200b]+/gu

/** The whole basic plane as one text, so that runs of a class are found by one search each (surrogates as spaces). */
const plane = Array.from({ length: 0x1_0000 }, (_, code) =>
  code >= 0xd800 && code <= 0xdfff ? ' ' : String.fromCharCode(code),
).join('')

function mark(table: Uint8Array, pattern: RegExp, value: number): void {
  for (const run of plane.matchAll(pattern)) table.fill(value, run.index, run.index + run[0].length)
}

/** One byte for each code unit of the basic plane; ASCII digits only, since folding maps all others to them. */
const classes = new Uint8Array(0x1_0000)
mark(classes, LETTERS, LETTER)
mark(classes, IDEOGRAPHS, IDEOGRAPH)
classes.fill(SEPARATOR, 0xd800, 0xe000).fill(DIGIT, 0x30, 0x3a)

/** One byte for each code unit: 1 where a chunk ends, that is white space, controls and the zero-width space. */
export const isBlank = new Uint8Array(0x1_0000)
mark(isBlank, BLANKS, 1)
isBlank.fill(0, 0xd800, 0xe000).fill(0, 0xfeff, 0xff00)

function supplementaryClass(character: string): number {
  return IS_IDEOGRAPH.test(character) ? IDEOGRAPH : IS_LETTER.test(character) ? LETTER : SEPARATOR
}

/** Class of the character at `index`; a lone surrogate is a separator. O(1). */
export function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  if (code < 0xd800 || code > 0xdfff) return classes[code] ?? SEPARATOR
  const point = text.codePointAt(index) as number
  return point > 0xffff ? supplementaryClass(String.fromCodePoint(point)) : SEPARATOR
}

/** Code units of the character at `index`: 2 for a surrogate pair, else 1. */
export function widthAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code >= 0xd800 && code <= 0xdbff && (text.codePointAt(index) as number) > 0xffff ? 2 : 1
}

import { foldText } from '@eip/engine-text-analysis'

/** A word of a text: a run of Hangul, or a run of other letters and digits. */
export type WordToken = Readonly<{
  /** Folded; a possessive 's is left out. */
  text: string
  /** Offsets in the text that was cut, in UTF-16 code units; a possessive 's is inside. */
  start: number
  end: number
}>

const SEPARATOR = 0
const LETTER = 1
const HANGUL = 2
const SURROGATE = 3

/** One byte for each code unit. A pair of surrogates is looked at as a whole. */
const classes = new Uint8Array(0x1_0000)
const plane = Array.from({ length: 0x1_0000 }, (_, code) => (code >> 11 === 27 ? ' ' : String.fromCharCode(code))).join(
  '',
)
for (const run of plane.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) classes.fill(LETTER, run.index, run.index + run[0].length)
for (const run of plane.matchAll(/\p{sc=Hangul}+/gu)) classes.fill(HANGUL, run.index, run.index + run[0].length)
classes.fill(SURROGATE, 0xd800, 0xe000)

const IS_LETTER = /^[\p{L}\p{M}\p{N}]/u
const BLANKS = /\s+/g

function classAt(text: string, index: number): number {
  const found = classes[text.charCodeAt(index)] as number
  if (found !== SURROGATE) return found
  return IS_LETTER.test(String.fromCodePoint(text.codePointAt(index) as number)) ? LETTER : SEPARATOR
}

const widthAt = (text: string, index: number): number => ((text.codePointAt(index) as number) > 0xffff ? 2 : 1)

/** The end of a possessive "'s" at `index`, else `index`. */
function possessiveEnd(text: string, index: number): number {
  const sign = text[index]
  if ((sign !== "'" && sign !== '’') || (text[index + 1] !== 's' && text[index + 1] !== 'S')) return index
  return index + 2 < text.length && classAt(text, index + 2) !== SEPARATOR ? index : index + 2
}

// A few ligatures fold to several words.
const folded = (word: string): string => foldText(word).replace(BLANKS, '')
const asIs = (word: string): string => word

function cut(text: string, fold: (word: string) => string): WordToken[] {
  const tokens: WordToken[] = []
  let index = 0
  while (index < text.length) {
    const kind = classAt(text, index)
    const start = index
    index += widthAt(text, index)
    if (kind === SEPARATOR) continue
    while (index < text.length && classAt(text, index) === kind) index += widthAt(text, index)
    const word = fold(text.slice(start, index))
    index = possessiveEnd(text, index)
    if (word !== '') tokens.push({ text: word, start, end: index })
  }
  return tokens
}

/** The words of any text, in order. Hangul and other scripts are words apart: "아이폰14" is 아이폰 and 14. O(length). */
export const wordTokens = (text: string): WordToken[] => cut(text, folded)

/** The same for text that is folded as a whole already. */
export const foldedWordTokens = (text: string): WordToken[] => cut(text, asIs)

const IS_HANGUL = /\p{sc=Hangul}/u
const IS_LATIN = /\p{sc=Latin}/u
const IS_DIGIT = /[0-9]/

export const hasHangul = (text: string): boolean => IS_HANGUL.test(text)
export const hasLatin = (text: string): boolean => IS_LATIN.test(text)
/** Of folded text: its digits are ASCII. */
export const hasDigit = (text: string): boolean => IS_DIGIT.test(text)

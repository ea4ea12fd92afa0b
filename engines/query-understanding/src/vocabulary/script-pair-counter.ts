import type { ScriptPair } from './catalogue-vocabulary.ts'
import { lossyCounter } from './lossy-counter.ts'
import { hasDigit, hasHangul, hasLatin, wordTokens } from './word-token.ts'

/** Collects names that the catalogue itself writes in two scripts. */
export interface ScriptPairCounter {
  add(title: string, brand: string | null, product: number): void
  top(most: number): ScriptPair[]
}

const PAIRS_HELD = 60_000
const LONGEST_NAME = 40
/** 나이키(NIKE), NIKE [나이키], and the brand field's "NIKE 나이키": a name, then the other script's. */
const LATIN_NAME = String.raw`[\p{sc=Latin}][\p{sc=Latin}&'’. \-]*`
const HANGUL_NAME = String.raw`\p{sc=Hangul}[\p{sc=Hangul} ]*`
const IN_BRACKETS = [
  new RegExp(String.raw`(${HANGUL_NAME})[(\[]\s*(${LATIN_NAME})[)\]]`, 'gu'),
  new RegExp(String.raw`(${LATIN_NAME})[(\[]\s*(${HANGUL_NAME})[)\]]`, 'gu'),
] as const
const FIRST_NAME = new RegExp(String.raw`^[^\p{L}\p{N}]*(?:(${LATIN_NAME})|(${HANGUL_NAME}))`, 'u')
const WORDS_OF_A_LEADING_NAME = 3

const wordsOf = (name: string): string[] => wordTokens(name).map(({ text }) => text)

/**
 * Three kinds of evidence: a brand field with both scripts; brackets in a title ("커버낫(COVERNAT)"), whose left side may
 * begin before the name; a title that begins with the other script than its brand ("UGG 로고 부츠" of 어그). The last two
 * only propose: whoever reads the pairs compares their sound. O(length) a title; memory is bounded by lossy counting.
 */
export function scriptPairCounter(): ScriptPairCounter {
  const pairs = lossyCounter(PAIRS_HELD)
  const count = (one: readonly string[], other: readonly string[], isBrand: boolean, product: number): void => {
    const [hangul, latin] = hasHangul(one[0] ?? '') ? [one, other] : [other, one]
    const key = `${isBrand ? 1 : 0}\t${hangul.join(' ')}\t${latin.join(' ')}`
    const isNamed = hangul.length > 0 && latin.length > 0 && !hasDigit(key.slice(1))
    if (isNamed && key.length <= 2 * LONGEST_NAME) pairs.add(key, product)
  }
  const countBrand = (brand: string, product: number): void => {
    if (!hasHangul(brand) || !hasLatin(brand)) return
    const tokens = wordsOf(brand)
    const hangul = tokens.filter(hasHangul)
    // "나이키 NIKE" names it twice; "무신사 X 나이키 Air" is something else.
    const changes = tokens.filter((word, i) => i > 0 && hasHangul(word) !== hasHangul(tokens[i - 1] as string)).length
    if (changes === 1)
      count(
        hangul,
        tokens.filter((word) => !hasHangul(word)),
        true,
        product,
      )
  }
  const countBrackets = (title: string, product: number): void => {
    for (const pattern of IN_BRACKETS) {
      for (const [, before = '', inside = ''] of title.matchAll(pattern)) {
        const words = wordsOf(before)
        const named = wordsOf(inside)
        // How much of what stands before the bracket is the name: as many words, or the last one.
        for (const length of new Set([1, named.length])) count(words.slice(-length), named, false, product)
      }
    }
  }
  const countLeading = (title: string, brand: string, product: number): void => {
    const match = FIRST_NAME.exec(title)
    const leading = wordsOf(match?.[1] ?? match?.[2] ?? '')
    if (leading.length === 0 || hasHangul(leading[0] as string) === hasHangul(brand)) return
    for (let length = 1; length <= Math.min(WORDS_OF_A_LEADING_NAME, leading.length); length++) {
      count(wordsOf(brand), leading.slice(0, length), false, product)
    }
  }
  return Object.freeze({
    add(title: string, brand: string | null, product: number): void {
      if (brand !== null) countBrand(brand, product)
      if (!hasHangul(title) && (brand === null || !hasHangul(brand))) return
      countBrackets(title, product)
      if (brand !== null && hasHangul(brand) !== hasLatin(brand)) countLeading(title, brand, product)
    },
    top: (most: number): ScriptPair[] =>
      pairs.top(most, 1).map(({ text, count }) => {
        const [isBrand, hangul, latin] = text.split('\t') as [string, string, string]
        return Object.freeze({ hangul, latin, count, isBrand: isBrand === '1' })
      }),
  })
}

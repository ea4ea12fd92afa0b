import { foldText } from '@eip/engine-text-analysis'
import { type CatalogueVocabulary, type ScriptPair, vocabularyLimits } from './catalogue-vocabulary.ts'
import { lossyCounter } from './lossy-counter.ts'
import { phraseCounter } from './phrase-counter.ts'
import { scriptPairCounter } from './script-pair-counter.ts'
import { foldedWordTokens, hasDigit, type WordToken } from './word-token.ts'

export interface TitleWords {
  readonly words: CatalogueVocabulary['words']
  readonly phrases: CatalogueVocabulary['phrases']
  readonly scriptPairs: readonly ScriptPair[]
}

/** Counts the words and phrases of titles as products go by, in bounded memory. */
export interface TitleWordCounter {
  add(title: string, brand: string | null): void
  result(): TitleWords
}

const WORDS_HELD = 4 * vocabularyLimits.words
const PHRASE_SLOTS = 1 << 20
const LONGEST_TITLE = 1_000
const LONGEST_WORD = 40
/** The one sign between two words that are one name as well ("wi-fi"), or that are said in one breath. */
const JOINTS = "-'’_.&"
const PHRASE_GAPS = " -'’&"

/**
 * Words are those of titles and brands, counted once a product; phrases are runs of two or three words of a title with
 * nothing but space between, and at least one letter. Rare ones are forgotten when there are too many (lossy counting):
 * a count is then a little too low. O(length) a title; some 40 MB at most, whatever the catalogue.
 */
export function countTitleWords(): TitleWordCounter {
  const words = lossyCounter(WORDS_HELD)
  const phrases = phraseCounter(PHRASE_SLOTS)
  const pairs = scriptPairCounter()
  let product = 0
  const countWords = (text: string): readonly WordToken[] => {
    const tokens = foldedWordTokens(text)
    tokens.forEach((token, i) => {
      words.add(token.text.slice(0, LONGEST_WORD), product)
      for (const name of joinedNames(text, tokens, i)) words.add(name, product)
    })
    return tokens
  }
  const countPhrases = (text: string, tokens: readonly WordToken[]): void => {
    let isRun = false
    for (let i = 1; i < tokens.length; i++) {
      const [before, first, second] = [tokens[i - 2], tokens[i - 1] as WordToken, tokens[i] as WordToken]
      const wasRun = isRun
      isRun = isPhraseGap(text, first.end, second.start)
      if (!isRun) continue
      const isNumeric = hasDigit(first.text) && hasDigit(second.text)
      const [b, c] = [hashOf(first.text), hashOf(second.text)]
      if (!isNumeric) phrases.add(b, c, 0, product, () => `${first.text} ${second.text}`)
      if (!wasRun || before === undefined || (isNumeric && hasDigit(before.text))) continue
      phrases.add(hashOf(before.text), b, c, product, () => `${before.text} ${first.text} ${second.text}`)
    }
  }
  return Object.freeze({
    add(title: string, brand: string | null): void {
      product++
      const read = title.slice(0, LONGEST_TITLE)
      const folded = foldText(read)
      countPhrases(folded, countWords(folded))
      if (brand !== null) countWords(foldText(brand.slice(0, LONGEST_TITLE)))
      pairs.add(read, brand, product)
    },
    result: () =>
      Object.freeze({
        words: words.top(vocabularyLimits.words, 1),
        phrases: phrases.top(vocabularyLimits.phrases),
        scriptPairs: pairs.top(vocabularyLimits.scriptPairs),
      }),
  })
}

/** The names that end with the token `last`: two or three words that joining signs hold together. */
function joinedNames(text: string, tokens: readonly WordToken[], last: number): string[] {
  const names: string[] = []
  let name = (tokens[last] as WordToken).text
  for (let i = last - 1; i >= Math.max(0, last - 2); i--) {
    const [token, next] = [tokens[i] as WordToken, tokens[i + 1] as WordToken]
    if (next.start - token.end !== 1 || !JOINTS.includes(text[token.end] as string)) break
    name = token.text + name
    if (name.length <= LONGEST_WORD) names.push(name)
  }
  return names
}

const isPhraseGap = (text: string, start: number, end: number): boolean =>
  end - start === 1 ? PHRASE_GAPS.includes(text[start] as string) : /^\s+$/.test(text.slice(start, end))

/** FNV-1a (Fowler, Noll, Vo), 32 bits over UTF-16 code units. Never 0: that stands for no word. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash >>> 0 || 1
}

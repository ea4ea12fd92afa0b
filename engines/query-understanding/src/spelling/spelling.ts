import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { hasDigit, hasHangul, hasLatin, wordTokens } from '../vocabulary/word-token.ts'
import { FIRST_SYLLABLE, LAST_SYLLABLE } from './hangul.ts'
import { otherKeyboard } from './keyboard.ts'
import { knownWords } from './known-words.ts'
import { type Segmenter, segmenter } from './segmenter.ts'
import { buildTransliterator, type Transliteration } from './transliterator.ts'
import { buildTypoReader } from './typo.ts'

/** How a word of a query could be meant. */
export type Correction = Readonly<{
  /** Folded words of the catalogue, parted by one space. */
  text: string
  /** Letters (jamo) edited, or spaces put in or taken out; 0 for another script of the same word. */
  distance: number
  /** 0…1: the share of shoppers typing this who mean it, roughly. */
  confidence: number
  how: 'typo' | 'split' | 'joined' | 'transliteration' | 'keyboard'
}>

export type CorrectOptions = Readonly<{
  /** Also for a word that the catalogue has: for a query that found nothing. Default false. */
  evenKnown?: boolean
  /** At most so many answers; default 3. */
  most?: number
}>

/**
 * What a catalogue's vocabulary says about the spelling of queries.
 * - A word that the catalogue has is never corrected, unless asked for `evenKnown`.
 * - A word with a digit is a model number: it is only ever parted, into words that the catalogue has ("iphone11case").
 * - Total: no text makes it throw; words of more than forty letters are not corrected.
 */
export interface Spelling {
  /** How a word could be meant, the likeliest first. Some 0.1 ms. */
  correct(word: string, options?: CorrectOptions): readonly Correction[]
  /** How neighbouring words could be meant that are written apart: as one word, or parted elsewhere. */
  rejoin(words: readonly string[]): readonly Correction[]
  /** The catalogue's writing of a brand in the other script. The name may have several words. */
  transliterate(name: string): readonly Transliteration[]
  /** Whether a search for the word finds something: the word or a form of it. */
  knows(word: string): boolean
  /** Products whose title or brand has exactly this word, or this phrase of two or three words. */
  count(text: string): number
  isStopWord(word: string, languages: readonly string[]): boolean
}

const MOST_ANSWERS = 3
/** Letters enough for a word among the digits; the letters of most model numbers are fewer. */
const HOLDS_WORD = /[a-z]{3}|[가-힣]{2}/
const LEAST_CONFIDENCE = 0.1
const LONGEST_WORD = 40
const BY_KEYBOARD = 0.9
const FEWEST_KEYS = 3
/** What two words written apart are worth as one: sure if one of them is nothing alone, likely if both are words. */
const JOINED = 0.9
const JOINED_FROM_KNOWN = 0.6
const FEWEST_JOINED = 2

/** Builds the spelling of a catalogue, in slices of a millisecond or so. About 16 MB for 50,000 words. */
export function* buildSpelling(vocabulary: CatalogueVocabulary): Generator<void, Spelling> {
  const known = yield* knownWords(vocabulary)
  const typos = yield* buildTypoReader(known)
  const transliterator = yield* buildTransliterator(vocabulary)
  const segments = segmenter(known, vocabulary.products)
  const isAllKnown = (words: readonly string[]): boolean => words.every((word) => known.count(word) > 0)
  const byKeyboard = (typed: string): Correction[] => {
    const other = otherKeyboard(typed)
    if (other === null || typed.length < FEWEST_KEYS || !isWritten(other)) return []
    if (known.count(other) > 0) return [{ text: other, distance: 0, confidence: BY_KEYBOARD, how: 'keyboard' }]
    const cut = segments.segment(other)
    if (cut === null || !isAllKnown(cut.words)) return []
    return [{ text: cut.words.join(' '), distance: 0, confidence: BY_KEYBOARD * cut.confidence, how: 'keyboard' }]
  }
  return Object.freeze({
    correct(word: string, { evenKnown = false, most = MOST_ANSWERS }: CorrectOptions = {}): readonly Correction[] {
      const [token, other] = wordTokens(word.slice(0, LONGEST_WORD + 1))
      if (token === undefined || other !== undefined || word.length > LONGEST_WORD) return []
      const folded = token.text
      if (!evenKnown && known.has(folded)) return []
      if (hasDigit(folded)) return HOLDS_WORD.test(folded) ? bestOf(bySplit(segments, folded), folded, most) : []
      const readings: Correction[] = [
        ...byKeyboard(word.slice(token.start, token.end)),
        ...bySplit(segments, folded),
        ...transliterator.read(word).map(({ text, confidence }) => byScript(text, confidence)),
        ...typos.read(folded).map((meant): Correction => ({ ...meant, how: 'typo' })),
      ]
      return bestOf(readings, folded, most)
    },
    rejoin(words: readonly string[]): readonly Correction[] {
      const joined = words.join('')
      if (joined.length > LONGEST_WORD || words.length < 2 || words.some(hasDigit)) return []
      const apart = known.phraseCount(words.join(' '))
      const count = known.count(joined)
      const isKnown = words.every((word) => known.has(word))
      if (count >= FEWEST_JOINED && count > apart) {
        const share = count / (count + apart + 1)
        const confidence = share * (isKnown ? JOINED_FROM_KNOWN : JOINED)
        return [{ text: joined, distance: words.length - 1, confidence, how: 'joined' }]
      }
      if (isKnown || !hasHangul(joined)) return []
      const cut = segments.segment(joined)
      if (cut === null || !isAllKnown(cut.words) || sharesGap(words, cut.words)) return []
      const distance = words.length + cut.words.length - 2
      return [{ text: cut.words.join(' '), distance, confidence: cut.confidence, how: 'split' }]
    },
    transliterate: (name: string) => transliterator.read(name),
    knows: known.has,
    count: (text: string) => (text.includes(' ') ? known.phraseCount(text) : known.count(text)),
    isStopWord: known.isStopWord,
  })
}

/** Whether typing came out as whole syllables, or as Latin letters: a lone jamo is no word. */
function isWritten(text: string): boolean {
  if (hasLatin(text)) return true
  const isSyllable = (character: string): boolean => {
    const code = character.charCodeAt(0)
    return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
  }
  return text.length > 1 && Array.from(text).every(isSyllable)
}

/** Offsets at which words, written together, begin. */
const gapsOf = (words: readonly string[]): number[] => {
  let offset = 0
  return words.slice(0, -1).map((word) => {
    offset += word.length
    return offset
  })
}

/** Whether two ways to part a run agree on a gap: then the words on either side of it are read by themselves. */
const sharesGap = (one: readonly string[], other: readonly string[]): boolean => {
  const gaps = gapsOf(one)
  return gapsOf(other).some((gap) => gaps.includes(gap))
}

function bySplit(segments: Segmenter, folded: string): Correction[] {
  const cut = segments.segment(folded)
  if (cut === null) return []
  return [{ text: cut.words.join(' '), distance: cut.words.length - 1, confidence: cut.confidence, how: 'split' }]
}

const byScript = (text: string, confidence: number): Correction => ({
  text,
  distance: 0,
  confidence,
  how: 'transliteration',
})

function bestOf(readings: Correction[], typed: string, most: number): readonly Correction[] {
  readings.sort((a, b) => b.confidence - a.confidence || (a.text < b.text ? -1 : 1))
  const seen = new Set([typed])
  return readings
    .filter(({ text, confidence }) => {
      if (confidence < LEAST_CONFIDENCE || seen.has(text)) return false
      seen.add(text)
      return true
    })
    .slice(0, Math.max(0, most))
    .map((reading) => Object.freeze(reading))
}

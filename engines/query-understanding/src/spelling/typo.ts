import { hasDigit } from '../vocabulary/word-token.ts'
import { buildDeletionIndex } from './deletion-index.ts'
import { editsBetween } from './edit-distance.ts'
import { lettersOf } from './hangul.ts'
import type { KnownWords } from './known-words.ts'

/** A known word that a slip of the hand may have spoilt. */
export type Meant = Readonly<{ text: string; distance: number; confidence: number }>

export interface TypoReader {
  /** Known words that `word` may have been meant for, the likeliest first. Never the word itself. */
  read(word: string): Meant[]
  readonly bytes: number
}

const FEWEST_LETTERS = 4
const FEWEST_OF_TWO_EDITS = 7
const FEWEST_OF_AN_INDEXED_WORD = 3
const LONGEST = 40
/** How much less likely a word is for each unit of edit cost, and how much likelier for each e-fold of its frequency. */
const COST_WEIGHT = 4.2
const FREQUENCY_WEIGHT = 0.55
/** The weight of "it is a word that the catalogue lacks", by how many letters speak against a chance meeting. */
const UNKNOWN_WEIGHT = 4.6
const UNKNOWN_OF_A_LETTER = -0.62

/** A syllable typed in part is no word for certain: such a word may be shorter. */
const HAS_LONE_JAMO = /[\u1100-\u11ff]/
const FEWEST_LETTERS_WITH_JAMO = 3
const UNKNOWN_WITH_JAMO = 0.1

/** Edits that a word of so many letters (jamo) may have; 0 for a word that is not corrected. */
function mostEdits(word: string, letters: number): number {
  const fewest = HAS_LONE_JAMO.test(word) ? FEWEST_LETTERS_WITH_JAMO : FEWEST_LETTERS
  if (letters < fewest || letters > LONGEST || hasDigit(word)) return 0
  return letters < FEWEST_OF_TWO_EDITS ? 1 : 2
}

/**
 * A noisy channel (Kernighan, Church & Gale, COLING 1990) over the words within the edits: the likelihood of a slip falls
 * with its cost, that of a word rises with its frequency, and a word that the catalogue lacks is one of the readings.
 * The confidence is a reading's share of all. Candidates come from the deletion index: some tens of comparisons a word.
 */
export function* buildTypoReader(known: KnownWords): Generator<void, TypoReader> {
  const words: string[] = []
  const letters: string[] = []
  for (const word of known.list) {
    const ofWord = lettersOf(word)
    if (hasDigit(word) || ofWord.length < FEWEST_OF_AN_INDEXED_WORD || ofWord.length > LONGEST) continue
    words.push(word)
    letters.push(ofWord)
    if (words.length % 2_000 === 0) yield
  }
  const index = yield* buildDeletionIndex(letters)
  return Object.freeze({
    bytes: index.bytes,
    read(word: string): Meant[] {
      const typed = lettersOf(word)
      const most = mostEdits(word, typed.length)
      if (most === 0) return []
      const found: { text: string; distance: number; weight: number }[] = []
      const unknown = Math.exp(UNKNOWN_WEIGHT + UNKNOWN_OF_A_LETTER * typed.length)
      let sum = HAS_LONE_JAMO.test(word) ? unknown * UNKNOWN_WITH_JAMO : unknown
      for (const number of index.candidates(typed, most)) {
        const edits = editsBetween(typed, letters[number] as string, most)
        if (edits === null || edits.distance === 0) continue
        const text = words[number] as string
        const weight = Math.exp(-COST_WEIGHT * (edits.cost - 1)) * known.count(text) ** FREQUENCY_WEIGHT
        sum += weight
        found.push({ text, distance: edits.distance, weight })
      }
      found.sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
      return found.map(({ text, distance, weight }) => ({ text, distance, confidence: weight / sum }))
    },
  })
}

import { isInitials, keystrokesOf } from '../spelling/hangul.ts'
import { otherKeyboard } from '../spelling/keyboard.ts'
import type { PrefixIndex } from './prefix-index.ts'
import { keyOf, type SuggestionEntry, wordsOf } from './suggestion-entries.ts'

const FEWEST_INITIALS = 2
const FEWEST_KEYS_OF_A_TYPO = 4
const FEWEST_KEYS_OF_A_KEYBOARD = 3
const BLANK_END = /[\s\p{P}]$/u

/** What was typed: folded words, and the keys that begin what is meant. */
export type Typed = Readonly<{ words: string; key: string; isComplete: boolean }>

export function typedOf(prefix: string): Typed {
  const words = wordsOf(prefix)
  const isComplete = BLANK_END.test(prefix)
  return { words, key: keyOf(words) + (isComplete ? ' ' : ''), isComplete }
}

/** The ways to go on from what was typed, each the best first and at most so many. */
export interface Completions {
  /** Entries that begin with all of it, or with its initial consonants. */
  whole(typed: Typed, most: number): SuggestionEntry[]
  /** The last word completed behind the words before it: first as phrases that the catalogue has, then by itself. */
  lastWord(typed: Typed, most: number): SuggestionEntry[]
  /** What was meant on the other keyboard, or one edit away. */
  corrected(typed: Typed, most: number, languages: readonly string[]): SuggestionEntry[]
  /** Whether the word before the last begins something; one that does not may be a slip itself. */
  isKnownBefore(typed: Typed): boolean
}

export function completions(
  entries: readonly SuggestionEntry[],
  byKeys: PrefixIndex,
  byInitials: PrefixIndex,
): Completions {
  const whole = (typed: Typed, most: number): SuggestionEntry[] => {
    const ranks = byKeys.top(typed.key, most)
    const letters = typed.key.replaceAll(' ', '')
    const isShort = ranks.length < most && letters.length >= FEWEST_INITIALS && isInitials(letters)
    const found = isShort ? [...ranks, ...byInitials.top(letters, most)] : ranks
    return found.map((rank) => entries[rank] as SuggestionEntry)
  }
  const lastWordBy = (read: PrefixIndex['top'], typed: Typed, most: number): SuggestionEntry[] => {
    const words = typed.words.split(' ')
    if (typed.isComplete || words.length < 2) return []
    return [2, 1].flatMap((length) => {
      const before = words.slice(0, -length).join(' ')
      if (before === '') return []
      const found = read(keyOf(words.slice(-length).join(' ')), most).map((rank) => entries[rank] as SuggestionEntry)
      // A single word is completed by words and names; queries of several words would change the subject.
      const fitting = found.filter((entry) => length === 2 || !entry.words.includes(' '))
      return fitting.map(({ words: completion, count }) => composed(`${before} ${completion}`, count))
    })
  }
  const isKnownBefore = ({ words }: Typed): boolean => {
    const before = words.split(' ').at(-2)
    return before !== undefined && byKeys.top(keyOf(before), 1).length > 0
  }
  const corrected = (typed: Typed, most: number, languages: readonly string[]): SuggestionEntry[] => {
    const other =
      languages.some(isKorean) && typed.key.length >= FEWEST_KEYS_OF_A_KEYBOARD ? otherKeyboard(typed.words) : null
    const switched = other === null ? [] : byKeys.top(keystrokesOf(other), most)
    if (switched.length > 0) return switched.map((rank) => entries[rank] as SuggestionEntry)
    if (typed.key.length < FEWEST_KEYS_OF_A_TYPO) return []
    const near = byKeys.nearly(typed.key.trimEnd(), most).map((rank) => entries[rank] as SuggestionEntry)
    if (near.length > 0) return near
    const isLongEnough = keyOf(typed.words.split(' ').at(-1) as string).length >= FEWEST_KEYS_OF_A_TYPO
    return isLongEnough ? lastWordBy(byKeys.nearly, typed, most) : []
  }
  const lastWord = (typed: Typed, most: number): SuggestionEntry[] => lastWordBy(byKeys.top, typed, most)
  return Object.freeze({ whole, lastWord, corrected, isKnownBefore })
}

const isKorean = (language: string): boolean => /^ko(?:-|_|$)/i.test(language)

const composed = (words: string, count: number): SuggestionEntry => ({
  kind: 'query',
  text: words,
  words,
  count,
  isPopular: false,
})

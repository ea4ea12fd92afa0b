import { initialsOf } from '../spelling/hangul.ts'
import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { hasHangul } from '../vocabulary/word-token.ts'
import { completions, type Typed, typedOf } from './completions.ts'
import { matchedEnd } from './matched-end.ts'
import { buildPrefixIndex, mostReady, type RankedKey } from './prefix-index.ts'
import { keyOf, type PopularQuery, type SuggestionEntry, suggestionEntries } from './suggestion-entries.ts'

export type Suggestion = Readonly<{
  kind: 'query' | 'brand' | 'category'
  text: string
  /** Of a category: from the root. */
  path?: readonly string[]
  /** Times asked, of a popular query; products, of all else. */
  count: number
  /** The part of `text` that was typed already: offsets in UTF-16 code units. */
  matched: readonly [start: number, end: number]
}>

export type SuggestOptions = Readonly<{
  /** At most so many, 1 to 40. */
  limit: number
  /** With Korean among them, a prefix typed on the wrong keyboard is read as well. */
  languages: readonly string[]
}>

/** Completes what a shopper has typed so far: popular queries first, then terms of the catalogue, each text once. */
export interface Suggestions {
  /** Total: text without words, and text of more than 100 characters, is completed by nothing. Some 0.05 ms. */
  suggest(prefix: string, options: SuggestOptions): readonly Suggestion[]
}

const MOST_CHARACTERS = 100
const KEYS_A_SLICE = 500

/**
 * Builds the suggestions of a catalogue, in slices of a millisecond or so. Keys are keystrokes, so that half a Korean
 * syllable completes; initial consonants have keys of their own. Some 9 MB for 75,000 entries.
 */
export function* buildSuggestions(
  source: Readonly<{ vocabulary: CatalogueVocabulary; queries: readonly PopularQuery[] }>,
): Generator<void, Suggestions> {
  const entries = yield* suggestionEntries(source.vocabulary, source.queries)
  const keys: RankedKey[] = []
  const initials: RankedKey[] = []
  for (const [rank, { words, kind }] of entries.entries()) {
    if (rank % KEYS_A_SLICE === KEYS_A_SLICE - 1) yield
    keys.push({ key: keyOf(words), rank })
    const together = words.replaceAll(' ', '')
    // Names are typed without their spaces and signs: "cocacola", "노스페이스".
    if (kind === 'brand' && together !== words) keys.push({ key: keyOf(together), rank })
    if (hasHangul(words)) initials.push({ key: initialsOf(together), rank })
  }
  const byKeys = yield* buildPrefixIndex(keys)
  const byInitials = yield* buildPrefixIndex(initials)
  const { whole, lastWord, corrected, isKnownBefore } = completions(entries, byKeys, byInitials)
  return Object.freeze({
    suggest(prefix: string, { limit, languages }: SuggestOptions): readonly Suggestion[] {
      if (prefix.length > MOST_CHARACTERS || limit < 1) return []
      const typed = typedOf(prefix.trimStart())
      if (typed.words === '') return []
      const most = Math.min(limit, mostReady)
      const found = whole(typed, most)
      if (found.length < most && isKnownBefore(typed)) found.push(...lastWord(typed, most))
      if (found.length === 0) found.push(...corrected(typed, most, languages))
      if (found.length === 0) found.push(...lastWord(typed, most))
      const distinct = new Map(found.toReversed().map((entry) => [entry.words, entry]))
      const inOrder = found.filter((entry) => distinct.get(entry.words) === entry)
      return Object.freeze(inOrder.slice(0, most).map((entry) => suggestionOf(entry, typed)))
    },
  })
}

function suggestionOf({ kind, text, path, count }: SuggestionEntry, { key }: Typed): Suggestion {
  const matched = Object.freeze([0, matchedEnd(text, key)] as const)
  return Object.freeze(path === undefined ? { kind, text, count, matched } : { kind, text, path, count, matched })
}

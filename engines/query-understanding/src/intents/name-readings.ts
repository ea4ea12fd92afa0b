import { isColourTerm } from './colour-values.ts'
import type { IntentLexicon } from './intent-lexicon.ts'
import type { LexiconEntry } from './lexicon-entry.ts'
import { differOnlyInNumber } from './number-forms.ts'
import type { QueryToken } from './query-token.ts'
import { isPreposition } from './query-words.ts'
import { type StemmedLanguage, stemKey } from './stem-keys.ts'

/** A name of the catalogue over tokens `first` to `last` (excluded). */
export type NameReading = Readonly<{ first: number; last: number; entry: LexiconEntry; confidence: number }>

const LONGEST_NAME = 6
/** Signs that names are written with; others end one. */
const JOINTS: ReadonlySet<string> = new Set(["'", '-', '&', '.', '/', '+', '’'])

/**
 * Every name that stands in the query, longest spans first for each place. O(tokens · longest name · languages).
 * A name begins and ends with a word; inside there may be joining signs.
 */
export function nameReadings(
  tokens: readonly QueryToken[],
  lexicon: IntentLexicon,
  languages: readonly StemmedLanguage[],
): NameReading[] {
  const readings: NameReading[] = []
  const stems = languages.map((language) => tokens.map((token) => lexicon.stems.ofToken(token, language)))
  for (let first = 0; first < tokens.length; first++) {
    if (tokens[first]?.kind === 'sign') continue
    let exact = ''
    const stemmed = languages.map(() => '')
    let hasWord = false
    for (let last = first; last < Math.min(tokens.length, first + LONGEST_NAME); last++) {
      const token = tokens[last] as QueryToken
      if (token.kind === 'sign') {
        if (!JOINTS.has(token.text)) break
        continue
      }
      exact += token.text
      hasWord ||= token.kind === 'word'
      add(readings, lexicon.names.get(exact), first, last + 1, exact)
      languages.forEach((language, i) => {
        stemmed[i] += stems[i]?.[last] ?? ''
        if (hasWord) add(readings, lexicon.names.get(stemKey(stemmed[i] as string, language)), first, last + 1, exact)
      })
    }
  }
  return readings
}

/** Whether the name was found at the place already, by another language's stems. Readings of a place stand together at the end. */
function hasReading(readings: readonly NameReading[], first: number, last: number, entry: LexiconEntry): boolean {
  for (let i = readings.length - 1; i >= 0 && readings[i]?.first === first; i--) {
    const other = readings[i] as NameReading
    if (other.last === last && other.entry.value === entry.value && other.entry.kind === entry.kind) return true
  }
  return false
}

function add(
  readings: NameReading[],
  entries: readonly LexiconEntry[] | undefined,
  first: number,
  last: number,
  written: string,
): void {
  if (entries === undefined) return
  for (const entry of entries) {
    if (entry.writing !== undefined && !differOnlyInNumber(entry.writing, written)) continue
    if (!hasReading(readings, first, last, entry)) readings.push({ first, last, entry, confidence: entry.confidence })
  }
}

/** Brands, colours and attribute values that fit their place; the rest is dropped or made less certain. */
export function fittingNames(
  readings: readonly NameReading[],
  tokens: readonly QueryToken[],
  isNamed: (token: number) => boolean,
): NameReading[] {
  return readings
    .filter(({ entry }) => entry.kind !== 'category')
    .flatMap((reading) => {
      const { first, last, entry } = reading
      const [before, after] = [tokens[first - 1]?.text ?? '', tokens[last]?.text ?? '']
      if (entry.notBefore?.has(after) || entry.notAfter?.has(before)) return []
      // "case for samsung" and "삼성용 케이스" are made by somebody else.
      if (entry.kind === 'brand' && (isAfterFor(tokens, first) || after === '용')) return []
      if (entry.isAmbiguous && !isWellPlaced(tokens, first, isNamed)) return []
      return [reading]
    })
}

const FOR: ReadonlySet<string> = new Set(['for', 'para', 'pra', 'compatible', 'fits', 'without', 'sem'])

const isAfterFor = (tokens: readonly QueryToken[], first: number): boolean =>
  first > 1 &&
  (FOR.has(tokens[first - 1]?.text ?? '') ||
    (tokens[first - 1]?.text === 'with' && tokens[first - 2]?.text === 'compatible'))

/** Words before a brand that is asked for beside others. */
const LEADS: ReadonlySet<string> = new Set(['by', 'or', 'and', 'vs', 'ou', 'e'])

/** An ambiguous word is taken for a name at the query's start or behind something that is understood, not behind unknown words. */
function isWellPlaced(tokens: readonly QueryToken[], first: number, isNamed: (token: number) => boolean): boolean {
  const before = tokens[first - 1]
  if (before === undefined || before.kind !== 'word' || isNamed(first - 1)) return true
  return isColourTerm(before.text) || isPreposition(before.text) || LEADS.has(before.text)
}

import type { IntentLexicon } from './intent-lexicon.ts'
import type { NameReading } from './name-readings.ts'
import type { QueryToken } from './query-token.ts'
import { isAfterthought, isFunctionWord, isPreposition, isWearer } from './query-words.ts'

/** Where a language puts the noun that says what a thing is: "laptop bag", "노트북 가방", but "bolsa para notebook". */
export type HeadOrder = 'last' | 'first'

const HANGUL = /\p{sc=Hangul}/u
const SUFFIX_CONFIDENCE = 0.75
const SHORTEST_SUFFIX = 2
/** A category whose name several branches share is named only if one of them is clearly meant. */
const LEAST_SHARE = 0.4

/** The one category that the query asks for: the one that its head noun names. */
export function categoryOf(
  readings: readonly NameReading[],
  tokens: readonly QueryToken[],
  lexicon: IntentLexicon,
  isNamed: (token: number) => boolean,
  order: HeadOrder,
): NameReading | undefined {
  const named = [
    ...readings.filter(({ entry }) => entry.kind === 'category'),
    ...suffixReadings(readings, tokens, lexicon),
  ]
  const longest = named.filter(
    (a) => !named.some((b) => b.first <= a.first && a.last <= b.last && b.last - b.first > a.last - a.first),
  )
  const fitting = longest.filter((reading) => isHead(reading, longest, tokens, isNamed, order))
  const things = fitting.filter(({ first, last }) => last - first > 1 || !isWearer(tokens[first]?.text ?? ''))
  const heads = things.length > 0 ? things : fitting
  if (heads.length === 0) return undefined
  const at =
    order === 'first' ? Math.min(...heads.map(({ first }) => first)) : Math.max(...heads.map(({ last }) => last))
  return mostLikely(
    heads.filter(({ first, last }) => (order === 'first' ? first : last) === at),
    tokens,
  )
}

/** A Korean compound is what its end says: 전기밥솥 is a 밥솥. */
function suffixReadings(
  readings: readonly NameReading[],
  tokens: readonly QueryToken[],
  lexicon: IntentLexicon,
): NameReading[] {
  return tokens.flatMap((token, i) => {
    if (token.kind !== 'hangul' || readings.some(({ first, last }) => first <= i && i < last)) return []
    for (let length = token.text.length - 1; length >= SHORTEST_SUFFIX; length--) {
      const entries = lexicon.names.get(token.text.slice(-length))?.filter(({ kind }) => kind === 'category') ?? []
      if (entries.length > 0)
        return entries.map((entry) => ({
          first: i,
          last: i + 1,
          entry,
          confidence: entry.confidence * SUFFIX_CONFIDENCE,
        }))
    }
    return []
  })
}

function isHead(
  { first, last }: NameReading,
  categories: readonly NameReading[],
  tokens: readonly QueryToken[],
  isNamed: (token: number) => boolean,
  order: HeadOrder,
): boolean {
  if (isAfterPreposition(tokens, first)) return false
  const [next, afterNext] = [tokens[last], tokens[last + 1]]
  if (next === undefined || order === 'first') return next?.text !== '용'
  if (isPreposition(next.text) && next.kind === 'hangul') return false
  if (next.kind === 'sign' || next.kind === 'number' || isNamed(last)) return true
  if (categories.some((other) => other.first === last)) return true
  if (isFunctionWord(next.text) || isAfterthought(next.text) || /\d/.test(next.text)) return true
  // "sunscreen spf 50": a word with a number behind it describes. "headphones wireless": a plural seldom modifies.
  return afterNext?.kind === 'number' || isPlural(tokens[last - 1] as QueryToken)
}

/** Whether something was named before a preposition that stands before the token: "bag for laptop". */
function isAfterPreposition(tokens: readonly QueryToken[], first: number): boolean {
  for (let i = 1; i < first; i++) {
    const token = tokens[i] as QueryToken
    if (
      token.kind !== 'sign' &&
      isPreposition(token.text) &&
      tokens.slice(0, i).some(({ kind, text }) => kind !== 'sign' && !isFunctionWord(text))
    )
      return !startsAnew(tokens, i)
  }
  return false
}

/** "gift from 20 to 30 dollars headphones" : a preposition before a number opens no phrase about another thing. */
const startsAnew = (tokens: readonly QueryToken[], preposition: number): boolean => {
  const next = tokens[preposition + 1]
  return next === undefined || next.kind === 'number' || next.kind === 'sign' || tokens[preposition]?.kind === 'hangul'
}

const isPlural = ({ kind, text }: QueryToken): boolean => kind === 'word' && /[^s]s$/.test(text) && text.length > 3

/** Of categories with one name, the one whose upper categories the query names too, or the one with most products. */
function mostLikely(heads: readonly NameReading[], tokens: readonly QueryToken[]): NameReading | undefined {
  const longest = Math.min(...heads.map(({ first }) => first))
  const rivals = heads.filter(({ first }) => first === longest)
  const paths = new Map<string, NameReading>()
  for (const rival of rivals) {
    const known = paths.get(rival.entry.value)
    if (known === undefined || known.confidence < rival.confidence) paths.set(rival.entry.value, rival)
  }
  const texts = new Set(tokens.map(({ text }) => text))
  const isBacked = ({ entry }: NameReading): boolean => (entry.ancestors ?? []).some((ancestor) => texts.has(ancestor))
  const backed = [...paths.values()].filter(isBacked)
  const all = backed.length > 0 ? backed : [...paths.values()]
  // Where sellers of two languages have a category of one name, the one beside Korean words is Korean.
  const isKorean = tokens.some(({ kind }) => kind === 'hangul')
  const ofScript = all.filter(({ entry }) => HANGUL.test(entry.value) === isKorean)
  const pool = ofScript.length > 0 ? ofScript : all
  const total = pool.reduce((sum, { entry }) => sum + entry.count, 0)
  const best = [...pool].sort((a, b) => b.entry.count - a.entry.count || (a.entry.value < b.entry.value ? -1 : 1))[0]
  if (best === undefined) return undefined
  const share = total === 0 ? 1 : best.entry.count / total
  return share < LEAST_SHARE ? undefined : { ...best, confidence: best.confidence * share }
}

import { hasDigit, hasHangul, type WordToken, wordTokens } from '../vocabulary/word-token.ts'
import type { Correction, Spelling } from './spelling.ts'

/** A part of a query and how else it could be meant. */
export type SpanCorrection = Readonly<{
  /** Offsets in the query, in UTF-16 code units. */
  start: number
  end: number
  surface: string
  /** The likeliest first; never empty. */
  alternatives: readonly Correction[]
}>

export type SpellingReading = Readonly<{
  /** In order of appearance, none overlapping. */
  corrections: readonly SpanCorrection[]
  /** The query as it was probably meant; null where it is right, or where nothing is likely enough. */
  didYouMean: string | null
}>

export type ReadSpellingOptions = Readonly<{
  languages: readonly string[]
  /** Reads words that the catalogue has as well: for a query that found nothing. Default false. */
  evenKnown?: boolean
}>

const MOST_CHARACTERS = 1_000
const MOST_TOKENS = 64
/** Names and words that are looked up by sound or by edits: a query of 400 words costs no more than a long one. */
const MOST_LOOK_UPS = 24
const LONGEST_NAME = 4
const LONGEST_APART = 3
const LEAST_OF_DID_YOU_MEAN = 0.5
const LEAST_OF_A_NAME = 0.5
/** A known word is a brand in the other script only if the brand has this many times its products. */
const RARER_THAN_BRAND = 2
const GAP = /^[\s\-.&'’]{1,3}$/u

type Window = Readonly<{ first: number; last: number; alternatives: readonly Correction[]; isKnown: boolean }>

/** A query while it is read: which of its words are spoken for, and how many look-ups are left. */
interface Draft {
  readonly query: string
  readonly tokens: readonly WordToken[]
  readonly spelling: Spelling
  readonly options: ReadSpellingOptions
  readonly taken: boolean[]
  readonly windows: Window[]
  lookUps: number
}

function isWindow({ query, tokens, taken }: Draft, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) {
    const token = tokens[i]
    if (token === undefined || taken[i] || hasDigit(token.text)) return false
    if (i === first) continue
    const before = tokens[i - 1] as WordToken
    if (hasHangul(before.text) !== hasHangul(token.text) || !GAP.test(query.slice(before.end, token.start)))
      return false
  }
  return true
}

function take(draft: Draft, window: Window): void {
  if (window.alternatives.length === 0) return
  draft.windows.push(window)
  draft.taken.fill(true, window.first, window.last + 1)
}

const wordsIn = ({ tokens }: Draft, first: number, last: number): string[] =>
  tokens.slice(first, last + 1).map(({ text }) => text)

/** Brands written in the other script, longest names first: "the north face", "musinsa standard", "나이키". */
function readNames(draft: Draft): void {
  const { query, tokens, spelling } = draft
  for (let length = LONGEST_NAME; length >= 1; length--) {
    for (let first = 0; first + length <= tokens.length; first++) {
      const last = first + length - 1
      if (!isWindow(draft, first, last)) continue
      const words = wordsIn(draft, first, last)
      const isKnown = words.every(spelling.knows)
      // A word of its own that the catalogue lacks is read below, beside its other readings.
      if ((length === 1 && !isKnown) || draft.lookUps === 0) continue
      draft.lookUps--
      const name = query.slice((tokens[first] as WordToken).start, (tokens[last] as WordToken).end)
      const count = Math.max(1, spelling.count(words.join(' ')))
      const alternatives = spelling
        .transliterate(name)
        .filter(({ confidence, products }) => confidence >= LEAST_OF_A_NAME && products >= RARER_THAN_BRAND * count)
        .map(({ text, confidence }): Correction => ({ text, confidence, distance: 0, how: 'transliteration' }))
      take(draft, { first, last, alternatives, isKnown })
    }
  }
}

function readApart(draft: Draft): void {
  const { tokens, spelling } = draft
  for (let length = LONGEST_APART; length >= 2; length--) {
    for (let first = 0; first + length <= tokens.length; first++) {
      const last = first + length - 1
      if (!isWindow(draft, first, last)) continue
      const words = wordsIn(draft, first, last)
      take(draft, { first, last, alternatives: spelling.rejoin(words), isKnown: words.every(spelling.knows) })
    }
  }
}

function readWords(draft: Draft): void {
  const { query, tokens, spelling, options } = draft
  const { languages, evenKnown = false } = options
  for (const [i, { text, start, end }] of tokens.entries()) {
    if (draft.taken[i] || draft.lookUps === 0) continue
    const isKnown = spelling.knows(text)
    if ((isKnown && !evenKnown) || spelling.isStopWord(text, languages)) continue
    draft.lookUps--
    take(draft, { first: i, last: i, alternatives: spelling.correct(query.slice(start, end), { evenKnown }), isKnown })
  }
}

/** The query with its likeliest corrections in place; a part that the catalogue has stays, unless that is asked for. */
function rewritten({ query, tokens, options }: Draft, windows: readonly Window[]): string | null {
  let text = ''
  let end = 0
  let isChanged = false
  for (const { first, last, alternatives, isKnown } of windows) {
    const [best] = alternatives
    if (best === undefined || best.confidence < LEAST_OF_DID_YOU_MEAN || (isKnown && options.evenKnown !== true))
      continue
    text += query.slice(end, tokens[first]?.start) + best.text
    end = (tokens[last] as WordToken).end
    isChanged = true
  }
  return isChanged ? text + query.slice(end) : null
}

/**
 * Reads the spelling of a query: names in another script, words written apart or together, typing slips. Total; long
 * queries are read at their beginning. O(words), each unknown one some 0.1 ms, at most 24 of them.
 */
export function readSpelling(query: string, spelling: Spelling, options: ReadSpellingOptions): SpellingReading {
  const tokens = wordTokens(query.slice(0, MOST_CHARACTERS)).slice(0, MOST_TOKENS)
  const taken = tokens.map(() => false)
  const draft: Draft = { query, tokens, spelling, options, taken, windows: [], lookUps: MOST_LOOK_UPS }
  readNames(draft)
  readApart(draft)
  readWords(draft)
  const windows = draft.windows.sort((a, b) => a.first - b.first)
  const corrections = windows.map(({ first, last, alternatives }) => {
    const [start, end] = [(tokens[first] as WordToken).start, (tokens[last] as WordToken).end]
    return Object.freeze({ start, end, surface: query.slice(start, end), alternatives: Object.freeze(alternatives) })
  })
  return Object.freeze({ corrections: Object.freeze(corrections), didYouMean: rewritten(draft, windows) })
}

import { widthAt } from './character-class.ts'
import { bigramsOf, isUnitName, joinedTerms } from './chunk-terms.ts'
import type { LanguageRules } from './language-rules.ts'
import type { Lexeme, LexemeKind } from './lexer.ts'
import { type QueryChunk, queryChunks } from './query-chunk.ts'
import { addTerm, addTerms, BOOSTS, chunkDrafts, type Draft } from './query-draft.ts'

export interface QueryTerm {
  readonly term: string
  /** Weight of this term beside the others of its clause: 1 as said, less for what only comes close. */
  readonly boost: number
}

/** One token of a query and the terms that find it; a product matches the clause if it has any of them. */
export interface QueryClause {
  /** The shopper's own spelling: `text.slice(start, end)`. */
  readonly surface: string
  /** Offsets in the query, in UTF-16 code units. */
  readonly start: number
  readonly end: number
  readonly kind: LexemeKind
  readonly isStopWord: boolean
  /** Distinct, never empty, the nearest first. */
  readonly terms: readonly QueryTerm[]
}

export interface AnalyzedQuery {
  /** In order of appearance. */
  readonly clauses: readonly QueryClause[]
  /** Whether the query was longer than the limits and only its beginning was read. */
  readonly isTruncated: boolean
}

export const MAX_QUERY_CHARACTERS = 1_000
export const MAX_QUERY_CLAUSES = 64

/** Joins what white space parts, in the same way as the index does: "17 inch", "1.9 cu. ft.", "롱 코트". */
function joinMeasures(chunks: readonly QueryChunk[], drafts: readonly Draft[][]): void {
  for (let i = 0; i + 1 < chunks.length; i++) {
    const [chunk, second, third] = [chunks[i] as QueryChunk, chunks[i + 1] as QueryChunk, chunks[i + 2]]
    const number = drafts[i]?.at(-1)
    if (number === undefined || chunk.readings[0].edges.tailNumber === undefined) continue
    const isDimension = second.readings[0].edges.dimension !== undefined && third !== undefined
    const unitChunk = isDimension ? third : second
    if (unitChunk.readings[0].edges.headUnit === undefined) continue
    const measured = chunk.readings.map(({ edges }, r) => {
      const dimension = isDimension ? (second.readings[r]?.edges.dimension ?? '') : ''
      return `${edges.tailNumber}${dimension}${unitChunk.readings[r]?.edges.headUnit}`
    })
    absorbUnit(number, measured, unitChunk, drafts[isDimension ? i + 2 : i + 1] as Draft[])
    if (isDimension) drafts[i + 1]?.splice(0)
  }
}

/** Makes a number's clause the clause of the measure; the unit's own clause goes, if it says no more than the unit. */
function absorbUnit(number: Draft, measured: readonly string[], unitChunk: QueryChunk, unitDrafts: Draft[]): void {
  const numbers = [...number.terms.keys()]
  number.terms.clear()
  for (const term of measured) addTerm(number, term, 1)
  for (const term of numbers) addTerm(number, term, BOOSTS.bareNumber)
  const unit = unitChunk.readings[0].lexemes[0] as Lexeme
  if (!isUnitName(unit) || unitChunk.readings[0].compounds[0]?.first === 0) return
  number.end = unitChunk.spanOf(unit)[1]
  unitDrafts.splice(0, unit.kind === 'cjk' ? bigramsOf(unit.text).length : 1)
}

/** A lone Korean syllable is found inside longer words too: "롱 코트" in "롱코트". */
function joinIdeographs(chunks: readonly QueryChunk[], drafts: readonly Draft[][]): void {
  for (let i = 0; i + 1 < chunks.length; i++) {
    const tail = chunks[i]?.readings[0].edges.tailIdeograph
    const head = chunks[i + 1]?.readings[0].edges.headIdeograph
    if (tail === undefined || head === undefined) continue
    const left = drafts[i]?.at(-1)
    const right = drafts[i + 1]?.at(0)
    if (left?.terms.has(tail)) addTerm(left, tail + head, 1)
    if (right?.terms.has(head)) addTerm(right, tail + head, 1)
  }
}

/** The only lexeme of a chunk that is one word, number or model and nothing else. */
function soleLexeme(chunk: QueryChunk | undefined): Lexeme | undefined {
  const lexeme = chunk?.readings[0].lexemes[0]
  if (chunk === undefined || lexeme === undefined || chunk.readings[0].lexemes.length > 1) return undefined
  const isWhole = lexeme.start === 0 && lexeme.end === chunk.text.length
  return isWhole && lexeme.kind !== 'cjk' && lexeme.unit === undefined && /^[^/.]+$/.test(lexeme.text)
    ? lexeme
    : undefined
}

/** Two neighbours may be one name in the catalogue: "dv7 1211ea" in "dv71211ea", "wi fi" in "wifi". */
function joinNeighbours(chunks: readonly QueryChunk[], drafts: readonly Draft[][]): void {
  for (let i = 0; i + 1 < chunks.length; i++) {
    const left = soleLexeme(chunks[i])
    const right = soleLexeme(chunks[i + 1])
    const [leftDraft, rightDraft] = [drafts[i]?.[0], drafts[i + 1]?.[0]]
    if (left === undefined || right === undefined || leftDraft === undefined || rightDraft === undefined) continue
    if (left.kind === 'number' && right.kind === 'number') continue
    const isWord = left.kind === 'word' && right.kind === 'word'
    for (const { rules } of (chunks[i] as QueryChunk).readings) {
      const terms = joinedTerms(left.text + right.text, isWord, rules)
      addTerms(leftDraft, terms, BOOSTS.neighbours, BOOSTS.stem)
      addTerms(rightDraft, terms, BOOSTS.neighbours, BOOSTS.stem)
    }
  }
}

function clip(text: string): string {
  if (text.length <= MAX_QUERY_CHARACTERS) return text
  const isPairCut = widthAt(text, MAX_QUERY_CHARACTERS - 1) === 2
  return text.slice(0, isPairCut ? MAX_QUERY_CHARACTERS - 1 : MAX_QUERY_CHARACTERS)
}

/** Reads a query in every given language at once. O(length × languages), length being limited. */
export function analyzeQueryText(text: string, languages: readonly [LanguageRules, ...LanguageRules[]]): AnalyzedQuery {
  const clipped = clip(text)
  const chunks = queryChunks(clipped, languages)
  const drafts = chunks.map(chunkDrafts)
  joinMeasures(chunks, drafts)
  joinIdeographs(chunks, drafts)
  joinNeighbours(chunks, drafts)
  const all = drafts.flat()
  const clauses = all.slice(0, MAX_QUERY_CLAUSES).map(({ start, end, kind, isStopWord, terms }) =>
    Object.freeze({
      surface: clipped.slice(start, end),
      start,
      end,
      kind,
      isStopWord,
      terms: Object.freeze(Array.from(terms, ([term, boost]) => Object.freeze({ term, boost }))),
    }),
  )
  const isTruncated = clipped.length < text.length || all.length > clauses.length
  return Object.freeze({ clauses: Object.freeze(clauses), isTruncated })
}

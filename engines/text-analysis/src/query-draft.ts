import { bigramsOf, isAdoptedUnit, joinedTerms, lexemeTerms } from './chunk-terms.ts'
import type { Compound } from './compound.ts'
import type { Lexeme, LexemeKind } from './lexer.ts'
import type { QueryChunk, Reading } from './query-chunk.ts'

/** How much a term counts that is not what was typed, but near to it. Chosen by measurement: see DESIGN.md. */
export const BOOSTS = Object.freeze({ stem: 0.8, joined: 1, bareNumber: 0.5, neighbours: 0.5 })

/** A clause while it is being built: neighbours may add to it. */
export interface Draft {
  start: number
  end: number
  readonly kind: LexemeKind
  readonly isStopWord: boolean
  readonly terms: Map<string, number>
}

export function addTerm(draft: Draft, term: string, boost: number): void {
  if ((draft.terms.get(term) ?? 0) < boost) draft.terms.set(term, boost)
}

/** Adds terms most specific first: the first at `boost`, the others at `boost` times `rest`. */
export function addTerms(draft: Draft, terms: readonly string[], boost: number, rest: number): void {
  terms.forEach((term, i) => {
    addTerm(draft, term, i === 0 ? boost : boost * rest)
  })
}

function draftOf(chunk: QueryChunk, index: number): Draft {
  const lexeme = chunk.readings[0].lexemes[index] as Lexeme
  const [start, end] = chunk.spanOf(lexeme)
  const isStopWord = chunk.readings.some(({ rules }) => rules.isStopWord(lexeme.text))
  return { start, end, kind: lexeme.kind, isStopWord, terms: new Map() }
}

function lexemeDraft(chunk: QueryChunk, index: number): Draft {
  const draft = draftOf(chunk, index)
  for (const { lexemes, rules } of chunk.readings) {
    const lexeme = lexemes[index] as Lexeme
    addTerms(draft, lexemeTerms(lexeme, rules), 1, lexeme.kind === 'word' ? BOOSTS.stem : BOOSTS.bareNumber)
  }
  return draft
}

/** One clause for each bigram of a run: a share of the bigrams is then a share of the clauses. */
function ideographDrafts(chunk: QueryChunk, run: Lexeme): Draft[] {
  return bigramsOf(run.text).map(([from, to]) => {
    const [start, end] = chunk.spanOf({ ...run, start: run.start + from, end: run.start + to })
    const terms = new Map([[run.text.slice(from, to), 1]])
    const isStopWord = chunk.readings.some(({ rules }) => rules.isStopWord(run.text))
    return { start, end, kind: run.kind, isStopWord, terms }
  })
}

/** The name that begins at a lexeme, in one reading: whether it is one can depend on how its numbers are read ("250_1.500"). */
const compoundAt = ({ compounds }: Reading, first: number): Compound | undefined =>
  compounds.find((compound) => compound.first === first)

function compoundInAny({ readings }: QueryChunk, first: number): Compound | undefined {
  for (const reading of readings) {
    const compound = compoundAt(reading, first)
    if (compound !== undefined) return compound
  }
  return undefined
}

function addJoined(drafts: readonly Draft[], chunk: QueryChunk, first: number, boost: number): void {
  for (const reading of chunk.readings) {
    const compound = compoundAt(reading, first)
    if (compound === undefined) continue
    const terms = joinedTerms(compound.text, compound.isWord, reading.rules)
    for (const draft of drafts) addTerms(draft, terms, boost, BOOSTS.stem)
  }
}

/** Drafts of a compound's parts, each found by the whole name too; a name without parts of its own is one draft. */
function compoundDrafts(chunk: QueryChunk, { first, last, hasPart }: Compound): Draft[] {
  const drafts: Draft[] = []
  for (let i = first; i <= last; i++) if (hasPart(i)) drafts.push(lexemeDraft(chunk, i))
  if (drafts.length > 0) addJoined(drafts, chunk, first, BOOSTS.joined)
  else {
    const whole = { ...draftOf(chunk, first), end: draftOf(chunk, last).end, isStopWord: false }
    addJoined([whole], chunk, first, 1)
    drafts.push(whole)
  }
  return drafts
}

/** The clauses of one chunk by itself. O(lexemes × languages). */
export function chunkDrafts(chunk: QueryChunk): Draft[] {
  const [{ lexemes }] = chunk.readings
  const drafts: Draft[] = []
  for (let i = 0; i < lexemes.length; i++) {
    const lexeme = lexemes[i] as Lexeme
    const compound = compoundInAny(chunk, i)
    if (compound !== undefined) {
      drafts.push(...compoundDrafts(chunk, compound))
      i = compound.last
    } else if (isAdoptedUnit(lexemes, i)) {
      const number = drafts.at(-1)
      if (number !== undefined) number.end = chunk.spanOf(lexeme)[1]
    } else if (lexeme.kind === 'cjk') drafts.push(...ideographDrafts(chunk, lexeme))
    else drafts.push(lexemeDraft(chunk, i))
  }
  return drafts
}

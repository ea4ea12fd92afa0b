import { widthAt } from './character-class.ts'
import { findCompounds } from './compound.ts'
import { foldText } from './folding.ts'
import type { LanguageRules } from './language-rules.ts'
import { type Lexeme, lexChunk } from './lexer.ts'
import { dimensionOf, leadingUnit, unitOf } from './measure-unit.ts'

/** A chunk's index terms and what its neighbours need to know of it: measures and Korean words span white space. */
export interface ChunkTerms {
  readonly terms: readonly string[]
  /** The number with which the chunk ends, if it carries no unit yet. */
  readonly tailNumber: string | undefined
  /** The unit with which the chunk begins ("gb," or "in.)"). */
  readonly headUnit: string | undefined
  /** Whether the chunk says nothing but that unit: beside a number it gives no term of its own. */
  readonly isUnitOnly: boolean
  /** "cu." and "sq." wait for the length after them. */
  readonly dimension: string | undefined
  readonly headIdeograph: string | undefined
  readonly tailIdeograph: string | undefined
}

/** Names longer than this are cut: no shopper types them, and a term must stay a term. */
const LONGEST_TERM = 64

export const cut = (term: string): string => (term.length > LONGEST_TERM ? term.slice(0, LONGEST_TERM) : term)

/** Offsets of a run's bigrams: [start, end) pairs; a run of one character is its own term. */
export function bigramsOf(run: string): readonly (readonly [start: number, end: number])[] {
  const starts: number[] = []
  for (let i = 0; i < run.length; i += widthAt(run, i)) starts.push(i)
  if (starts.length === 1) return [[0, run.length]]
  return starts.slice(0, -1).map((start, i) => [start, starts[i + 2] ?? run.length])
}

/**
 * A word as written, and its stem: who writes "glasses" prefers glasses to a glass. The stem's term names its language, or
 * one language's word would be found by the stem of another's: "toner" by "ton", as Portuguese has it.
 *
 *     glass      glass     glass~en
 *     glasses    glasses   glass~en
 */
export function wordTerms(word: string, rules: LanguageRules): string[] {
  const stem = rules.stem(word)
  return stem === null ? [cut(word)] : [cut(word), `${cut(stem)}~${rules.stemmer}`]
}

/** Terms of a lexeme by itself, most specific first: a measure is found by number and unit, and by the number. */
export function lexemeTerms(lexeme: Lexeme, rules: LanguageRules): string[] {
  if (lexeme.kind === 'word') return wordTerms(lexeme.text, rules)
  if (lexeme.kind === 'cjk') return bigramsOf(lexeme.text).map(([start, end]) => lexeme.text.slice(start, end))
  const text = cut(lexeme.text)
  return lexeme.unit === undefined ? [text] : [text + lexeme.unit, text]
}

/** Terms of a name without its joining signs, most specific first. */
export const joinedTerms = (text: string, isWord: boolean, rules: LanguageRules): string[] =>
  isWord ? wordTerms(text, rules) : [cut(text)]

/** Whether the lexeme is nothing but a unit's name; a longer Korean run says more than the unit. */
export const isUnitName = (lexeme: Lexeme): boolean => unitOf(lexeme.text) !== undefined

/** Whether the lexeme is the unit of the number just before it in its chunk ("17-inch", "300리터"). */
export function isAdoptedUnit(lexemes: readonly Lexeme[], index: number): boolean {
  const [number, lexeme] = [lexemes[index - 1], lexemes[index] as Lexeme]
  return number?.kind === 'number' && number.unit !== undefined && lexeme.joint !== 'break' && isUnitName(lexeme)
}

function headUnitOf(first: Lexeme | undefined): string | undefined {
  if (first === undefined || first.start !== 0) return undefined
  if (first.kind === 'cjk') return leadingUnit(first.text)
  return first.kind === 'word' ? unitOf(first.text) : undefined
}

const firstIdeograph = (run: string): string => run.slice(0, widthAt(run, 0))
const lastIdeograph = (run: string): string => [...run.slice(-2)].at(-1) as string

/** What a chunk tells its neighbours; shared by index and query so that both join the same things. */
export function chunkEdges(folded: string, lexemes: readonly Lexeme[]): Omit<ChunkTerms, 'terms'> {
  const first = lexemes[0]
  const last = lexemes.at(-1)
  const endsClean = last !== undefined && last.end === folded.length
  const isWholeWord = lexemes.length === 1 && first?.kind === 'word' && first.start === 0
  return {
    tailNumber: endsClean && last.kind === 'number' && last.unit === undefined ? cut(last.text) : undefined,
    headUnit: headUnitOf(first),
    isUnitOnly: lexemes.length === 1 && first !== undefined && first.start === 0 && isUnitName(first),
    dimension: isWholeWord ? dimensionOf(first.text) : undefined,
    headIdeograph: first?.kind === 'cjk' && first.start === 0 ? firstIdeograph(first.text) : undefined,
    tailIdeograph: endsClean && last.kind === 'cjk' ? lastIdeograph(last.text) : undefined,
  }
}

/** Analyses one chunk (text between white space) for the index. O(length). */
export function analyzeChunk(chunk: string, rules: LanguageRules): ChunkTerms {
  const folded = foldText(chunk)
  const lexemes = lexChunk(folded, rules.hasDecimalComma)
  const compounds = findCompounds(lexemes)
  const terms: string[] = []
  // Not spread into one call: a run of ideographs may hold more bigrams than a call takes arguments.
  const add = (added: readonly string[]): void => {
    for (const term of added) terms.push(term)
  }
  let nextCompound = 0
  for (let i = 0; i < lexemes.length; i++) {
    const compound = compounds[nextCompound]
    const isInside = compound !== undefined && i >= compound.first
    const isTerm = !isAdoptedUnit(lexemes, i) && (!isInside || compound.hasPart(i))
    if (isTerm) add(lexemeTerms(lexemes[i] as Lexeme, rules))
    if (isInside && i === compound.last) {
      add(joinedTerms(compound.text, compound.isWord, rules))
      nextCompound++
    }
  }
  return { terms, ...chunkEdges(folded, lexemes) }
}

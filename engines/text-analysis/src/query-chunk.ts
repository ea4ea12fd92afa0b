import { isBlank } from './character-class.ts'
import { type ChunkTerms, chunkEdges } from './chunk-terms.ts'
import { type Compound, findCompounds } from './compound.ts'
import { foldChunk } from './folded-chunk.ts'
import type { LanguageRules } from './language-rules.ts'
import { type Lexeme, lexChunk } from './lexer.ts'

/** One language's reading of a chunk: numbers can differ ("1.500"), the cut into lexemes does not. */
export interface Reading {
  readonly rules: LanguageRules
  readonly lexemes: readonly Lexeme[]
  readonly compounds: readonly Compound[]
  readonly edges: Omit<ChunkTerms, 'terms'>
}

/** A chunk of a query: its lexemes' spans are offsets in the query. */
export interface QueryChunk {
  /** The folded text. */
  readonly text: string
  readonly readings: readonly [Reading, ...Reading[]]
  spanOf(lexeme: Lexeme): readonly [start: number, end: number]
}

function readingOf(text: string, rules: LanguageRules): Reading {
  const lexemes = lexChunk(text, rules.hasDecimalComma)
  return { rules, lexemes, compounds: findCompounds(lexemes), edges: chunkEdges(text, lexemes) }
}

/** Cuts a query at white space and reads each chunk by each language's rules. O(length × languages). */
export function queryChunks(query: string, languages: readonly [LanguageRules, ...LanguageRules[]]): QueryChunk[] {
  const chunks: QueryChunk[] = []
  let index = 0
  while (index < query.length) {
    if (isBlank[query.charCodeAt(index)] === 1) {
      index++
      continue
    }
    const offset = index
    while (index < query.length && isBlank[query.charCodeAt(index)] === 0) index++
    const folded = foldChunk(query.slice(offset, index))
    const [first, ...others] = languages
    chunks.push({
      text: folded.text,
      readings: [readingOf(folded.text, first), ...others.map((rules) => readingOf(folded.text, rules))],
      spanOf: ({ start, end }) => [offset + folded.startOf(start), offset + folded.endOf(end)],
    })
  }
  return chunks
}

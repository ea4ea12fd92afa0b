import { isBlank } from './character-class.ts'
import { analyzeChunk, type ChunkTerms } from './chunk-terms.ts'
import type { LanguageRules } from './language-rules.ts'
import { compactString, type TermCache } from './term-cache.ts'

/** Longer chunks are rare and seldom repeated: they are analysed each time. */
const LONGEST_CACHED_CHUNK = 40

function chunkTerms(chunk: string, rules: LanguageRules, cache: TermCache<ChunkTerms>): ChunkTerms {
  if (chunk.length > LONGEST_CACHED_CHUNK) return analyzeChunk(chunk, rules)
  const known = cache.get(chunk)
  if (known !== undefined) return known
  const key = compactString(chunk)
  const analysed = analyzeChunk(key, rules)
  cache.set(key, analysed)
  return analysed
}

/**
 * Index terms of a text, in order of appearance. O(length).
 *
 * ```
 *   "Wi-Fi 4 GB"   chunks  [Wi-Fi]            [4]      [GB]
 *                  terms    wi fi wifi         4        4gb (the number before, the unit after)
 * ```
 */
export function textTerms(text: string, rules: LanguageRules, cache: TermCache<ChunkTerms>): string[] {
  const terms: string[] = []
  let number: string | undefined
  let dimension = ''
  let ideograph: string | undefined
  let index = 0
  while (index < text.length) {
    if (isBlank[text.charCodeAt(index)] === 1) {
      index++
      continue
    }
    const start = index
    while (index < text.length && isBlank[text.charCodeAt(index)] === 0) index++
    const chunk = chunkTerms(text.slice(start, index), rules, cache)
    if (ideograph !== undefined && chunk.headIdeograph !== undefined) terms.push(ideograph + chunk.headIdeograph)
    const isMeasured = number !== undefined && chunk.headUnit !== undefined
    if (isMeasured) terms.push(number + dimension + chunk.headUnit)
    if (!isMeasured || !chunk.isUnitOnly) for (const term of chunk.terms) terms.push(term)
    if (number !== undefined && chunk.dimension !== undefined && dimension === '') {
      dimension = chunk.dimension
      continue
    }
    number = chunk.tailNumber
    dimension = ''
    ideograph = chunk.tailIdeograph
  }
  return terms
}

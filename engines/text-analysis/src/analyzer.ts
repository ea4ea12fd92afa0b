import { failures } from '@eip/kernel'
import type { ChunkTerms } from './chunk-terms.ts'
import { type LanguageRules, rulesOf } from './language-rules.ts'
import { type AnalyzedQuery, analyzeQueryText } from './query-analysis.ts'
import { createTermCache, type TermCache } from './term-cache.ts'
import { textTerms } from './text-terms.ts'

/** Names the rules that made the terms of an index. It changes with every change of terms: the golden test holds it. */
export const ANALYSIS_VERSION = '1'

export interface AnalyzerOptions {
  /** Chunks remembered for each language (whole number, at least 2; default 65,536, some 20 MB when full). */
  readonly cacheCapacity?: number
}

/**
 * The one way from text to terms, for products and for queries.
 * - Pure: the same text and language give the same terms, in any order of calls, in any process.
 * - Total: no string makes it throw; text without words gives no terms.
 * - Terms are never empty, hold no white space and at most 72 code units.
 * - Every clause of `analyzeQuery(text, …)` is matched by the terms of `analyzeText(text, …)` in any of its languages.
 */
export interface Analyzer {
  /** Index terms of a field's text, in order of appearance, in a fresh array. O(length). */
  analyzeText(text: string, language: string): string[]
  /** Clauses of a query, read in every given language; none given means by script only, without stemming. */
  analyzeQuery(text: string, options: { readonly languages: readonly string[] }): AnalyzedQuery
}

const failure = failures({
  'text-analysis.bad-cache-capacity': { kind: 'invalid', cure: 'Give a whole number of chunks, at least 2.' },
})

const DEFAULT_CAPACITY = 65_536

export function createAnalyzer({ cacheCapacity = DEFAULT_CAPACITY }: AnalyzerOptions = {}): Analyzer {
  if (!Number.isSafeInteger(cacheCapacity) || cacheCapacity < 2) {
    throw failure('text-analysis.bad-cache-capacity', `cacheCapacity is ${cacheCapacity}`, { cacheCapacity })
  }
  const caches = new Map<LanguageRules, TermCache<ChunkTerms>>()
  const cacheOf = (rules: LanguageRules): TermCache<ChunkTerms> => {
    const known = caches.get(rules)
    if (known !== undefined) return known
    // Two generations: together they hold the capacity.
    const created = createTermCache<ChunkTerms>(Math.floor(cacheCapacity / 2))
    caches.set(rules, created)
    return created
  }
  return Object.freeze({
    analyzeText(text: string, language: string): string[] {
      const rules = rulesOf(language)
      return textTerms(text, rules, cacheOf(rules))
    },
    analyzeQuery(text: string, { languages }: { readonly languages: readonly string[] }): AnalyzedQuery {
      const [first = rulesOf('und'), ...others] = new Set(languages.map(rulesOf))
      return analyzeQueryText(text, [first, ...others])
    },
  })
}

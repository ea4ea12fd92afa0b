import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { Filter } from '@eip/product-index'
import { minimumMatches } from './minimum-matches.ts'

export type Relaxed = 'terms' | 'filters'

/** One way to ask the index, and what it gives up. */
export type Attempt = Readonly<{ minimumMatches: number; filters: readonly Filter[]; relaxed: readonly Relaxed[] }>

/**
 * The ways to ask, to be tried in order until something is found: as asked; any word suffices; every word again, but
 * without the filters; both given up. Filters are only dropped for words: who lists a shelf by filters alone wants that
 * shelf, and not the whole shop.
 */
export function attempts(
  query: AnalyzedQuery | null,
  filters: readonly Filter[],
  mode: 'bm25' | 'ranked',
): readonly Attempt[] {
  const minimum = query === null ? 0 : minimumMatches(query, mode)
  const ways: Attempt[] = [{ minimumMatches: minimum, filters, relaxed: [] }]
  if (query === null) return ways
  if (minimum > 1) ways.push({ minimumMatches: 1, filters, relaxed: ['terms'] })
  if (filters.length > 0) ways.push({ minimumMatches: minimum, filters: [], relaxed: ['filters'] })
  if (minimum > 1 && filters.length > 0) ways.push({ minimumMatches: 1, filters: [], relaxed: ['terms', 'filters'] })
  return ways
}

import type { SearchMode } from '@eip/contracts'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { Filter } from '@eip/product-index'
import { minimumMatches } from './minimum-matches.ts'

/** `wishes`: what was read in the query as a filter; `filters`: those, and the ones that were chosen. */
export type Relaxed = 'terms' | 'wishes' | 'filters'

/** One way to ask the index, and what it gives up. Ways that ask for the same filters share the list of them. */
export type Attempt = Readonly<{ minimumMatches: number; filters: readonly Filter[]; relaxed: readonly Relaxed[] }>

type Filters = Readonly<{
  /** Chosen by the shopper. */
  chosen: readonly Filter[]
  /** Read in the query. */
  read: readonly Filter[]
}>

/**
 * The ways to ask, to be tried in order until something is found: as asked; any word suffices; without the filters that
 * were only read in the query; every word again, but without any filter; both given up. Filters are only dropped for
 * words: who lists a shelf by filters alone wants that shelf, and not the whole shop.
 */
export function attempts(query: AnalyzedQuery | null, { chosen, read }: Filters, mode: SearchMode): readonly Attempt[] {
  const all = [...chosen, ...read]
  if (query === null) return [{ minimumMatches: 0, filters: all, relaxed: [] }]
  const minimum = minimumMatches(query, mode)
  const ways: Attempt[] = []
  const add = (filters: readonly Filter[], relaxed: readonly Relaxed[]) => {
    ways.push({ minimumMatches: minimum, filters, relaxed })
    if (minimum > 1) ways.push({ minimumMatches: 1, filters, relaxed: ['terms', ...relaxed] })
  }
  add(all, [])
  if (read.length > 0) add(chosen, ['wishes'])
  if (chosen.length > 0) add([], ['filters'])
  return ways
}

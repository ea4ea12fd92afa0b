import type { SearchMode } from '@eip/contracts'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'

/**
 * How many of a query's words a product must match: both of two, half of more (rounded up). Two words name a thing
 * together ("red shoes"); of a whole sentence, many words only describe it. Stop words never count, unless there is
 * nothing else. The README has the measurement. Text alone (`bm25`) is the baseline that others are compared with: any
 * word suffices, as it does for them.
 */
export function minimumMatches({ clauses }: AnalyzedQuery, mode: SearchMode): number {
  if (mode === 'bm25') return 1
  const telling = clauses.filter(({ isStopWord }) => !isStopWord).length || clauses.length
  return telling <= 2 ? telling : Math.ceil(telling / 2)
}

import type { AnalyzedQuery } from '@eip/engine-text-analysis'

/**
 * How many of a query's words a product must match: both of two, half of more (rounded up). Two words name a thing
 * together ("red shoes"); of a whole sentence, many words only describe it. Stop words never count, unless there is
 * nothing else. The README has the measurement.
 */
export function minimumMatches({ clauses }: AnalyzedQuery): number {
  const telling = clauses.filter(({ isStopWord }) => !isStopWord).length || clauses.length
  return telling <= 2 ? telling : Math.ceil(telling / 2)
}

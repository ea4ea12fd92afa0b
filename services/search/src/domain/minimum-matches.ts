import type { AnalyzedQuery } from '@eip/engine-text-analysis'

const shareOfMany = 0.7

/**
 * How many of a query's words a product must match: all of one or two, 70 % of more. Two words name a thing together
 * ("red shoes"); of a whole sentence, some words only describe it. Stop words never count, unless there is nothing else.
 */
export function minimumMatches({ clauses }: AnalyzedQuery): number {
  const telling = clauses.filter(({ isStopWord }) => !isStopWord).length || clauses.length
  return telling <= 2 ? telling : Math.ceil(shareOfMany * telling)
}

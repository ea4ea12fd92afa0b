import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import { failures } from '@eip/kernel'
import { mostWishes, type RetrievalRequest } from './product-index.port.ts'

const failure = failures({
  'product-index.bad-limit': { kind: 'invalid', cure: 'Ask for 0 to 1,000 candidates, and as many nearest.' },
  'product-index.too-many-wishes': { kind: 'invalid', cure: `Give at most ${mostWishes} wishes.` },
})

const mostCandidates = 1_000

/** What every adapter refuses of a request. */
export function checkRequest({ limit, vector, wishes }: RetrievalRequest): void {
  const checkNumber = (name: string, value: number) => {
    if (!Number.isInteger(value) || value < 0 || value > mostCandidates)
      throw failure('product-index.bad-limit', `"${name}" is ${value}, not a whole number from 0 to ${mostCandidates}`)
  }
  checkNumber('limit', limit)
  if (vector !== null) {
    checkNumber('vector.nearest', vector.nearest)
    if (Number.isNaN(vector.floor)) throw failure('product-index.bad-limit', '"vector.floor" is not a number')
  }
  if (wishes.length > mostWishes)
    throw failure('product-index.too-many-wishes', `"wishes" holds ${wishes.length}, more than ${mostWishes}`)
}

/** What stands beyond in a query is hardly a search any more; the native engine keeps one bit a clause. */
const mostClauses = 32

export type SearchedClause = AnalyzedQuery['clauses'][number]

/**
 * The clauses that are searched for. A stop word beside other words would only let through what matches nothing else;
 * alone it is all that was asked.
 */
export function clausesOf(query: AnalyzedQuery | null): readonly SearchedClause[] {
  const all = query?.clauses ?? []
  const meaningful = all.filter(({ isStopWord }) => !isStopWord)
  return (meaningful.length > 0 ? meaningful : all).slice(0, mostClauses)
}

/** How many clauses a product must match, from 1 to all of them. */
export const neededClauses = ({ minimumMatches }: RetrievalRequest, clauses: readonly unknown[]): number =>
  Math.min(Math.max(1, Math.ceil(minimumMatches)), Math.max(1, clauses.length))

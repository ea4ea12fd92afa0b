import { bestOf, type Candidates, order, type Policy, score } from '@eip/engine-ranking'
import type { Retrieval } from '@eip/product-index'
import type { SortOrder } from '../domain/sort-order.ts'

export type Ranked = Readonly<{ candidates: Candidates; scores: Float64Array; ranks: Uint32Array }>

/** Scores the candidates by the policy, and orders them by it unless the shopper wants a column's order: that is the index's own. */
export function rankHits(retrieval: Retrieval, policy: Policy, sort: SortOrder, now: number): Ranked {
  const { ids, textScores: text, columns } = retrieval
  const candidates = { count: ids.length, text, bestText: bestOf(text, ids.length), columns }
  const scores = score(policy, candidates, now, new Float64Array(ids.length))
  const ranks = sort.by === 'relevance' ? order(scores, ids) : Uint32Array.from(ids, (_, i) => i)
  return { candidates, scores, ranks }
}

import { agreement, byMaximum, fuse, fusionProfiles, type VectorWeight, vectorWeight } from '@eip/engine-fusion'
import { type Candidates, type Guarded, guard, order, type Policy, score, withSunkLast } from '@eip/engine-ranking'
import type { Retrieval } from '@eip/product-index'
import type { QuerySignals } from '../domain/query-signals.ts'
import type { Wish } from '../domain/slot-effect.ts'
import type { SortOrder } from '../domain/sort-order.ts'

export type Ranked = Readonly<{
  candidates: Candidates
  scores: Float64Array
  ranks: Uint32Array
  /** What cannot be bought or delivered. */
  guarded: Guarded
  /** How words and meaning were weighed; null where only one of them was asked. */
  fusion: VectorWeight | null
}>

/** How a query's list is to be ranked. `encoder` is the kind of what read the query; null: its words alone count. */
export type Ranking = Readonly<{
  policy: Policy
  sort: SortOrder
  encoder: 'catalogue' | 'transformer' | null
  signals: QuerySignals
  wishes: readonly Wish[]
  /** Meaning alone: words are not asked. */
  isVectorOnly: boolean
  /** The bit of the shopper's region in a product's coverage; null: not known. */
  region: number | null
  now: number
  /** How many of the ranked are kept. */
  limit: number
}>

/**
 * Scores the candidates by the policy, and orders them by it unless the shopper wants a column's order: that is the index's own. What
 * cannot be delivered stands after all else in either, as the policy's guards say.
 */
export function rankHits(retrieval: Retrieval, ranking: Ranking): Ranked {
  const { ids, columns } = retrieval
  const count = ids.length
  const { text, vector, fusion } = relevance(retrieval, ranking)
  const candidates = { count, text, vector, intent: intentOf(retrieval, ranking.wishes), columns }
  const scores = score(ranking.policy, candidates, ranking.now, new Float64Array(count))
  const guarded = guard(ranking.policy, candidates, ranking.region)
  const inOrder = ranking.sort.by === 'relevance' ? order(scores, ids) : Uint32Array.from(ids, (_, i) => i)
  const ranks = withSunkLast(inOrder, guarded)
  return { candidates, scores, ranks: ranks.subarray(0, ranking.limit), guarded, fusion }
}

type Relevance = Pick<Candidates, 'text' | 'vector'> & Pick<Ranked, 'fusion'>

/** What words and meaning are worth of each candidate, together at most 1. */
function relevance({ ids, textScores, vectorScores, totalByWords, total }: Retrieval, ranking: Ranking): Relevance {
  const count = ids.length
  if (vectorScores === null || ranking.encoder === null) {
    const text = new Float64Array(count)
    byMaximum(textScores, count, text)
    return { text, vector: null, fusion: null }
  }
  const profile = fusionProfiles[ranking.encoder]
  if (ranking.isVectorOnly) {
    const shares = fuse({ count, text: textScores, vector: vectorScores }, { method: 'maximum', vectorWeight: 1 })
    return { ...shares, fusion: null }
  }
  const fusion = vectorWeight(profile, {
    ...ranking.signals,
    foundByWords: totalByWords,
    foundByMeaning: vectorScores.some((cosine) => cosine > 0) ? total : 0,
    agreement: agreement(textScores, vectorScores, count),
  })
  const shares = fuse(
    { count, text: textScores, vector: vectorScores },
    { method: profile.method, vectorWeight: fusion.weight },
  )
  return { ...shares, fusion }
}

/** The share of the wishes that each candidate meets, each counting by how certain it is; null without wishes. */
function intentOf({ wishes: met }: Retrieval, wishes: readonly Wish[]): Float64Array | null {
  const whole = wishes.reduce((sum, { confidence }) => sum + confidence, 0)
  if (whole === 0) return null
  const intent = new Float64Array(met.length)
  for (let i = 0; i < met.length; i++) {
    let sum = 0
    for (let bits = met[i]!; bits !== 0; bits &= bits - 1) sum += wishes[31 - Math.clz32(bits & -bits)]!.confidence
    intent[i] = sum / whole
  }
  return intent
}

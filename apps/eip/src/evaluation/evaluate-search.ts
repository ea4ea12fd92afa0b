import { performance } from 'node:perf_hooks'
import type { SearchContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import {
  isInformative,
  type Judgments,
  mean,
  ndcg,
  orderJudged,
  quantile,
  recall,
  reciprocalRank,
} from './ranking-metrics.ts'

export type SearchMode = 'bm25' | 'ranked'

export type SearchFigures = Readonly<{
  'ndcg@10': number
  'ndcg@10_catalogue': number
  mrr: number
  'recall@100': number
  p50_ms: number
  p95_ms: number
  queries: number
  informative_queries: number
}>

type Evaluation = Readonly<{
  search: Client<SearchContract>
  judgments: ReadonlyMap<string, Judgments>
  mode: SearchMode
  onProgress?: (done: number, total: number) => void
}>

/** Nothing shall be cut short because a machine is busy: quality is measured here, not waiting. */
const patience = { deadlineMs: 60_000 }
const listSize = 100

/**
 * Runs every judged query in one mode.
 * - `ndcg@10`: the judged products alone, in the order of their scores (asked for by id); queries with at least two different grades.
 * - `ndcg@10_catalogue`: the first ten of the whole catalogue, unjudged products counting as irrelevant; queries with a relevant product.
 * - `mrr`, `recall@100`: over the whole catalogue's list, a grade above 0 counting as relevant.
 * - `p50_ms`, `p95_ms`: a page of a hundred of the whole catalogue, in process.
 */
export async function evaluateSearch({ search, judgments, mode, onProgress }: Evaluation): Promise<SearchFigures> {
  const judgedOnly: number[] = []
  const catalogue: number[] = []
  const reciprocal: number[] = []
  const recalls: number[] = []
  const times: number[] = []
  let done = 0
  for (const [query, judged] of judgments) {
    const start = performance.now()
    const { hits } = await search.search({ query, size: listSize, facets: [], mode }, patience)
    times.push(performance.now() - start)
    const list = hits.map((hit) => hit.id)
    const grades = [...judged.values()]
    const whole = ndcg(
      list.slice(0, 10).map((id) => judged.get(id) ?? 0),
      grades,
      10,
    )
    if (whole !== null) {
      catalogue.push(whole)
      reciprocal.push(reciprocalRank(list, judged))
      recalls.push(recall(list, judged) ?? 0)
    }
    if (isInformative(judged)) judgedOnly.push(await judgedNdcg(search, query, judged, mode))
    onProgress?.(++done, judgments.size)
  }
  return {
    'ndcg@10': mean(judgedOnly),
    'ndcg@10_catalogue': mean(catalogue),
    mrr: mean(reciprocal),
    'recall@100': mean(recalls),
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    queries: catalogue.length,
    informative_queries: judgedOnly.length,
  }
}

async function judgedNdcg(
  search: Client<SearchContract>,
  query: string,
  judged: Judgments,
  mode: SearchMode,
): Promise<number> {
  const filters = [...judged.keys()].map((id) => `id:${id}`)
  const scores = new Map<string, number>()
  let requestId: string | undefined
  for (let page = 1; page <= 10 && scores.size === (page - 1) * listSize; page++) {
    const paging = { page, size: listSize, ...(requestId ? { requestId } : {}) }
    const found = await search.search({ query, filters, facets: [], mode, ...paging }, patience)
    for (const { id, score } of found.hits) scores.set(id, score)
    requestId = found.requestId
  }
  const ranked = orderJudged(judged, scores).map((id) => judged.get(id) ?? 0)
  return ndcg(ranked, [...judged.values()], 10) ?? 0
}

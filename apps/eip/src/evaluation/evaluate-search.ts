import { performance } from 'node:perf_hooks'
import type { SearchContract, SearchHit, SearchMode } from '@eip/contracts'
import { type Judgments, mean, ndcg, recall, reciprocalRank } from '@eip/engine-ranking'
import type { Client } from '@eip/rpc'
import { isInformative, orderJudged, quantile } from './ranking-metrics.ts'

/** One way to search: `understand` reads wishes, spelling and synonyms out of the query. */
export type SearchModel = Readonly<{ mode: SearchMode; understand: boolean }>

export const modelName = ({ mode, understand }: SearchModel): string => (understand ? `${mode}+understanding` : mode)

export type SearchFigures = Readonly<{
  'ndcg@10': number
  'ndcg@10_catalogue': number
  mrr: number
  'recall@10': number
  'recall@100': number
  p50_ms: number
  p95_ms: number
  queries: number
  informative_queries: number
}>

/** What both searches said of a query's judged products: text score (0: none of its words) and cosine (NaN: no vector). */
export type JudgedScores = Readonly<{
  judged: Judgments
  /** Those that were found; the others come last, whatever counts how much. */
  found: readonly Readonly<{ id: string; text: number; cosine: number }>[]
}>

export type SearchEvaluation = Readonly<{
  figures: SearchFigures
  /** nDCG@10 on judged products, by query. */
  judged: ReadonlyMap<string, number>
  /** Of each informative query; only of a hybrid search. */
  scores: readonly JudgedScores[]
}>

type Evaluation = Readonly<{
  search: Client<SearchContract>
  judgments: ReadonlyMap<string, Judgments>
  model: SearchModel
  onProgress?: (done: number, total: number) => void
}>

/** Nothing shall be cut short because a machine is busy: quality is measured here, not waiting. */
const patience = { deadlineMs: 60_000 }
const listSize = 100

/**
 * Runs every judged query one way.
 * - `ndcg@10`: the judged products alone, in the order of their scores (asked for by id); queries with at least two different grades.
 * - `ndcg@10_catalogue`: the first ten of the whole catalogue, unjudged products counting as irrelevant; queries with a relevant product.
 * - `mrr`, `recall@10`, `recall@100`: over the whole catalogue's list, a grade above 0 counting as relevant.
 * - `p50_ms`, `p95_ms`: a page of a hundred of the whole catalogue, in process, the query's encoding included.
 */
export async function evaluateSearch({ search, judgments, model, onProgress }: Evaluation): Promise<SearchEvaluation> {
  const judgedOnly = new Map<string, number>()
  const scores: JudgedScores[] = []
  const catalogue: number[] = []
  const reciprocal: number[] = []
  const recalls: Readonly<Record<10 | 100, number[]>> = { 10: [], 100: [] }
  const times: number[] = []
  let done = 0
  for (const [query, judged] of judgments) {
    const start = performance.now()
    const { hits } = await search.search({ query, size: listSize, facets: [], ...model }, patience)
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
      recalls[10].push(recall(list.slice(0, 10), judged) ?? 0)
      recalls[100].push(recall(list, judged) ?? 0)
    }
    if (isInformative(judged)) {
      const found = await judgedHits(search, query, judged, model)
      judgedOnly.set(query, ndcgOf(judged, new Map(found.map(({ id, score }) => [id, score]))))
      if (model.mode === 'hybrid') scores.push(scoresOf(found, judged))
    }
    onProgress?.(++done, judgments.size)
  }
  const figures = {
    'ndcg@10': mean([...judgedOnly.values()]),
    'ndcg@10_catalogue': mean(catalogue),
    mrr: mean(reciprocal),
    'recall@10': mean(recalls[10]),
    'recall@100': mean(recalls[100]),
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    queries: catalogue.length,
    informative_queries: judgedOnly.size,
  }
  return { figures, judged: judgedOnly, scores }
}

/** nDCG@10 of the judged products in the order of these scores. */
export function ndcgOf(judged: Judgments, scores: ReadonlyMap<string, number>): number {
  const ranked = orderJudged(judged, scores).map((id) => judged.get(id) ?? 0)
  return ndcg(ranked, [...judged.values()], 10) ?? 0
}

async function judgedHits(
  search: Client<SearchContract>,
  query: string,
  judged: Judgments,
  model: SearchModel,
): Promise<readonly SearchHit[]> {
  const filters = [...judged.keys()].map((id) => `id:${id}`)
  const explain = model.mode === 'hybrid'
  const found: SearchHit[] = []
  let requestId: string | undefined
  for (let page = 1; page <= 10 && found.length === (page - 1) * listSize; page++) {
    const paging = { page, size: listSize, ...(requestId ? { requestId } : {}) }
    const answer = await search.search({ query, filters, facets: [], explain, ...model, ...paging }, patience)
    found.push(...answer.hits)
    requestId = answer.requestId
  }
  return found
}

const scoresOf = (hits: readonly SearchHit[], judged: Judgments): JudgedScores => ({
  judged,
  found: hits.map(({ id, explanation }) => ({
    id,
    text: explanation?.text.score ?? 0,
    cosine: explanation?.vector?.cosine ?? Number.NaN,
  })),
})

import type { NumberColumn, Retrieval, RetrievalRequest, VectorQuery } from '../product-index.port.ts'
import { checkRequest, clausesOf } from '../retrieval-request.ts'
import { checkQueryVector } from '../vector-checks.ts'
import { planFacets } from './opensearch.facets.ts'
import { cosinesOf, type Neighbour, nearestOf } from './opensearch.nearest.ts'
import { byWordsName, matchesQuery, namedBody, type Question, searchBody, wishName } from './opensearch.queries.ts'
import type { Hit, SearchAnswer, View } from './opensearch.views.ts'

/** What is known of one candidate. */
type Candidate = Readonly<{
  id: string
  textScore: number
  isByWords: boolean
  wishes: number
  columns: readonly number[]
}>

/**
 * vector ─▶ nearest by the graph ─▶ admitted? ─▶ the nearest: their words, wishes, columns ─┐
 *                                                                                          ├─▶ candidates ─▶ cosines
 * words ∪ nearest ─▶ one search: total, facets, the best by words or by column ────────────┘
 */
export async function retrieve(view: View, request: RetrievalRequest): Promise<Retrieval> {
  checkRequest(request)
  const { vector } = request
  const clauses = clausesOf(request.query)
  if (vector !== null)
    checkQueryVector(vector, new Map(view.statistics.encoders.map((each) => [each.encoder, each.dimensions])))
  const neighbours = vector === null ? null : await nearestOf(view, vector, request.filters)
  const question: Question = { request, clauses, nearest: neighbours?.nearest.map(({ id }) => id) ?? null }
  const [found, named] = await Promise.all([search(view, question), describe(view, question)])
  const candidates = candidatesOf(found, named, question)
  const plan = planFacets(request.facets)
  return {
    total: found.total,
    totalByWords: totalByWords(found.total, named, question),
    ids: candidates.map(({ id }) => id),
    textScores: Float64Array.from(candidates, ({ textScore }) => textScore),
    vectorScores: vector === null ? null : await scoresOf(view, vector, candidates, neighbours!.known),
    wishes: Uint32Array.from(candidates, ({ wishes }) => wishes),
    columns: columnsOf(candidates, request.columns),
    facets: await plan.read(found.aggregations, async (aggs) => {
      const answer = await view.search({ query: matchesQuery(question), size: 0, aggs })
      return answer.aggregations ?? {}
    }),
    statistics: view.statistics,
  }
}

type Found = Readonly<{
  total: number
  candidates: readonly Candidate[]
  aggregations: NonNullable<SearchAnswer['aggregations']>
}>

async function search(view: View, question: Question): Promise<Found> {
  const { aggregations } = planFacets(question.request.facets)
  const answer = await view.search({ ...searchBody(question), aggs: aggregations })
  return {
    total: answer.hits.total!.value,
    candidates: answer.hits.hits.map((hit) => candidateOf(hit, question.request)),
    aggregations: answer.aggregations ?? {},
  }
}

/** The nearest, each with what its words are worth; by id. */
async function describe(view: View, { request, clauses, nearest }: Question): Promise<ReadonlyMap<string, Candidate>> {
  if (nearest === null || nearest.length === 0) return new Map()
  const { hits } = await view.search(namedBody(request, clauses, nearest))
  return new Map(hits.hits.map((hit) => [String(hit.fields!.id![0]), candidateOf(hit, request)]))
}

const scoreScale = 1e6

function candidateOf({ _score, fields, matched_queries = [] }: Hit, request: RetrievalRequest): Candidate {
  const names = new Set(matched_queries)
  return {
    id: String(fields!.id![0]),
    // A score travels as a 32-bit float; the millionth that it stands for is the nearest one.
    textScore: Math.round((_score ?? 0) * scoreScale) / scoreScale,
    isByWords: names.has(byWordsName),
    wishes: request.wishes.reduce((bits, _, at) => bits | (Number(names.has(wishName(at))) << at), 0),
    columns: request.columns.map((column) => Number(fields![`numbers.${column}`]?.[0] ?? Number.NaN)),
  }
}

/** By column: as found. By score: what words found, then the nearest that are not among these, best first. */
function candidatesOf(
  { candidates }: Found,
  named: ReadonlyMap<string, Candidate>,
  { request, nearest, clauses }: Question,
): readonly Candidate[] {
  if (nearest === null || request.order !== 'score') return candidates
  const byWords = clauses.length === 0 ? [] : candidates.filter(({ textScore }) => textScore > 0)
  const taken = new Set(byWords.map(({ id }) => id))
  const meant = nearest.filter((id) => !taken.has(id)).flatMap((id) => named.get(id) ?? [])
  return [...byWords, ...meant]
}

function totalByWords(total: number, named: ReadonlyMap<string, Candidate>, { nearest }: Question): number {
  if (nearest === null) return total
  return total - [...named.values()].filter(({ isByWords }) => !isByWords).length
}

/** The exact cosine of every candidate, whatever found it. */
async function scoresOf(
  view: View,
  vector: VectorQuery,
  candidates: readonly Candidate[],
  known: ReadonlyMap<string, number>,
): Promise<Float64Array> {
  const unknown = candidates.map(({ id }) => id).filter((id) => !known.has(id))
  const others = await cosinesOf(view, vector, unknown)
  const more = new Map(others.map(({ id, cosine }: Neighbour) => [id, cosine]))
  return Float64Array.from(candidates, ({ id }) => known.get(id) ?? more.get(id) ?? Number.NaN)
}

const columnsOf = (candidates: readonly Candidate[], names: readonly NumberColumn[]): Retrieval['columns'] =>
  Object.fromEntries(names.map((name, at) => [name, Float64Array.from(candidates, ({ columns }) => columns[at]!)]))

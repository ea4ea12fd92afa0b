import { indexSchema } from '../product-document.ts'
import type { Filter, NumberColumn, RetrievalRequest } from '../product-index.port.ts'
import { neededClauses, type SearchedClause } from '../retrieval-request.ts'
import { admitting, everything, filterQuery, nothing, oneOf } from './opensearch.filters.ts'
import type { Json } from './opensearch.names.ts'

const weightedFields = indexSchema.fields.map(({ name, weight }) => `terms.${name}^${weight}`)

/** One word over all fields as if they were one: Lucene's BM25F, the formula of the native engine. */
const termQuery = ({ term, boost }: SearchedClause['terms'][number]): Json => ({
  combined_fields: { query: term, fields: weightedFields, ...(boost !== 1 && { boost }) },
})

/** The terms of a clause are spellings of one wish: it is worth as much as the best of them. */
export const clauseQuery = ({ terms }: SearchedClause): Json =>
  terms.length === 1 ? termQuery(terms[0]!) : { dis_max: { queries: terms.map(termQuery), tie_breaker: 0 } }

/** Matches what has as many of the clauses as are asked for, and scores it by all that it has. */
export function wordsQuery(request: RetrievalRequest, clauses: readonly SearchedClause[]): Json {
  if (clauses.length === 0) return nothing
  const should = clauses.map(clauseQuery)
  return { bool: { should, minimum_should_match: neededClauses(request, clauses) } }
}

/** The order of scores is that of millionths, in every adapter. Where nothing is scored, nothing has to be rounded. */
const inMillionths = (query: Json): Json => ({
  script_score: { query, script: { source: 'Math.round(_score * 1000000.0) / 1000000.0' } },
})

const unscored = (query: Json, name?: string): Json => ({
  constant_score: { filter: query, boost: 0, ...(name !== undefined && { _name: name }) },
})

export const wishName = (at: number): string => `wish ${at}`
export const byWordsName = 'words'

/** Says of each hit which wishes it meets, and excludes none for it. */
const withWishes = (query: Json, wishes: readonly Filter[]): Json =>
  wishes.length === 0
    ? query
    : { bool: { must: [query], should: wishes.map((wish, at) => unscored(filterQuery(wish), wishName(at))) } }

export type Question = Readonly<{
  request: RetrievalRequest
  clauses: readonly SearchedClause[]
  /** The nearest that were found for the request's vector; null without one. */
  nearest: readonly string[] | null
}>

/** Everything that the request matches, by words or by meaning: what totals and facets count. */
export function matchesQuery({ request, clauses, nearest }: Question): Json {
  const filter = admitting(request.filters)
  if (nearest !== null)
    return { bool: { filter, should: [wordsQuery(request, clauses), oneOf('id', nearest)], minimum_should_match: 1 } }
  return { bool: { filter: request.query === null ? filter : [...filter, wordsQuery(request, clauses)] } }
}

/**
 * What is asked of the words' index.
 *
 *   by score    words: their score │ the nearest that no words found: 0     so these come last, and stand for themselves
 *   by column   all that match, in the column's order, each with the score of all its words
 */
export function searchBody(question: Question): Json {
  const { request, clauses, nearest } = question
  const { order, limit, columns, wishes } = request
  const query = order === 'score' ? scoredByWords(question) : withScores(matchesQuery(question), clauses)
  return {
    query: withWishes(clauses.length === 0 ? query : inMillionths(query), wishes),
    sort: order === 'score' ? byScore : byColumn(order),
    ...(order !== 'score' && { track_scores: true }),
    size: nearest !== null && clauses.length === 0 && order === 'score' ? 0 : limit,
    track_total_hits: true,
    ...hitFields(columns),
  }
}

function scoredByWords({ request, clauses, nearest }: Question): Json {
  const filter = admitting(request.filters)
  if (request.query === null && nearest === null) return { bool: { filter } }
  const meant = nearest === null ? [] : [unscored(oneOf('id', nearest))]
  return { bool: { filter, should: [wordsQuery(request, clauses), ...meant], minimum_should_match: 1 } }
}

const withScores = (filter: Json, clauses: readonly SearchedClause[]): Json => ({
  bool: { filter: [filter], should: clauses.map(clauseQuery), minimum_should_match: 0 },
})

/** Of the products named, those that the filters admit, with the score of all their words and whether these were enough. */
export function namedBody(request: RetrievalRequest, clauses: readonly SearchedClause[], ids: readonly string[]): Json {
  const admitted = { bool: { filter: [...admitting(request.filters), oneOf('id', ids)] } }
  const scored = clauses.length === 0 ? admitted : inMillionths(withScores(admitted, clauses))
  const byWords = unscored(wordsQuery(request, clauses), byWordsName)
  const named = { bool: { must: [scored], should: [byWords] } }
  return { query: withWishes(named, request.wishes), size: ids.length, ...hitFields(request.columns) }
}

const byId = Object.freeze({ id: { order: 'asc' } })
const byScore = Object.freeze([{ _score: { order: 'desc' } }, byId])
const byColumn = ({ column, direction }: Exclude<RetrievalRequest['order'], 'score'>): readonly Json[] => [
  { [`numbers.${column}`]: { order: direction === 'ascending' ? 'asc' : 'desc', missing: '_last' } },
  byId,
]

const hitFields = (columns: readonly NumberColumn[]): Json => ({
  _source: false,
  docvalue_fields: ['id', ...columns.map((column) => `numbers.${column}`)],
})

/** The ids that the filters admit, a page in the order of ids. */
export const admittedBody = (filters: readonly Filter[], size: number, after: string | null): Json => ({
  query: { bool: { filter: admitting(filters) } },
  sort: [byId],
  size,
  ...(after !== null && { search_after: [after] }),
  ...hitFields([]),
  track_total_hits: true,
})

/** One more than the cosine: a score is not below zero. */
const cosineScript = 'cosineSimilarity(params.vector, doc[params.field]) + 1.0'
export const cosineOf = (score: number): number => score - 1

const byCosine = (query: Json, vector: Float32Array, size: number): Json => ({
  query: {
    script_score: {
      query,
      script: { source: cosineScript, params: { vector: Array.from(vector), field: 'vector' } },
    },
  },
  size,
  ...hitFields([]),
})

/** About the `k` nearest of all vectors by the graph, each with its exact cosine. */
export const nearestBody = (vector: Float32Array, k: number): Json =>
  byCosine({ knn: { vector: { vector: Array.from(vector), k } } }, vector, k)

/** The exact cosines of the products named, as far as they have a vector. */
export const cosinesBody = (vector: Float32Array, ids: readonly string[]): Json =>
  byCosine({ bool: { filter: [oneOf('id', ids), { exists: { field: 'vector' } }] } }, vector, ids.length)

export const countBody = (query: Json = everything): Json => ({ query, size: 0, track_total_hits: true })

/** What is shown of the products named. */
export const shownBody = (ids: readonly string[]): Json => ({
  query: { bool: { filter: admitting([{ kind: 'ids', anyOf: ids }]) } },
  size: ids.length,
  _source: ['shown'],
})

/** How the text scores of the products named come about. */
export const explainBody = (ids: readonly string[], clauses: readonly SearchedClause[]): Json => {
  const filter = admitting([{ kind: 'ids', anyOf: ids }])
  return {
    query: inMillionths({ bool: { filter, should: clauses.map(clauseQuery), minimum_should_match: 1 } }),
    size: ids.length,
    explain: true,
    ...hitFields([]),
  }
}

export const vectorBody = (id: string): Json => ({ query: oneOf('id', [id]), size: 1, _source: ['vector'] })

/** Titles and brands of one product in `every`, page by page in the order of ids. */
export const titlesBody = (below: number, size: number, after: string | null): Json => ({
  ...admittedBody([], size, after),
  query: { bool: { filter: [...admitting([]), { range: { sample: { lt: below } } }] } },
  _source: ['shown.title', 'shown.brand'],
})

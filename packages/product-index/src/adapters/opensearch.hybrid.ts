import type { SearchedClause } from '../retrieval-request.ts'
import type { Connection } from './opensearch.connection.ts'
import { admitting } from './opensearch.filters.ts'
import { type IndexSettings, productsIndex, vectorField } from './opensearch.mapping.ts'
import type { Json } from './opensearch.names.ts'
import { clauseQuery } from './opensearch.queries.ts'
import type { SearchAnswer } from './opensearch.views.ts'

/*
 * The cluster's own way to bring words and meaning together, to be compared with ours: it fuses within the cluster, but
 * counts no exact union, and needs words and vectors in one document.
 */

/** How the cluster brings the scores of both together. Without one of these, a hybrid query answers with nonsense. */
export const hybridPipelines = Object.freeze({
  'hybrid-normalised': {
    description: 'Scores of words and of meaning, each brought to 0 to 1, as their weighted mean',
    phase_results_processors: [
      {
        'normalization-processor': {
          normalization: { technique: 'min_max' },
          combination: { technique: 'arithmetic_mean', parameters: { weights: [0.5, 0.5] } },
        },
      },
    ],
  },
  'hybrid-reciprocal-rank': {
    description: 'Ranks by words and by meaning, as the sum of their reciprocals',
    phase_results_processors: [{ 'score-ranker-processor': { combination: { technique: 'rrf', rank_constant: 60 } } }],
  },
}) satisfies Readonly<Record<string, Json>>
export type HybridPipeline = keyof typeof hybridPipelines

/** Words, columns and one encoder's vectors in one document, as a hybrid query needs them. */
export function hybridIndex(settings: IndexSettings, dimensions: number): Json {
  const { settings: basic, mappings } = productsIndex(settings) as {
    settings: Json
    mappings: Json & { properties: Json }
  }
  const vector = vectorField(settings.vectorEngine, dimensions)
  return {
    settings: { ...basic, knn: true },
    mappings: { ...mappings, properties: { ...mappings.properties, vector } },
  }
}

export type HybridQuestion = Readonly<{ clauses: readonly SearchedClause[]; vector: Float32Array; limit: number }>

export const hybridBody = ({ clauses, vector, limit }: HybridQuestion): Json => ({
  query: {
    hybrid: {
      queries: [
        { bool: { should: clauses.map(clauseQuery), filter: admitting([]), minimum_should_match: 1 } },
        { knn: { vector: { vector: Array.from(vector), k: limit, filter: { bool: { filter: admitting([]) } } } } },
      ],
    },
  },
  size: limit,
  _source: false,
})

/** The pipeline is sent along: a hybrid search cannot be made without one. */
export const searchHybrid = (
  connection: Connection,
  index: string,
  question: HybridQuestion,
  pipeline: HybridPipeline,
): Promise<SearchAnswer> =>
  connection.call({
    method: 'POST',
    path: `/${index}/_search`,
    body: { ...hybridBody(question), search_pipeline: hybridPipelines[pipeline] },
  })

import { createAnalyzer } from '@eip/engine-text-analysis'
import { seededRandom } from '@eip/kernel'
import { vectorNear } from '../generated-catalogue.bench.ts'
import { benchFacets } from '../hybrid.bench.ts'
import { numberColumns, type RetrievalRequest } from '../product-index.port.ts'
import type { BesideCatalogue } from './catalogue.bench.ts'

export const encoder = 'bench'
export const dimensions = 384
/** Candidates and nearest as the search service asks for them. */
const candidates = 1_000
const nearest = 100
const firstPage = 20
/** The share of a query's words that must match. */
const enoughWords = 0.7

/** A way of asking; `target`: so many times OpenSearch's questions a second are aimed at. */
export type BesideCase = Readonly<{
  name: string
  target: number | null
  /** One for each query, the same for both sides. */
  requests: readonly RetrievalRequest[]
}>

/** Beyond, words with facets have a target of their own. */
const largeCatalogue = 1_000_000

/** `vectors`: of all products, one after the other; null: words only. */
export function besideCases(
  catalogue: BesideCatalogue,
  prices: Readonly<{ minimum: number; maximum: number }>,
  vectors: Float32Array | null,
): readonly BesideCase[] {
  const asked = wordsOf(catalogue)
  const facets = { facets: benchFacets }
  const isLarge = catalogue.count >= largeCatalogue
  const words: readonly BesideCase[] = [
    { name: 'lexical', target: isLarge ? null : 20, requests: asked },
    { name: 'lexical, one page', target: null, requests: with_(asked, { limit: firstPage }) },
    { name: 'lexical with facets', target: isLarge ? 5 : null, requests: with_(asked, facets) },
  ]
  if (vectors === null) return words
  const random = seededRandom(2)
  const filters = [{ kind: 'range', column: 'price', ...prices } as const]
  const both = asked.map((request) => {
    const values = vectorNear(vectors, random.integer(catalogue.count), dimensions, random)
    return { ...request, ...facets, filters, vector: { encoder, values, nearest, floor: -1 } }
  })
  return [...words, { name: 'hybrid with facets and a filter', target: 10, requests: both }]
}

const with_ = (requests: readonly RetrievalRequest[], fields: Partial<RetrievalRequest>) =>
  requests.map((request) => ({ ...request, ...fields }))

/** Queries are analysed beforehand: both sides search for the same terms. */
function wordsOf({ queries, languages }: BesideCatalogue): RetrievalRequest[] {
  const analyzer = createAnalyzer()
  return queries.map((text) => {
    const query = analyzer.analyzeQuery(text, { languages })
    return {
      ...{ query, vector: null, minimumMatches: Math.ceil(query.clauses.length * enoughWords) },
      ...{ filters: [], wishes: [], facets: [], order: 'score', limit: candidates, columns: numberColumns },
    }
  })
}

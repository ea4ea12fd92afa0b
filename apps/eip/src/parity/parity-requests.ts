import type { Product } from '@eip/contracts'
import { majorUnits } from '@eip/contracts'
import { type AnalyzedQuery, createAnalyzer } from '@eip/engine-text-analysis'
import { type Random, seededRandom } from '@eip/kernel'
import type { FacetRequest, Filter, RetrievalRequest } from '@eip/product-index'
import type { AskedCatalogue } from './asked-catalogue.ts'
import type { AskedVectors } from './catalogue-vectors.ts'
import type { NearestProducts } from './difference-cause.ts'
import { cosinesTo, exactlyNearest, floorOf } from './exact-nearest.ts'

export const portModels = ['bm25', 'filtered', 'vector', 'hybrid'] as const
/** What both engines are asked at the port. */
export type PortModel = (typeof portModels)[number]

export type ParityRequest = Readonly<{
  text: string
  request: RetrievalRequest
  /** What is exactly nearest; null without a vector. */
  nearest: NearestProducts | null
}>

const languages = ['en', 'ko', 'pt'] as const
const facets: readonly FacetRequest[] = [
  { kind: 'keyword', column: 'brand', limit: 10 },
  { kind: 'keyword', column: 'seller', limit: 10 },
  { kind: 'category', limit: 20 },
  { kind: 'attribute', name: null, limit: 5 },
  { kind: 'range', column: 'price', edges: [20, 50, 200, 500] },
  { kind: 'range', column: 'rating', edges: [1, 2, 3, 4] },
]

/** Candidates of lists that are fused, and nearest that join the words' own, as search asks for. */
const candidates = 200
const nearest = 100
/** As much of a list is compared. */
export const comparedLength = 50

const plain: RetrievalRequest = {
  ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] },
  ...{ order: 'score', limit: comparedLength },
}

/** Every query in each way, the same ones for the same catalogue. A query that the encoder cannot read is asked by its words alone. */
export function parityRequests(
  catalogue: AskedCatalogue,
  vectors: AskedVectors,
): Readonly<Record<PortModel, readonly ParityRequest[]>> {
  const random = seededRandom(9)
  const analyzer = createAnalyzer()
  const made: Record<PortModel, ParityRequest[]> = { bm25: [], filtered: [], vector: [], hybrid: [] }
  for (const [at, text] of catalogue.queries.entries()) {
    const query = analyzer.analyzeQuery(text, { languages })
    const filters = filtersFor(catalogue.products, random)
    made.bm25.push({ text, request: { ...plain, query }, nearest: null })
    made.filtered.push({ text, request: filtered(query, filters, random), nearest: null })
    const values = vectors.queries[at] ?? null
    if (values === null) continue
    const cosines = cosinesTo(vectors.catalogue, values)
    const asked = (floor: number, wanted: number, request: Omit<RetrievalRequest, 'vector'>): ParityRequest => ({
      text,
      request: { ...request, vector: { encoder: vectors.catalogue.encoder, values, nearest: wanted, floor } },
      nearest: exactlyNearest(catalogue.products, cosines, { nearest: wanted, floor, filters: request.filters }),
    })
    made.vector.push(asked(-1, comparedLength, plain))
    const both = { ...plain, query, minimumMatches: minimumMatches(query), facets, limit: candidates }
    made.hybrid.push(asked(floorOf(cosines), nearest, { ...both, filters: random.integer(4) === 0 ? filters : [] }))
  }
  return made
}

function filtered(query: AnalyzedQuery, filters: readonly Filter[], random: Random): RetrievalRequest {
  const isByPrice = random.integer(5) === 0
  return {
    ...{ ...plain, query, filters, facets },
    minimumMatches: 1 + random.integer(3),
    ...(isByPrice && { order: { column: 'price', direction: 'ascending' } as const }),
  }
}

/** Both of two words, half of more, as search asks for where it brings words and meaning together. */
function minimumMatches({ clauses }: AnalyzedQuery): number {
  const telling = clauses.filter(({ isStopWord }) => !isStopWord).length || clauses.length
  return telling <= 2 ? telling : Math.ceil(telling / 2)
}

/** Prices below or around that of a product drawn, or its brand: so a filter always admits something. */
function filtersFor(products: readonly Product[], random: Random): readonly Filter[] {
  const { brand, price } = random.pick(products)
  const amount = price === null ? 100 : majorUnits(price)
  const by = random.integer(4)
  if (by === 0 && brand !== null)
    return [{ kind: 'keyword', column: 'brand', anyOf: [brand, random.pick(products).brand ?? brand] }]
  const minimum = by === 1 ? null : amount / 2
  return [{ kind: 'range', column: 'price', minimum, maximum: amount * 2 }]
}

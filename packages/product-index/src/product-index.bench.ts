import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Product } from '@eip/contracts'
import { type Analyzer, createAnalyzer } from '@eip/engine-text-analysis'
import type { IndexDocument, IndexSchema } from '@eip/engine-text-index'
import { type Latency, measureLatency } from '@eip/testkit'
import { openNativeProductIndex } from './adapters/native.product-index.ts'
import { benchFacets } from './hybrid.bench.ts'
import { indexSchema, productMapping } from './product-document.ts'
import type { RetrievalRequest } from './product-index.port.ts'
import type { ProductIndex } from './product-index-writer.port.ts'

export { mergeIndexesAt } from './adapters/opensearch.index-merge.ts'
export { removeIndexesAt } from './adapters/opensearch.index-removal.ts'
export { generatedProducts, generatedVectors } from './generated-catalogue.bench.ts'
export { benchHybrid, type HybridBenchInput, type HybridCase } from './hybrid.bench.ts'

type Filling = Readonly<{
  seconds: number
  per_second: number
  main_thread_longest_ms: number
  bytes_per_product: number
}>
export type ProductIndexBench = Readonly<{
  apply: Filling
  retrieve: Latency
  'retrieve with facets': Latency
  'everything with facets': Latency
  'show 20': Latency
}>

/** What the index makes of products, for measuring the engine below it by itself. */
export function analysedCatalogue(
  products: readonly Product[],
  analyzer: Analyzer,
): Readonly<{ schema: IndexSchema; documents: readonly IndexDocument[] }> {
  return { schema: indexSchema, documents: products.map(productMapping(analyzer)) }
}

const batchSize = 1_000
/**
 * The native index over given products: filling it batch by batch (analysis, indexing, visible to the next query), then
 * asking it one query after the other. Queries are analysed beforehand. `rounds`: how often each query is asked.
 */
export async function benchProductIndex(
  products: readonly Product[],
  queries: readonly string[],
  rounds = 5,
): Promise<ProductIndexBench> {
  const index = await openNativeProductIndex({ dir: null })
  try {
    const apply = await filling(index, products)
    const analyzer = createAnalyzer()
    const asked = queries.map((text) => analyzer.analyzeQuery(text, { languages: ['en'] }))
    const request = (number: number, fields: Partial<RetrievalRequest>): RetrievalRequest => {
      const query = asked[number % asked.length]!
      const minimumMatches = Math.ceil(query.clauses.length * 0.7)
      const columns = ['price', 'rating', 'ratingCount', 'popularity', 'createdAt', 'atp'] as const
      return {
        query,
        vector: null,
        minimumMatches,
        filters: [],
        wishes: [],
        facets: [],
        order: 'score',
        limit: 1_000,
        columns,
        ...fields,
      }
    }
    const ask = (fields: Partial<RetrievalRequest>) => (number: number) =>
      index.reader.retrieve(request(number, fields))
    const { ids } = await index.reader.retrieve(request(0, { query: null }))
    const count = asked.length * rounds
    return {
      apply,
      retrieve: await measureLatency(count, ask({})),
      'retrieve with facets': await measureLatency(count, ask({ facets: benchFacets })),
      'everything with facets': await measureLatency(rounds * 5, ask({ query: null, facets: benchFacets })),
      'show 20': await measureLatency(count, (number) => index.reader.show(ids.slice((number * 7) % 500).slice(0, 20))),
    }
  } finally {
    await index.close()
  }
}

async function filling(index: ProductIndex, products: readonly Product[]): Promise<Filling> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const start = performance.now()
  delay.enable()
  for (let at = 0; at < products.length; at += batchSize) {
    const batch = products.slice(at, at + batchSize)
    await index.writer.apply(
      batch.map((product) => ({ id: product.id, version: 1, product })),
      {},
    )
  }
  delay.disable()
  const seconds = (performance.now() - start) / 1_000
  return {
    seconds,
    per_second: products.length / seconds,
    main_thread_longest_ms: delay.max / 1e6,
    bytes_per_product: index.writer.statistics().bytes / products.length,
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Product } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { openNativeProductIndex } from './adapters/native.product-index.ts'
import type { FacetRequest, RetrievalRequest } from './product-index.port.ts'
import type { ProductIndex } from './product-index-writer.port.ts'

type Latency = Readonly<{ p50_ms: number; p95_ms: number; p99_ms: number; per_second: number }>
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

const batchSize = 1_000
const facets: readonly FacetRequest[] = [
  { kind: 'category', limit: 50 },
  { kind: 'keyword', column: 'brand', limit: 20 },
  { kind: 'range', column: 'price', edges: [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] },
  { kind: 'range', column: 'rating', edges: [1, 2, 3, 4] },
  { kind: 'attribute', name: null, limit: 10 },
]

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
      const columns = ['price', 'rating', 'ratingCount', 'popularity', 'createdAt', 'availability'] as const
      return { query, minimumMatches, filters: [], facets: [], order: 'score', limit: 1_000, columns, ...fields }
    }
    const ask = (fields: Partial<RetrievalRequest>) => (number: number) =>
      index.reader.retrieve(request(number, fields))
    const { ids } = await index.reader.retrieve(request(0, { query: null }))
    const count = asked.length * rounds
    return {
      apply,
      retrieve: await latency(count, ask({})),
      'retrieve with facets': await latency(count, ask({ facets })),
      'everything with facets': await latency(rounds * 5, ask({ query: null, facets })),
      'show 20': await latency(count, (number) => index.reader.show(ids.slice((number * 7) % 500).slice(0, 20))),
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

async function latency(count: number, ask: (number: number) => Promise<unknown>): Promise<Latency> {
  for (let i = 0; i < count; i++) await ask(i)
  const times = new Float64Array(count)
  const start = performance.now()
  for (let i = 0; i < count; i++) {
    const from = performance.now()
    await ask(i)
    times[i] = performance.now() - from
  }
  const perSecond = (count * 1_000) / (performance.now() - start)
  times.sort()
  const at = (share: number) => times[Math.min(count - 1, Math.floor(share * count))]!
  return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), per_second: perSecond }
}

import { type SearchInput, searchContract } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import { systemClock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import { inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry } from '@eip/telemetry'
import { searchHandlers } from './search.service.ts'

/** Milliseconds of one search, and searches in a second, by case. */
type Cases = Record<string, { p50_ms: number; p95_ms: number; p99_ms: number; per_second: number }>

/** The index to search, the analyser that it was built with, and queries to go round in. */
export type SearchBench = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  queries: readonly string[]
  times?: number
}>

/** Searches one after the other through the client that neighbours in the same process have: twenty hits a page. */
export async function benchSearch({ index, analyzer, queries, times = 2_000 }: SearchBench): Promise<Cases> {
  const metrics = metricsRegistry()
  const handlers = searchHandlers({ index, analyzer, clock: systemClock, metrics })
  const client = inProcessClient(serveContract(searchContract, handlers))
  const measure = async (input: SearchInput): Promise<Cases[string]> => {
    const ask = (i: number) => client.search({ ...input, query: queries[i % queries.length]! })
    for (let i = 0; i < times / 5; i++) await ask(i)
    const durations = new Float64Array(times)
    for (let i = 0; i < times; i++) {
      const start = performance.now()
      await ask(i)
      durations[i] = performance.now() - start
    }
    durations.sort()
    const at = (share: number) => durations[Math.min(times - 1, Math.floor(share * times))]!
    const mean = durations.reduce((sum, duration) => sum + duration, 0) / times
    return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), per_second: Math.round(1_000 / mean) }
  }
  try {
    return {
      'search, hits only': await measure({ facets: [] }),
      'search, default facets': await measure({}),
      'search, default facets and explanations': await measure({ explain: true }),
    }
  } finally {
    await metrics.close()
  }
}

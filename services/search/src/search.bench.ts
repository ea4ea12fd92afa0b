import { type SearchInput, searchContract } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import { systemClock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import { inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry } from '@eip/telemetry'
import { type Latency, measureLatency } from '@eip/testkit'
import { searchHandlers } from './search.service.ts'

/** The index to search, the analyser that it was built with, and queries to go round in. */
export type SearchBench = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  queries: readonly string[]
  times?: number
}>

/** Searches one after the other through the client that neighbours in the same process have: twenty hits a page. */
export async function benchSearch({
  index,
  analyzer,
  queries,
  times = 2_000,
}: SearchBench): Promise<Record<string, Latency>> {
  const metrics = metricsRegistry()
  const handlers = searchHandlers({ index, analyzer, clock: systemClock, metrics })
  const client = inProcessClient(serveContract(searchContract, handlers))
  const measure = (input: SearchInput) =>
    measureLatency(times, (i) => client.search({ ...input, query: queries[i % queries.length]! }))
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

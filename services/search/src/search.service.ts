import { type SearchContract, searchContract } from '@eip/contracts'
import { defaultPolicy, type Policy } from '@eip/engine-ranking'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { Clock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import type { Handlers } from '@eip/rpc'
import { defineService } from '@eip/runtime'
import type { MetricsRegistry } from '@eip/telemetry'
import { type KeptResultsLimits, keptResults } from './application/kept-results.ts'
import { searchMetrics } from './application/search-metrics.ts'
import { searchProducts } from './application/search-products.ts'
import { defaultShopLanguages, type ShopLanguages } from './domain/query-language.ts'

export type SearchServiceNeeds = Readonly<{
  index: ProductIndexReader
  /** The one that the index was built with. */
  analyzer: Analyzer
  clock: Clock
  metrics: MetricsRegistry
  /** What `mode: ranked` ranks by (default: the ranking engine's `defaultPolicy`). */
  policy?: Policy
  /** Languages of the shop's products, the commonest first (default: en, ko, pt). */
  languages?: ShopLanguages
  /** How many lists are kept for paging, and how long. */
  keptResults?: KeptResultsLimits
}>

/** Answers to the contract's operations, wherever they are asked from. */
export function searchHandlers(needs: SearchServiceNeeds): Handlers<SearchContract> {
  const { index, analyzer, clock, policy = defaultPolicy, languages = defaultShopLanguages } = needs
  const kept = keptResults(clock, needs.keptResults)
  const metrics = searchMetrics(needs.metrics)
  return { search: searchProducts({ index, analyzer, policy, languages, kept, clock, metrics }) }
}

export const search = defineService({
  name: 'search',
  contract: searchContract,
  calls: [],
  consumes: {},
  publishes: [],
  build: (needs: SearchServiceNeeds) => ({ handlers: searchHandlers(needs) }),
})

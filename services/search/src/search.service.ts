import { type SearchContract, searchContract, synonymChanged } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import { defaultPolicy, type Policy } from '@eip/engine-ranking'
import { type Analyzer, detectLanguage } from '@eip/engine-text-analysis'
import type { TextEncoder } from '@eip/engine-text-encoder'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import { defineService, type RunningService } from '@eip/runtime'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { catalogueKnowledge } from './application/catalogue-knowledge.ts'
import { findSimilar } from './application/find-similar.ts'
import { followRegions, regionTopics } from './application/follow-regions.ts'
import { followSynonyms, synonymTopics } from './application/follow-synonyms.ts'
import { manageSynonyms } from './application/manage-synonyms.ts'
import { placeProduct } from './application/place-product.ts'
import { previewSearch } from './application/preview-search.ts'
import { searchMetrics } from './application/search-metrics.ts'
import { searchProducts } from './application/search-products.ts'
import { encoderTopics, servingEncoder } from './application/serving-encoder.ts'
import { policyTopics, servingPolicy } from './application/serving-policy.ts'
import { suggestCompletions } from './application/suggest-completions.ts'
import { defaultShopLanguages, type ShopLanguages } from './domain/query-language.ts'
import type { KeptResults } from './ports/kept-results.port.ts'
import type { QueryCounts } from './ports/query-counts.port.ts'
import type { SynonymStore } from './ports/synonym-store.port.ts'

export type SearchServiceNeeds = Readonly<{
  index: ProductIndexReader
  /** The one that the index was built with. */
  analyzer: Analyzer
  bus: EventBus
  /** Fetches an encoder's artefact and opens it in a thread of its own. */
  openEncoder: (encoder: string) => Promise<TextEncoder>
  synonyms: SynonymStore
  queryCounts: QueryCounts
  /** Stands on the outbox that `synonyms` writes to, and knows the topic `synonymChanged`. */
  outboxRelay: OutboxRelay
  clock: Clock
  logger: Logger
  metrics: MetricsRegistry
  /** What `mode: ranked` ranks by until a policy is published (default: the ranking engine's `defaultPolicy`). */
  policy?: Policy
  /** Languages of the shop's products, the commonest first (default: en, ko, pt). */
  languages?: ShopLanguages
  keptResults: KeptResults
}>

/** The service with what follows the platform behind it. */
export function searchService(given: SearchServiceNeeds): SearchRunning {
  const needs = { policy: defaultPolicy, languages: defaultShopLanguages, ...given }
  const metrics = searchMetrics(needs.metrics)
  const knowledge = catalogueKnowledge(needs)
  const encoder = servingEncoder(needs)
  const policy = servingPolicy(needs)
  const synonyms = followSynonyms({ ...needs, knowledge })
  const regions = followRegions(needs)
  const parts = { ...needs, metrics, knowledge, encoder, policy, regions, kept: needs.keptResults }
  return {
    handlers: {
      search: searchProducts(parts),
      preview: previewSearch(parts),
      placement: placeProduct(parts),
      similar: findSimilar(parts),
      suggest: suggestCompletions(parts),
      ...manageSynonyms(needs),
    },
    refreshKnowledge: knowledge.refresh,
    async start() {
      // The first long text would wait for the tables to be read.
      detectLanguage('a sentence that is long enough to be counted', { candidates: needs.languages })
      needs.outboxRelay.start()
      await policy.start()
      await synonyms.start()
      await regions.start()
      await encoder.start()
      knowledge.start()
    },
    missing: () => policy.missing() ?? synonyms.missing() ?? regions.missing() ?? encoder.missing(),
    async stop() {
      await knowledge.stop()
      await encoder.stop()
      await regions.stop()
      await synonyms.stop()
      await policy.stop()
      await needs.outboxRelay.close()
      await needs.queryCounts.close()
      await needs.keptResults.close()
    },
  }
}

export type SearchRunning = RunningService<SearchContract> & Readonly<{ refreshKnowledge(): Promise<void> }>

export const search = defineService({
  name: 'search',
  contract: searchContract,
  calls: [],
  consumes: {},
  follows: [...encoderTopics, ...policyTopics, ...synonymTopics, ...regionTopics],
  publishes: [synonymChanged],
  build: searchService,
})

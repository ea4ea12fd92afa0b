import { declareMetrics, durationBuckets, type MetricsRegistry, sharedMetrics } from '@eip/telemetry'

export const declaredMetrics = declareMetrics({
  searchDuration: {
    kind: 'histogram',
    name: 'eip_search_duration_seconds',
    help: 'Time from a search request to its answer, within the search service.',
    labels: [],
    buckets: durationBuckets,
  },
  zeroResults: {
    kind: 'counter',
    name: 'eip_search_zero_results_total',
    help: 'Searches that found nothing as they were asked, by whether relaxing them helped.',
    labels: ['outcome'],
  },
})

const stages = ['analyse', 'encode', 'retrieve', 'rank', 'show', 'explain'] as const
export type SearchStage = (typeof stages)[number]

/** What the search service records, with its labels bound. Durations in seconds. */
export type SearchMetrics = Readonly<{
  /** Runs the work and records how long the stage took, also when it fails. */
  stage<T>(stage: SearchStage, work: () => T | Promise<T>): Promise<T>
  search(seconds: number): void
  /** A look-up of a request id: `miss` where its list is no longer kept, or is another search's. */
  keptPages(result: 'hit' | 'miss'): void
  /** A look-up of a query's vector in memory. */
  queryVector(result: 'hit' | 'miss'): void
  nothingFound(outcome: 'relaxed' | 'empty'): void
  degraded(part: string, reason: string): void
}>

export function searchMetrics(registry: MetricsRegistry): SearchMetrics {
  const { stageDuration, cacheRequests, degraded } = registry.bind(sharedMetrics)
  const { searchDuration, zeroResults } = registry.bind(declaredMetrics)
  const record = Object.fromEntries(stages.map((stage) => [stage, stageDuration.with({ stage })])) as Readonly<
    Record<SearchStage, (seconds: number) => void>
  >
  return Object.freeze({
    async stage<T>(stage: SearchStage, work: () => T | Promise<T>): Promise<T> {
      const start = performance.now()
      try {
        return await work()
      } finally {
        record[stage]((performance.now() - start) / 1000)
      }
    },
    search: searchDuration.with(),
    keptPages: (result) => cacheRequests.add(1, { cache: 'search-pages', result }),
    queryVector: (result) => cacheRequests.add(1, { cache: 'query-vectors', result }),
    nothingFound: (outcome) => zeroResults.add(1, { outcome }),
    degraded: (part, reason) => degraded.add(1, { part, reason }),
  })
}

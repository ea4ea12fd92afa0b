import type { Clock } from '@eip/kernel'
import type { HistogramValue, MetricSnapshot, MetricsRegistry, SeriesValue } from '@eip/telemetry'
import { bucketIncreases, increases } from './counter-increase.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { type OverviewPoint, pointRing } from './point-ring.ts'

/** What is read, by the names under which services declare it. */
const searches = 'eip_search_duration_seconds'
const cacheRequests = 'eip_cache_requests_total'
const indexed = 'eip_indexed_documents_total'
const degraded = 'eip_degraded_total'
const lag = 'eip_consumer_lag'

const keptSeconds = 3_600

/** All that one look at the metrics found. */
type Sample = Readonly<{
  at: number
  searches: readonly HistogramValue[]
  cacheRequests: readonly SeriesValue[]
  indexed: readonly SeriesValue[]
  degraded: readonly SeriesValue[]
  lag: number
}>

export type MetricHistory = Readonly<{
  /** Looks at the metrics; from the second time on, each look adds the point of the time since the one before. */
  sample(): Promise<void>
  /** The last hour at most, oldest first. */
  points(): OverviewPoint[]
}>

/** What a process did, interval by interval, from what its counters say at the ends of the intervals. */
export function metricHistory(
  metrics: Pick<MetricsRegistry, 'snapshot'>,
  clock: Clock,
  intervalSeconds: number,
): MetricHistory {
  const ring = pointRing(Math.max(1, Math.round(keptSeconds / intervalSeconds)))
  const names = [searches, cacheRequests, indexed, degraded, lag]
  let before: Sample | null = null
  return Object.freeze({
    async sample() {
      const now = sampleOf(await metrics.snapshot(names), clock.now())
      if (before !== null) ring.push(pointBetween(before, now, intervalSeconds))
      before = now
    },
    points: ring.points,
  })
}

const sampleOf = (snapshot: MetricSnapshot, at: number): Sample => ({
  at,
  searches: snapshot.histograms(searches),
  cacheRequests: snapshot.values(cacheRequests),
  indexed: snapshot.values(indexed),
  degraded: snapshot.values(degraded),
  lag: sumOf(snapshot.values(lag)),
})

const sumOf = (series: readonly SeriesValue[]): number => series.reduce((sum, { value }) => sum + value, 0)

/** `usualSeconds`: for a clock that was set back, or stood still. */
function pointBetween(before: Sample, now: Sample, usualSeconds: number): OverviewPoint {
  const seconds = now.at > before.at ? (now.at - before.at) / 1_000 : usualSeconds
  const took = bucketIncreases(before.searches, now.searches)
  const quantile = (share: number) => (took === null ? null : histogramQuantile(share, took.bounds, took.counts))
  const lookups = increases(before.cacheRequests, now.cacheRequests).filter(
    ({ labels }) => labels.cache === 'query-vectors',
  )
  const hits = sumOf(lookups.filter(({ labels }) => labels.result === 'hit'))
  const rates = increases(before.degraded, now.degraded).filter(({ value }) => value > 0)
  return {
    at: new Date(now.at).toISOString(),
    queriesPerSecond: (took?.counts ?? []).reduce((sum, count) => sum + count, 0) / seconds,
    p50Seconds: quantile(0.5),
    p95Seconds: quantile(0.95),
    cacheHitRatio: sumOf(lookups) === 0 ? null : hits / sumOf(lookups),
    lag: now.lag,
    indexedPerSecond: sumOf(increases(before.indexed, now.indexed)) / seconds,
    degraded: Object.fromEntries(
      rates.map(({ labels, value }) => [`${labels.part}: ${labels.reason}`, value / seconds]),
    ),
  }
}

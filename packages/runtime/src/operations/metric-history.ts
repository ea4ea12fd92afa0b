import type { Clock } from '@eip/kernel'
import type { HistogramValue, MetricSnapshot, SeriesValue } from '@eip/telemetry'
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

/** What one process has counted. `runs`: `here` or its address; two that answer there by turns are told apart by `process`. */
export type ProcessMetrics = Readonly<{ process: string; runs: string; snapshot: MetricSnapshot }>

/** The named metrics of all processes of the platform. */
export type PlatformMetrics = (names: readonly string[]) => Promise<readonly ProcessMetrics[]>

/** All that one look at the metrics of a process found. */
type Sample = Readonly<{
  at: number
  searches: readonly HistogramValue[]
  cacheRequests: readonly SeriesValue[]
  indexed: readonly SeriesValue[]
  degraded: readonly SeriesValue[]
  lag: readonly SeriesValue[]
}>

export type MetricHistory = Readonly<{
  /** Looks at the metrics; from the second time on, each look adds the point of the time since the one before. */
  sample(): Promise<void>
  /** The last hour at most, oldest first. */
  points(): OverviewPoint[]
}>

/**
 * What the platform did, interval by interval, from what the counters of its processes say at the ends of the intervals. A
 * process counts from the second time on that it is seen: what it did before came in no interval.
 */
export function metricHistory(metrics: PlatformMetrics, clock: Clock, intervalSeconds: number): MetricHistory {
  const ring = pointRing(Math.max(1, Math.round(keptSeconds / intervalSeconds)))
  const names = [searches, cacheRequests, indexed, degraded, lag]
  const before = new Map<string, Sample>()
  let isFirst = true
  return Object.freeze({
    async sample() {
      const processes = await metrics(names)
      const at = clock.now()
      const samples = processes.map(({ process, snapshot }) => ({ process, now: sampleOf(snapshot, at) }))
      const works = samples.flatMap(({ process, now }) => {
        const earlier = before.get(process)
        return earlier === undefined ? [] : [workBetween(earlier, now, intervalSeconds)]
      })
      if (!isFirst) {
        ring.push(
          pointOf(
            at,
            works,
            samples.map(({ now }) => now.lag),
          ),
        )
      }
      isFirst = false
      for (const { process, now } of samples) before.set(process, now)
      // Processes come and go; those that were not seen for as long as points are kept are gone.
      for (const [process, sample] of before) if (sample.at < at - keptSeconds * 1_000) before.delete(process)
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
  lag: snapshot.values(lag),
})

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const valuesOf = (series: readonly SeriesValue[]): readonly number[] => series.map(({ value }) => value)

/** What one process did in one interval; rates are per second. */
type Work = Readonly<{
  took: ReturnType<typeof bucketIncreases>
  searchesPerSecond: number
  hits: number
  lookups: number
  indexedPerSecond: number
  degraded: readonly SeriesValue[]
}>

/** `usualSeconds`: for a clock that was set back, or stood still. */
function workBetween(before: Sample, now: Sample, usualSeconds: number): Work {
  const seconds = now.at > before.at ? (now.at - before.at) / 1_000 : usualSeconds
  const took = bucketIncreases(before.searches, now.searches)
  const lookups = increases(before.cacheRequests, now.cacheRequests).filter(
    ({ labels }) => labels.cache === 'query-vectors',
  )
  return {
    took,
    searchesPerSecond: sumOf(took?.counts ?? []) / seconds,
    hits: sumOf(valuesOf(lookups.filter(({ labels }) => labels.result === 'hit'))),
    lookups: sumOf(valuesOf(lookups)),
    indexedPerSecond: sumOf(valuesOf(increases(before.indexed, now.indexed))) / seconds,
    degraded: increases(before.degraded, now.degraded).map(({ labels, value }) => ({ labels, value: value / seconds })),
  }
}

function pointOf(at: number, works: readonly Work[], lags: readonly (readonly SeriesValue[])[]): OverviewPoint {
  const took = works.map((work) => work.took).filter((each) => each !== null)
  const bounds = took[0]?.bounds ?? []
  const counts = bounds.length === 0 ? [] : [...bounds, 0].map((_, i) => sumOf(took.map((each) => each.counts[i] ?? 0)))
  const quantile = (share: number) => (counts.length === 0 ? null : histogramQuantile(share, bounds, counts))
  const lookups = sumOf(works.map((work) => work.lookups))
  return {
    at: new Date(at).toISOString(),
    queriesPerSecond: sumOf(works.map((work) => work.searchesPerSecond)),
    p50Seconds: quantile(0.5),
    p95Seconds: quantile(0.95),
    cacheHitRatio: lookups === 0 ? null : sumOf(works.map((work) => work.hits)) / lookups,
    lag: lagOf(lags.flat()),
    indexedPerSecond: sumOf(works.map((work) => work.indexedPerSecond)),
    degraded: degradedOf(works.flatMap((work) => work.degraded)),
  }
}

/** Every reader of a group reports the lag of the group, each as of its own moment: the greatest counts, once. */
function lagOf(series: readonly SeriesValue[]): number {
  const groups = Map.groupBy(series, ({ labels }) => JSON.stringify([labels.group, labels.topic]))
  return sumOf([...groups.values()].map((reports) => Math.max(...valuesOf(reports))))
}

function degradedOf(series: readonly SeriesValue[]): Record<string, number> {
  const rates = Map.groupBy(
    series.filter(({ value }) => value > 0),
    ({ labels }) => `${labels.part}: ${labels.reason}`,
  )
  return Object.fromEntries([...rates].map(([part, each]) => [part, sumOf(valuesOf(each))]))
}

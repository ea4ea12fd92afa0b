import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics'

type Labels = Readonly<Record<string, string>>

/** One series of a counter (since the start) or a gauge (now). */
export type SeriesValue = Readonly<{ labels: Labels; value: number }>

/** One series of a histogram since the start: `counts[i]` values were over `bounds[i - 1]` and up to `bounds[i]`, the last over all bounds. */
export type HistogramValue = Readonly<{ labels: Labels; bounds: readonly number[]; counts: readonly number[] }>

/** Metrics at one moment, by name. One without a record has no series. */
export type MetricSnapshot = Readonly<{
  values(name: string): readonly SeriesValue[]
  histograms(name: string): readonly HistogramValue[]
}>

/** The named metrics of what was collected. */
export function snapshotOf({ scopeMetrics }: ResourceMetrics, names: readonly string[]): MetricSnapshot {
  const found = new Map<string, MetricData>()
  for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
    if (names.includes(metric.descriptor.name)) found.set(metric.descriptor.name, metric)
  }
  return Object.freeze({
    values(name: string) {
      const metric = found.get(name)
      if (
        metric === undefined ||
        (metric.dataPointType !== DataPointType.SUM && metric.dataPointType !== DataPointType.GAUGE)
      )
        return []
      return metric.dataPoints.map(({ attributes, value }) => ({ labels: labelsOf(attributes), value }))
    },
    histograms(name: string) {
      const metric = found.get(name)
      if (metric?.dataPointType !== DataPointType.HISTOGRAM) return []
      return metric.dataPoints.map(({ attributes, value: { buckets } }) => ({
        labels: labelsOf(attributes),
        bounds: [...buckets.boundaries],
        counts: [...buckets.counts],
      }))
    },
  })
}

const labelsOf = (attributes: Readonly<Record<string, unknown>>): Labels =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]))

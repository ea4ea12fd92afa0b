import type { HistogramValue, MetricSnapshot } from './metric-snapshot.ts'
import { type MetricFamily, parsePrometheus, type Sample } from './prometheus-text.ts'

/** The metrics of another process, from the page that it shows (`/metrics`). Throws where Prometheus would refuse the page. */
export function scrapedSnapshot(page: string): MetricSnapshot {
  const families = parsePrometheus(page)
  return Object.freeze({
    values(name: string) {
      const family = families.get(name)
      if (family === undefined || family.type === 'histogram') return []
      return family.samples.map(({ labels, value }) => ({ labels, value }))
    },
    histograms(name: string) {
      const family = families.get(name)
      return family?.type === 'histogram' ? histogramsOf(name, family) : []
    },
  })
}

/** Buckets stand on the page added up from the lowest on, one sample each: `le` is its upper bound. */
function histogramsOf(name: string, { samples }: MetricFamily): readonly HistogramValue[] {
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`)
  const series = Map.groupBy(buckets, ({ labels }) => JSON.stringify(Object.entries(withoutBound(labels)).sort()))
  return [...series.values()].map((ofOne) => {
    const ascending = ofOne.toSorted((a, b) => boundOf(a) - boundOf(b))
    return {
      labels: withoutBound(ascending[0]!.labels),
      bounds: ascending.map(boundOf).filter(Number.isFinite),
      counts: ascending.map(({ value }, at) => value - (ascending[at - 1]?.value ?? 0)),
    }
  })
}

const boundOf = ({ labels }: Sample): number => (labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le))

const withoutBound = (labels: Sample['labels']): Sample['labels'] =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== 'le'))

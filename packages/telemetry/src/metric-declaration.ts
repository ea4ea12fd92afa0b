import { failures } from '@eip/kernel'

export const telemetryFailure = failures({
  'telemetry.bad-metric': { kind: 'internal', cure: 'Mend the declaration; the rules stand above declareMetrics.' },
})

type Declared = Readonly<{
  /** `eip_…`, in base units (seconds, bytes, a ratio from 0 to 1), the unit last; counters end in `_total`. */
  name: string
  /** One sentence for whoever reads a chart. */
  help: string
  /** Names of the labels. Their values come from small, fixed sets: every combination is a series that is kept. */
  labels: readonly string[]
}>

/** Only grows: events since the start. */
export type CounterDeclaration = Declared & Readonly<{ kind: 'counter' }>
/** A state that goes up and down. */
export type GaugeDeclaration = Declared & Readonly<{ kind: 'gauge' }>
/** A distribution, counted into buckets by their upper bounds (rising, in the metric's unit). */
export type HistogramDeclaration = Declared & Readonly<{ kind: 'histogram'; buckets: readonly number[] }>

export type MetricDeclaration = CounterDeclaration | GaugeDeclaration | HistogramDeclaration

/** Seconds; from a part of an in-process search to a slow admin call. */
export const durationBuckets: readonly number[] = Object.freeze([
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
])

const foreignUnit =
  /(^|_)(ms|milliseconds?|micros|microseconds?|nanoseconds?|minutes?|hours?|days?|kb|mb|gb|kilobytes?|megabytes?|gigabytes?|bits?|percent|percentage)(_|$)/
const reservedSuffix = /_(total|count|sum|bucket|info)$/
const kindInName = /_(counter|gauge|histogram)(_|$)/
const reservedLabels = ['le', 'quantile', 'job', 'instance']

function fault(metric: MetricDeclaration): string | null {
  const { name, kind } = metric
  if (!/^eip(_[a-z][a-z0-9]*)+$/.test(name)) return 'its name is not eip_ followed by lower-case words'
  if (foreignUnit.test(name)) return 'its name holds a unit that is not a base unit; use seconds, bytes or ratio'
  if (kindInName.test(name)) return 'its name repeats its kind'
  if (kind === 'counter' && !name.endsWith('_total')) return 'a counter ends in _total'
  if (kind !== 'counter' && reservedSuffix.test(name))
    return 'its name ends in a suffix that Prometheus gives a meaning'
  if (metric.help.trim() === '') return 'it has no help'
  const label = metric.labels.find((each) => !/^[a-z][a-z0-9_]*$/.test(each) || reservedLabels.includes(each))
  if (label !== undefined) return `its label "${label}" is reserved or not a lower-case word`
  if (new Set(metric.labels).size !== metric.labels.length) return 'a label stands twice'
  if (kind !== 'histogram') return null
  const isRising = metric.buckets.every(
    (bound, at) => Number.isFinite(bound) && (at === 0 || bound > metric.buckets[at - 1]!),
  )
  return metric.buckets.length > 0 && isRising ? null : 'its buckets are not finite, rising upper bounds'
}

/**
 * Declares metrics as data, next to the code that records them; `MetricsRegistry.bind` makes recorders of them.
 * The rules are those of Prometheus' own linter (https://prometheus.io/docs/practices/naming/), and `eip_` in front.
 */
export function declareMetrics<const Declarations extends Readonly<Record<string, MetricDeclaration>>>(
  declarations: Declarations,
): Declarations {
  for (const metric of Object.values(declarations)) {
    const wrong = fault(metric)
    if (wrong !== null) throw telemetryFailure('telemetry.bad-metric', `metric "${metric.name}": ${wrong}`)
  }
  return Object.freeze(declarations)
}

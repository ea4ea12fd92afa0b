import type { Counter, Histogram } from '@opentelemetry/api'
import type {
  CounterDeclaration,
  GaugeDeclaration,
  HistogramDeclaration,
  MetricDeclaration,
} from './metric-declaration.ts'

/** All labels of a metric, each with its value. */
export type LabelsOf<Metric extends MetricDeclaration> = Readonly<Record<Metric['labels'][number], string>>
// A metric without labels is recorded without a second argument.
type LabelArguments<Metric extends MetricDeclaration> = Metric['labels'] extends readonly []
  ? []
  : [labels: LabelsOf<Metric>]

/** Both forms take whole numbers or fractions ≥ 0. `with` binds the labels once, for hot paths. */
export type CounterRecorder<Metric extends CounterDeclaration> = Readonly<{
  add(amount: number, ...labels: LabelArguments<Metric>): void
  with(...labels: LabelArguments<Metric>): (amount: number) => void
}>

/** Values are in the metric's unit and ≥ 0. `with` binds the labels once, for hot paths. */
export type HistogramRecorder<Metric extends HistogramDeclaration> = Readonly<{
  record(value: number, ...labels: LabelArguments<Metric>): void
  with(...labels: LabelArguments<Metric>): (value: number) => void
}>

/**
 * `set` keeps a value until it is set again. `observe` is asked at every scrape and calls `report` once per series;
 * it answers with the function that ends the observation.
 */
export type GaugeRecorder<Metric extends GaugeDeclaration> = Readonly<{
  set(value: number, ...labels: LabelArguments<Metric>): void
  observe(ask: (report: (value: number, ...labels: LabelArguments<Metric>) => void) => void | Promise<void>): () => void
}>

export type Recorder<Metric extends MetricDeclaration> = Metric extends CounterDeclaration
  ? CounterRecorder<Metric>
  : Metric extends HistogramDeclaration
    ? HistogramRecorder<Metric>
    : Metric extends GaugeDeclaration
      ? GaugeRecorder<Metric>
      : never

type AnyLabels = Readonly<Record<string, string>>

export const counter = (instrument: Counter) =>
  Object.freeze({
    add: (amount: number, labels?: AnyLabels) => instrument.add(amount, labels),
    with: (labels?: AnyLabels) => {
      const held = Object.freeze({ ...labels })
      return (amount: number) => instrument.add(amount, held)
    },
  })

export const histogram = (instrument: Histogram) =>
  Object.freeze({
    record: (value: number, labels?: AnyLabels) => instrument.record(value, labels),
    with: (labels?: AnyLabels) => {
      const held = Object.freeze({ ...labels })
      return (value: number) => instrument.record(value, held)
    },
  })

type Report = (value: number, labels?: AnyLabels) => void

/** `watch` asks its argument at every scrape. Set values are handed over in the same way, so that both kinds may be mixed. */
export function gauge(watch: (ask: (report: Report) => void | Promise<void>) => () => void) {
  const kept = new Map<string, { value: number; labels: AnyLabels | undefined }>()
  return Object.freeze({
    set: (value: number, labels?: AnyLabels) => {
      if (kept.size === 0) watch((report) => kept.forEach((series) => void report(series.value, series.labels)))
      kept.set(JSON.stringify(labels ?? {}), { value, labels })
    },
    observe: watch,
  })
}

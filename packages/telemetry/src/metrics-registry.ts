import type { BatchObservableCallback, Meter } from '@opentelemetry/api'
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { type MetricDeclaration, telemetryFailure } from './metric-declaration.ts'
import { type MetricSnapshot, snapshotOf } from './metric-snapshot.ts'
import { counter, gauge, histogram, type Recorder } from './recorder.ts'

export type Recorders<Declarations extends Readonly<Record<string, MetricDeclaration>>> = Readonly<{
  [Name in keyof Declarations]: Recorder<Declarations[Name]>
}>

/**
 * The metrics of one host. Two hosts in one process share nothing.
 * - `bind` may be called again with the same declaration: both recorders feed the same series.
 * - `text` is the page that Prometheus reads (text format 0.0.4); observed gauges are asked while it is made.
 *   A metric stands on it from its first record on.
 *   One that fails or is late leaves its series out, is told to `failed`, and holds no other back.
 * - `snapshot` is what the named metrics have now, for a reader in this process. Observed gauges that it does not name are not
 *   asked: so it may come often, and takes nothing away from who scrapes.
 */
export type MetricsRegistry = Readonly<{
  bind<const Declarations extends Readonly<Record<string, MetricDeclaration>>>(
    declarations: Declarations,
  ): Recorders<Declarations>
  text(): Promise<string>
  snapshot(names: readonly string[]): Promise<MetricSnapshot>
  close(): Promise<void>
}>

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8'

// Prometheus gives a scrape ten seconds by default; a store that does not answer must not cost all of them.
const observationLimitMs = 2_000

class ScrapeReader extends MetricReader {
  constructor() {
    // Cumulative gauges would go on showing the last value of what is not observed any more.
    const temporality = (type: InstrumentType) =>
      type === InstrumentType.OBSERVABLE_GAUGE ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE
    super({ aggregationTemporalitySelector: temporality })
  }
  protected override async onForceFlush() {}
  protected override async onShutdown() {}
}

export function metricsRegistry(options: { failed?: (error: unknown) => void } = {}): MetricsRegistry {
  const failed = options.failed ?? (() => {})
  const reader = new ScrapeReader()
  const provider = new MeterProvider({ readers: [reader] })
  const meter = provider.getMeter('eip')
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true)
  const collect = collecting(reader, failed)
  const bound = new Map<string, { declaration: string; recorder: unknown }>()

  const bindOne = (metric: MetricDeclaration): unknown => {
    const declaration = JSON.stringify(metric)
    const known = bound.get(metric.name)
    if (known?.declaration === declaration) return known.recorder
    if (known) {
      throw telemetryFailure('telemetry.bad-metric', `metric "${metric.name}" is declared twice, and differently`)
    }
    const recorder = makeRecorder(meter, metric, failed, collect.isAsked)
    bound.set(metric.name, { declaration, recorder })
    return recorder
  }

  return Object.freeze({
    bind<const Declarations extends Readonly<Record<string, MetricDeclaration>>>(declarations: Declarations) {
      const recorders = Object.entries(declarations).map(([name, metric]) => [name, bindOne(metric)])
      return Object.freeze(Object.fromEntries(recorders)) as Recorders<Declarations>
    },
    text: async () => `${serializer.serialize(await collect.now(null)).trimEnd()}\n`,
    snapshot: async (names: readonly string[]) => snapshotOf(await collect.now(new Set(names)), names),
    close: () => provider.shutdown(),
  })
}

/** Collections one behind the other, so that each knows which gauges it asks: all (null), or those named. */
function collecting(reader: MetricReader, failed: (error: unknown) => void) {
  let asked: ReadonlySet<string> | null = null
  let turn: Promise<unknown> = Promise.resolve()

  async function collect(names: ReadonlySet<string> | null): Promise<ResourceMetrics> {
    asked = names
    const { resourceMetrics, errors } = await reader.collect({ timeoutMillis: observationLimitMs })
    for (const error of errors) failed(error)
    return resourceMetrics
  }
  return {
    isAsked: (name: string) => asked === null || asked.has(name),
    now(names: ReadonlySet<string> | null): Promise<ResourceMetrics> {
      const collected = turn.then(() => collect(names))
      turn = collected.catch(() => undefined)
      return collected
    },
  }
}

function makeRecorder(
  meter: Meter,
  metric: MetricDeclaration,
  failed: (error: unknown) => void,
  isAsked: (name: string) => boolean,
): unknown {
  const description = { description: metric.help }
  switch (metric.kind) {
    case 'counter':
      return counter(meter.createCounter(metric.name, description))
    case 'histogram':
      return histogram(
        meter.createHistogram(metric.name, {
          ...description,
          advice: { explicitBucketBoundaries: [...metric.buckets] },
        }),
      )
    case 'gauge': {
      const observable = meter.createObservableGauge(metric.name, description)
      return gauge((report) => {
        const callback: BatchObservableCallback = async (result) => {
          if (!isAsked(metric.name)) return
          try {
            await report((value, labels) => result.observe(observable, value, labels))
          } catch (error) {
            failed(error)
          }
        }
        meter.addBatchObservableCallback(callback, [observable])
        return () => meter.removeBatchObservableCallback(callback, [observable])
      })
    }
  }
}

import { isFailure } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { declareMetrics, type MetricDeclaration, metricsRegistry, sharedMetrics } from './index.ts'
import { parsePrometheus } from './prometheus-text.ts'

const metrics = declareMetrics({
  rows: { kind: 'counter', name: 'eip_rows_total', help: 'Rows read.', labels: ['source'] },
  size: { kind: 'gauge', name: 'eip_size_bytes', help: 'Bytes held.', labels: [] },
  lag: { kind: 'gauge', name: 'eip_lag', help: 'Behind.', labels: ['topic'] },
  took: {
    kind: 'histogram',
    name: 'eip_took_seconds',
    help: 'Time "taken"\nby it.',
    labels: ['part'],
    buckets: [0.1, 1],
  },
})

const page = async (registry: { text(): Promise<string> }) => parsePrometheus(await registry.text())

describe('a metrics registry', () => {
  it('writes what was recorded in the form that Prometheus reads', async () => {
    const registry = metricsRegistry()
    const { rows, size, took } = registry.bind(metrics)
    rows.add(2, { source: 'a "quoted"\\path\nline' })
    rows.with({ source: 'b' })(3)
    size.set(10)
    size.set(7)
    for (const seconds of [0.05, 0.1, 0.5, 4]) took.record(seconds, { part: 'x' })

    const families = await page(registry)
    expect(families.get('eip_rows_total')).toMatchObject({ type: 'counter', help: 'Rows read.' })
    expect(families.get('eip_rows_total')!.samples).toEqual([
      { name: 'eip_rows_total', labels: { source: 'a "quoted"\\path\nline' }, value: 2 },
      { name: 'eip_rows_total', labels: { source: 'b' }, value: 3 },
    ])
    expect(families.get('eip_size_bytes')!.samples).toEqual([{ name: 'eip_size_bytes', labels: {}, value: 7 }])
    const histogram = families.get('eip_took_seconds')!
    expect(histogram.type).toBe('histogram')
    expect(histogram.help).toBe('Time "taken"\nby it.')
    const bucket = (le: string) => histogram.samples.find(({ labels }) => labels.le === le)?.value
    expect([bucket('0.1'), bucket('1'), bucket('+Inf')]).toEqual([2, 3, 4])
    expect(histogram.samples.find(({ name }) => name.endsWith('_count'))!.value).toBe(4)
    expect(histogram.samples.find(({ name }) => name.endsWith('_sum'))!.value).toBeCloseTo(4.65)
  })

  it('asks observed gauges at each scrape, waits for them, and stops when told', async () => {
    const registry = metricsRegistry()
    let lag = 5
    const stop = registry.bind(metrics).lag.observe(async (report) => {
      await Promise.resolve()
      report(lag, { topic: 'a' })
    })
    const read = async () => (await page(registry)).get('eip_lag')?.samples.map(({ value }) => value) ?? []
    expect(await read()).toEqual([5])
    lag = 0
    expect(await read()).toEqual([0])
    stop()
    expect(await read()).toEqual([])
  })

  it('leaves out the gauge whose observation fails, says so, and gives the rest', async () => {
    const told: unknown[] = []
    const registry = metricsRegistry({ failed: (error) => told.push(error) })
    const { lag, rows } = registry.bind(metrics)
    const broken = new Error('no store')
    lag.observe(() => Promise.reject(broken))
    rows.add(1, { source: 'a' })
    const families = await page(registry)
    expect(families.get('eip_lag')?.samples ?? []).toEqual([])
    expect(families.get('eip_rows_total')!.samples).toHaveLength(1)
    expect(told).toEqual([broken])
  })

  it('shows a reader of this process what the named metrics have, and asks no other gauge', async () => {
    const registry = metricsRegistry()
    const { rows, lag, size, took } = registry.bind(metrics)
    rows.add(2, { source: 'a' })
    for (const seconds of [0.05, 0.1, 0.5, 4]) took.record(seconds, { part: 'x' })
    let asked = 0
    size.observe((report) => {
      asked += 1
      report(7)
    })
    lag.observe(async (report) => report(5, { topic: 'a' }))
    const snapshot = await registry.snapshot(['eip_rows_total', 'eip_lag', 'eip_took_seconds', 'eip_unknown'])
    expect(snapshot.values('eip_rows_total')).toEqual([{ labels: { source: 'a' }, value: 2 }])
    expect(snapshot.values('eip_lag')).toEqual([{ labels: { topic: 'a' }, value: 5 }])
    expect(snapshot.histograms('eip_took_seconds')).toEqual([
      { labels: { part: 'x' }, bounds: [0.1, 1], counts: [2, 1, 1] },
    ])
    for (const name of ['eip_unknown', 'eip_took_seconds', 'eip_size_bytes']) expect(snapshot.values(name)).toEqual([])
    expect(snapshot.histograms('eip_rows_total')).toEqual([])
    expect(asked).toBe(0)
  })

  it('asks all gauges for a scrape that comes beside a snapshot, and none for it that it does not name', async () => {
    const registry = metricsRegistry()
    const { lag, size } = registry.bind(metrics)
    size.observe((report) => report(7))
    lag.observe(async (report) => report(5, { topic: 'a' }))
    const [before, text, after] = await Promise.all([
      registry.snapshot(['eip_lag']),
      registry.text(),
      registry.snapshot(['eip_size_bytes']),
    ])
    expect([before, after].map((snapshot) => snapshot.values('eip_lag').length)).toEqual([1, 0])
    expect([before, after].map((snapshot) => snapshot.values('eip_size_bytes').length)).toEqual([0, 1])
    expect([...parsePrometheus(text).keys()].filter((name) => name.startsWith('eip_'))).toHaveLength(2)
  })

  it('shares nothing with another registry of the same process', async () => {
    const [one, other] = [metricsRegistry(), metricsRegistry()]
    one.bind(metrics).rows.add(1, { source: 'a' })
    other.bind(metrics)
    expect((await page(other)).get('eip_rows_total')?.samples ?? []).toEqual([])
  })

  it('feeds one series from two bindings of one declaration', async () => {
    const registry = metricsRegistry()
    registry.bind(sharedMetrics).degraded.add(1, { part: 'ads', reason: 'late' })
    registry.bind(sharedMetrics).degraded.add(1, { part: 'ads', reason: 'late' })
    expect((await page(registry)).get('eip_degraded_total')!.samples.map(({ value }) => value)).toEqual([2])
  })

  it('refuses two different declarations of one name', () => {
    const registry = metricsRegistry()
    registry.bind(metrics)
    const other = declareMetrics({ rows: { kind: 'counter', name: 'eip_rows_total', help: 'Other.', labels: [] } })
    expect(() => registry.bind(other)).toThrow('"eip_rows_total" is declared twice')
  })
})

describe('a declaration', () => {
  const good: MetricDeclaration = { kind: 'histogram', name: 'eip_a_seconds', help: 'A.', labels: ['x'], buckets: [1] }
  const cases: [string, MetricDeclaration][] = [
    ['without eip_ in front', { ...good, name: 'a_seconds' }],
    ['in capitals', { ...good, name: 'eip_aSeconds' }],
    ['in milliseconds', { ...good, name: 'eip_a_milliseconds' }],
    ['in percent', { ...good, name: 'eip_cpu_percent' }],
    ['of a histogram that ends in _count', { ...good, name: 'eip_a_count' }],
    ['that names its kind', { ...good, name: 'eip_a_histogram_seconds' }],
    ['of a counter without _total', { kind: 'counter', name: 'eip_rows', help: 'A.', labels: [] }],
    ['of a gauge with _total', { kind: 'gauge', name: 'eip_rows_total', help: 'A.', labels: [] }],
    ['without help', { ...good, help: ' ' }],
    ['with the label le', { ...good, labels: ['le'] }],
    ['with a label twice', { ...good, labels: ['x', 'x'] }],
    ['without buckets', { ...good, buckets: [] }],
    ['with falling buckets', { ...good, buckets: [2, 1] }],
  ]
  it.each(cases)('%s is refused by name', (_title, metric) => {
    const declare = () => declareMetrics({ metric })
    expect(declare).toThrow(`metric "${metric.name}"`)
    expect(() => declareMetrics({ good })).not.toThrow()
    try {
      declare()
    } catch (error) {
      expect(isFailure(error) && error.code).toBe('telemetry.bad-metric')
    }
  })
})

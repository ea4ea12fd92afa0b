import { expect, it } from 'vitest'
import { declareMetrics, metricsRegistry, scrapedSnapshot } from './index.ts'

const metrics = declareMetrics({
  rows: { kind: 'counter', name: 'eip_rows_total', help: 'Rows read.', labels: ['source'] },
  lag: { kind: 'gauge', name: 'eip_lag', help: 'Behind.', labels: ['topic'] },
  took: { kind: 'histogram', name: 'eip_took_seconds', help: 'Time.', labels: ['part'], buckets: [0.1, 1] },
})
const names = ['eip_rows_total', 'eip_lag', 'eip_took_seconds']

it('reads from a page what the process that wrote it sees itself', async () => {
  const registry = metricsRegistry()
  const { rows, lag, took } = registry.bind(metrics)
  rows.add(2, { source: 'a' })
  rows.add(3, { source: 'b' })
  lag.set(4, { topic: 'x' })
  for (const seconds of [0.05, 0.5, 0.5, 4]) took.record(seconds, { part: 'one' })
  took.record(0.05, { part: 'two' })
  const here = await registry.snapshot(names)
  const there = scrapedSnapshot(await registry.text())
  for (const name of [...names, 'eip_unknown']) {
    expect(there.values(name)).toEqual(here.values(name))
    expect(there.histograms(name)).toEqual(here.histograms(name))
  }
  expect(there.histograms('eip_took_seconds')[0]?.counts).toEqual([1, 2, 1])
})

import { performance } from 'node:perf_hooks'
import { metricsRegistry, sharedMetrics } from './index.ts'

// node src/recorder.bench.ts: what recording costs, in nanoseconds a time.
const { stageDuration, degraded } = metricsRegistry().bind(sharedMetrics)
const retrieve = stageDuration.with({ stage: 'retrieve' })
const cases: Record<string, (index: number) => void> = {
  'histogram, labels bound': (index) => retrieve((index % 1_000) / 1e6),
  'histogram, labels given': (index) => stageDuration.record((index % 1_000) / 1e6, { stage: 'rank' }),
  'counter, labels given': () => degraded.add(1, { part: 'ads', reason: 'late' }),
}
for (const [name, once] of Object.entries(cases)) {
  for (let index = 0; index < 100_000; index++) once(index)
  const start = performance.now()
  for (let index = 0; index < 1_000_000; index++) once(index)
  process.stdout.write(`${name.padEnd(26)} ${Math.round(performance.now() - start)} ns\n`)
}

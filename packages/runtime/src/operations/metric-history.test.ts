import { declareMetrics, type MetricsRegistry, metricsRegistry, sharedMetrics } from '@eip/telemetry'
import { fakeClock } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { metricHistory } from './metric-history.ts'

const declarations = declareMetrics({
  searches: {
    kind: 'histogram',
    name: 'eip_search_duration_seconds',
    help: 'Searches.',
    labels: [],
    buckets: [1, 3, 7],
  },
  indexed: { kind: 'counter', name: 'eip_indexed_documents_total', help: 'Indexed.', labels: [] },
})

function watched(intervalSeconds = 5) {
  const clock = fakeClock(1_000_000)
  const registry = metricsRegistry()
  const shared = registry.bind(sharedMetrics)
  const own = registry.bind(declarations)
  let current = registry
  const others = new Map<string, MetricsRegistry>()
  const processes = async (names: readonly string[]) => {
    const all = [['here', current] as const, ...others]
    return Promise.all(
      all.map(async ([process, each]) => ({ process, runs: process, snapshot: await each.snapshot(names) })),
    )
  }
  const history = metricHistory(processes, clock, intervalSeconds)
  return {
    ...{ clock, shared, own, history },
    /** Another process is seen from now on. */
    join(process: string) {
      const registry = metricsRegistry()
      others.set(process, registry)
      return { ...registry.bind(sharedMetrics), ...registry.bind(declarations) }
    },
    leave: (process: string) => others.delete(process),
    /** The process begins anew: its counters are at 0. */
    restart() {
      current = metricsRegistry()
      return { ...current.bind(sharedMetrics), ...current.bind(declarations) }
    },
    async pass(seconds = intervalSeconds) {
      clock.advance(seconds * 1_000)
      await history.sample()
      return history.points().at(-1)
    },
  }
}

describe('the history of metrics', () => {
  it('says of each interval what came in it, not what was before', async () => {
    const { history, own, shared, pass } = watched()
    for (const seconds of [6, 6, 6]) own.searches.record(seconds)
    own.indexed.add(1_000)
    shared.cacheRequests.add(50, { cache: 'query-vectors', result: 'miss' })
    await history.sample()
    expect(history.points()).toEqual([])
    for (const seconds of [1, 1, 1, 1, 2, 2, 2, 2, 5, 5]) own.searches.record(seconds)
    own.indexed.add(40)
    shared.cacheRequests.add(3, { cache: 'query-vectors', result: 'hit' })
    shared.cacheRequests.add(1, { cache: 'query-vectors', result: 'miss' })
    shared.cacheRequests.add(90, { cache: 'search-pages', result: 'miss' })
    shared.degraded.add(5, { part: 'vectors', reason: 'late' })
    shared.consumerLag.set(4, { group: 'indexer', topic: 'a' })
    shared.consumerLag.set(3, { group: 'indexer', topic: 'b' })
    expect(await pass()).toEqual({
      at: new Date(1_005_000).toISOString(),
      queriesPerSecond: 2,
      p50Seconds: 1.5,
      p95Seconds: expect.closeTo(6, 12),
      cacheHitRatio: 0.75,
      lag: 7,
      indexedPerSecond: 8,
      degraded: { 'vectors: late': 1 },
    })
    shared.degraded.add(10, { part: 'suggestions', reason: 'failed' })
    own.searches.record(0.5)
    expect(await pass(10)).toMatchObject({ queriesPerSecond: 0.1, degraded: { 'suggestions: failed': 1 } })
    expect(history.points()).toHaveLength(2)
  })

  it('adds up what all processes did, each from the second time on that it is seen, and a lag that several report once', async () => {
    const { history, own, shared, join, leave, pass } = watched()
    await history.sample()
    const other = join('other')
    other.indexed.add(1_000)
    other.searches.record(6)
    own.searches.record(1)
    expect(await pass()).toMatchObject({ queriesPerSecond: 0.2, indexedPerSecond: 0 })
    other.indexed.add(10)
    for (const seconds of [5, 5, 5]) other.searches.record(seconds)
    own.searches.record(0.5)
    for (const { degraded, consumerLag } of [other, { ...shared, consumerLag: shared.consumerLag }]) {
      degraded.add(5, { part: 'ads', reason: 'late' })
      consumerLag.set(7, { group: 'indexer', topic: 'a' })
    }
    expect(await pass()).toMatchObject({
      ...{ queriesPerSecond: 0.8, indexedPerSecond: 2, lag: 7, p95Seconds: expect.closeTo(6.73, 1) },
      degraded: { 'ads: late': 2 },
    })
    leave('other')
    own.searches.record(0.5)
    expect(await pass()).toMatchObject({ queriesPerSecond: 0.2, lag: 7 })
  })

  it('says null where nothing happened that could be measured', async () => {
    const { history, pass } = watched()
    await history.sample()
    expect(await pass()).toMatchObject({
      ...{ queriesPerSecond: 0, p50Seconds: null, p95Seconds: null, cacheHitRatio: null, lag: 0, indexedPerSecond: 0 },
      degraded: {},
    })
  })

  it('has no negative rates when counters begin anew: what they have by then came in the interval', async () => {
    const { history, own, shared, restart, pass } = watched()
    for (let n = 0; n < 100; n += 1) own.searches.record(n % 2)
    own.indexed.add(1_000)
    shared.degraded.add(70, { part: 'ads', reason: 'late' })
    await history.sample()
    const after = restart()
    for (const seconds of [5, 5, 5, 5, 5]) after.searches.record(seconds)
    after.indexed.add(10)
    after.degraded.add(5, { part: 'ads', reason: 'late' })
    expect(await pass()).toMatchObject({
      ...{ queriesPerSecond: 1, p50Seconds: 5, indexedPerSecond: 2, cacheHitRatio: null },
      degraded: { 'ads: late': 1 },
    })
  })

  it('counts on with the usual length of an interval when the clock is set back', async () => {
    const { clock, history, own, pass } = watched()
    await history.sample()
    own.indexed.add(10)
    clock.advance(-3_600_000)
    expect(await pass(0)).toMatchObject({ indexedPerSecond: 2 })
  })

  it('keeps the last hour: the oldest point goes for the newest', async () => {
    const { history, own, pass } = watched(300)
    await history.sample()
    for (let n = 0; n < 30; n += 1) {
      own.indexed.add(300 * n)
      await pass()
    }
    const points = history.points()
    expect(points).toHaveLength(12)
    expect(points.map(({ indexedPerSecond }) => indexedPerSecond)).toEqual(Array.from({ length: 12 }, (_, n) => 18 + n))
    const times = points.map(({ at }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(11 * 300_000)
  })

  it('leaves out a part that is degraded no more, also where an older point had its slot', async () => {
    const { history, shared, pass } = watched(1_200)
    await history.sample()
    shared.degraded.add(1_200, { part: 'ads', reason: 'late' })
    expect(await pass()).toMatchObject({ degraded: { 'ads: late': 1 } })
    for (let n = 0; n < 3; n += 1) await pass()
    expect(history.points().map(({ degraded }) => degraded)).toEqual([{}, {}, {}])
  })
})

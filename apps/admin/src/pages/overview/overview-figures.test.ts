import { describe, expect, it } from 'vitest'
import { degradedSeries, lastMinute } from './overview-figures.ts'

const point = (second: number, given: object = {}) => ({
  at: new Date(1_700_000_000_000 + second * 1_000).toISOString(),
  queriesPerSecond: 0,
  p50Seconds: null,
  p95Seconds: null,
  cacheHitRatio: null,
  lag: 0,
  indexedPerSecond: 0,
  degraded: {},
  ...given,
})

describe('the last minute', () => {
  it('counts nothing that is older, and nothing that was not measured', () => {
    const points = [
      point(0, { queriesPerSecond: 900, p95Seconds: 9, cacheHitRatio: 0 }),
      point(100, { queriesPerSecond: 2, p95Seconds: 0.02, lag: 5 }),
      point(105, {
        queriesPerSecond: 4,
        p95Seconds: 0.01,
        cacheHitRatio: 0.5,
        lag: 3,
        degraded: { 'a: b': 1, 'c: d': 3 },
      }),
    ]
    expect(lastMinute({ points })).toEqual({
      ...{ queriesPerSecond: 3, p95Seconds: 0.02, cacheHitRatio: 0.5, lag: 3 },
      ...{ indexedPerSecond: 0, degradedPerSecond: 2 },
    })
  })

  it('is unknown before the first point', () =>
    expect(lastMinute({ points: [] })).toMatchObject({ queriesPerSecond: null, lag: null, degradedPerSecond: null }))
})

describe('what answers lacked', () => {
  it('is a line for each reason that occurred', () => {
    const points = [
      point(0, { degraded: { 'a: late': 1 } }),
      point(5),
      point(10, { degraded: { 'a: late': 2, 'b: gone': 0 } }),
    ]
    expect(degradedSeries(points)).toEqual([{ name: 'a: late', values: [1, 0, 2] }])
  })
})

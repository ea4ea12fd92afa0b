import type { Overview } from '@eip/contracts'

type Point = Overview['points'][number]

const lastMinuteMs = 60_000

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** The last minute in one figure each; null where nothing happened that could be measured. */
export function lastMinute({ points }: Pick<Overview, 'points'>) {
  const newest = points.at(-1)
  const since = newest === undefined ? 0 : Date.parse(newest.at) - lastMinuteMs
  const recent = points.filter(({ at }) => Date.parse(at) > since)
  const known = (value: (point: Point) => number | null) => recent.map(value).filter((each) => each !== null)
  return {
    queriesPerSecond: meanOf(known((point) => point.queriesPerSecond)),
    p95Seconds: known((point) => point.p95Seconds).reduce<number | null>(
      (most, value) => (most === null || value > most ? value : most),
      null,
    ),
    cacheHitRatio: meanOf(known((point) => point.cacheHitRatio)),
    lag: newest?.lag ?? null,
    indexedPerSecond: meanOf(known((point) => point.indexedPerSecond)),
    degradedPerSecond: meanOf(
      recent.map(({ degraded }) => Object.values(degraded).reduce((sum, value) => sum + value, 0)),
    ),
  }
}

/** Every reason that occurs, with its rate at each point, 0 where it did not occur. */
export function degradedSeries(points: readonly Point[]): { name: string; values: number[] }[] {
  const reasons = [...new Set(points.flatMap(({ degraded }) => Object.keys(degraded)))].sort()
  return reasons
    .map((name) => ({ name, values: points.map(({ degraded }) => degraded[name] ?? 0) }))
    .filter(({ values }) => values.some((value) => value > 0))
}

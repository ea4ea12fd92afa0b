import type { Overview } from '@eip/contracts'

export type OverviewPoint = Overview['points'][number]

/** The newest points, in memory that does not grow with time. */
export type PointRing = Readonly<{
  push(point: OverviewPoint): void
  /** Oldest first. */
  points(): OverviewPoint[]
}>

type Column = 'queriesPerSecond' | 'p50Seconds' | 'p95Seconds' | 'cacheHitRatio' | 'lag' | 'indexedPerSecond'

/**
 * One array of numbers for each field, all written at the same slot, the oldest point's; NaN stands for null. What was degraded
 * has an array for each `PART: REASON` that ever occurred: these come from small fixed sets.
 *
 *   pushed   7 8 9|3 4 5 6        next ↑ = 10 at slot 3, over the oldest
 */
export function pointRing(capacity: number): PointRing {
  const column = () => new Float64Array(capacity)
  const times = column()
  const columns: Readonly<Record<Column, Float64Array>> = {
    queriesPerSecond: column(),
    p50Seconds: column(),
    p95Seconds: column(),
    cacheHitRatio: column(),
    lag: column(),
    indexedPerSecond: column(),
  }
  const names = Object.keys(columns) as readonly Column[]
  const degraded = new Map<string, Float64Array>()
  let pushed = 0

  function point(slot: number): OverviewPoint {
    const number = (name: Column) => columns[name][slot] ?? 0
    const optional = (name: Column) => (Number.isNaN(number(name)) ? null : number(name))
    const lacking = [...degraded].flatMap(([part, rates]) =>
      (rates[slot] ?? 0) > 0 ? [[part, rates[slot] ?? 0] as const] : [],
    )
    return {
      at: new Date(times[slot] ?? 0).toISOString(),
      queriesPerSecond: number('queriesPerSecond'),
      p50Seconds: optional('p50Seconds'),
      p95Seconds: optional('p95Seconds'),
      cacheHitRatio: optional('cacheHitRatio'),
      lag: number('lag'),
      indexedPerSecond: number('indexedPerSecond'),
      degraded: Object.fromEntries(lacking),
    }
  }

  return Object.freeze({
    push(next: OverviewPoint) {
      const slot = pushed % capacity
      times[slot] = Date.parse(next.at)
      for (const name of names) columns[name][slot] = next[name] ?? Number.NaN
      for (const part of Object.keys(next.degraded)) if (!degraded.has(part)) degraded.set(part, column())
      for (const [part, rates] of degraded) rates[slot] = next.degraded[part] ?? 0
      pushed += 1
    },
    points() {
      const count = Math.min(pushed, capacity)
      return Array.from({ length: count }, (_, index) => point((pushed - count + index) % capacity))
    },
  })
}

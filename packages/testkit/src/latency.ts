/** Milliseconds of one call, and calls a second of one thread. */
export type Latency = Readonly<{ p50_ms: number; p95_ms: number; p99_ms: number; per_second: number }>

/** Quantiles by nearest rank of times in milliseconds; `count`: what was done in that time, where not one each. */
export function latencyOf(times: ArrayLike<number>, count = times.length): Latency {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const sum = sorted.reduce((total, time) => total + time, 0)
  const perSecond = sum === 0 ? 0 : (count * 1_000) / sum
  return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), per_second: Math.round(perSecond) }
}

/** Runs `once` a fifth of `times` to warm up, then `times` times, one after the other. */
export async function measureLatency(times: number, once: (index: number) => unknown): Promise<Latency> {
  for (let index = 0; index < times / 5; index++) await once(index)
  const durations = new Float64Array(times)
  for (let index = 0; index < times; index++) {
    const start = performance.now()
    await once(index)
    durations[index] = performance.now() - start
  }
  return latencyOf(durations)
}

/** What a benchmark tells of a case; `recall`: the share of the true ten best among the ten found. */
export type BenchCase = Readonly<{
  p50_ms?: number
  p95_ms?: number
  p99_ms?: number
  per_second?: number
  rss_mb?: number
  recall?: number
}>
export type BenchCases = Readonly<Record<string, BenchCase>>

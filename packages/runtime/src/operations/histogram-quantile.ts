/**
 * The value below which the share `quantile` (0 to 1) of a histogram's values lies, in its unit; null if it holds none.
 * Values are taken as spread evenly within their bucket, the first bucket begins at 0, and what lies over all bounds counts as
 * the last bound: Prometheus' `histogram_quantile` (https://prometheus.io/docs/prometheus/latest/querying/functions/).
 * `counts` has one number more than `bounds`, not cumulative. O(buckets).
 *
 *   counts      4      4        2            p50 of 10 is the 5th: the first of four in the second bucket,
 *   bounds  0 ─── 1 ──────── 3 ───── ∞       so 1 + (3 - 1) × 1/4
 */
export function histogramQuantile(
  quantile: number,
  bounds: readonly number[],
  counts: readonly number[],
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const rank = quantile * total
  let below = 0
  for (const [bucket, bound] of bounds.entries()) {
    const count = counts[bucket] ?? 0
    if (count > 0 && below + count >= rank) {
      const lower = bounds[bucket - 1] ?? 0
      return lower + (bound - lower) * ((rank - below) / count)
    }
    below += count
  }
  return bounds.at(-1) ?? null
}

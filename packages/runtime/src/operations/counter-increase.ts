import type { HistogramValue, SeriesValue } from '@eip/telemetry'

/** How much a counter grew. One that fell began anew in between, at 0. */
export const increase = (before: number, now: number): number => (now >= before ? now - before : now)

const keyOf = (labels: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(labels).sort())

/** How much each series grew; one that was not there before began at 0. */
export function increases(before: readonly SeriesValue[], now: readonly SeriesValue[]): readonly SeriesValue[] {
  const known = new Map(before.map(({ labels, value }) => [keyOf(labels), value]))
  return now.map(({ labels, value }) => ({ labels, value: increase(known.get(keyOf(labels)) ?? 0, value) }))
}

/** What came into the buckets of all series together; null if there is no series yet. They have the same bounds. */
export function bucketIncreases(
  before: readonly HistogramValue[],
  now: readonly HistogramValue[],
): Readonly<{ bounds: readonly number[]; counts: readonly number[] }> | null {
  const [first] = now
  if (first === undefined) return null
  const known = new Map(before.map(({ labels, counts }) => [keyOf(labels), counts]))
  const counts = first.counts.map(() => 0)
  for (const series of now) {
    const earlier = known.get(keyOf(series.labels)) ?? []
    // A bucket that fell says it of the whole series, though another one may have grown past its earlier count.
    const isNew = series.counts.some((count, bucket) => count < (earlier[bucket] ?? 0))
    for (const [bucket, count] of series.counts.entries()) {
      counts[bucket] = (counts[bucket] ?? 0) + count - (isNew ? 0 : (earlier[bucket] ?? 0))
    }
  }
  return { bounds: first.bounds, counts }
}

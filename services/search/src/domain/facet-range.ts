/** `from` belongs to the range, `to` no longer; null is open. */
export type FacetRange = Readonly<{ from: number | null; to: number | null; count: number }>

const mostRanges = 8
const decades = 10

/** 1, 2, 5, 10, 20, 50 … 5·10⁹ (the 1-2-5 series): fine enough for cents, far enough for won. */
export const priceEdges: readonly number[] = Object.freeze(
  Array.from({ length: decades }, (_, decade) => [1, 2, 5].map((step) => step * 10 ** decade)).flat(),
)

/** Whole stars: the scale has an end, so a series over decades would tell nothing. */
export const ratingEdges: readonly number[] = Object.freeze([1, 2, 3, 4])

/**
 * Ranges that hold something, at most eight: as long as there are more, the two neighbours that hold the fewest
 * together become one.
 *
 * ```
 * edges       1   2   5   10
 * counts    0 | 3 | 0 | 4 | 9        →  [1,2) 3   [5,10) 4   [10,…) 9
 * ```
 *
 * `counts` has one more entry than `edges`; the sum of counts stays.
 */
export function facetRanges(edges: readonly number[], counts: readonly number[]): readonly FacetRange[] {
  const ranges = counts
    .map((count, i): FacetRange => ({ from: edges[i - 1] ?? null, to: edges[i] ?? null, count }))
    .filter(({ count }) => count > 0)
  while (ranges.length > mostRanges) {
    const together = (i: number) => ranges[i]!.count + ranges[i + 1]!.count
    let fewest = 0
    for (let i = 1; i + 1 < ranges.length; i++) if (together(i) < together(fewest)) fewest = i
    const [first, second] = [ranges[fewest]!, ranges[fewest + 1]!]
    ranges.splice(fewest, 2, { from: first.from, to: second.to, count: first.count + second.count })
  }
  return ranges
}

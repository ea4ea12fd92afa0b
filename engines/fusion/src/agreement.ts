/** How many of each list are compared. */
const depth = 10

/** Indices of the best `depth` of `scores`, ties by index; what is 0 or below, or absent, was not found. O(n · depth). */
function bestOf(scores: Float64Array, count: number): number[] {
  const best: number[] = []
  for (let i = 0; i < count; i++) {
    const score = scores[i]!
    if (!(score > 0) || (best.length === depth && score <= scores[best[depth - 1]!]!)) continue
    let at = Math.min(best.length, depth - 1)
    for (; at > 0 && scores[best[at - 1]!]! < score; at--) best[at] = best[at - 1]!
    best[at] = i
  }
  return best
}

/** Share of the ten best by one score that are among the ten best by the other; of fewer than ten, of the shorter list. 0 for none. */
export function agreement(text: Float64Array, vector: Float64Array, count: number): number {
  const byText = bestOf(text, count)
  const byVector = new Set(bestOf(vector, count))
  const shorter = Math.min(byText.length, byVector.size)
  return shorter === 0 ? 0 : byText.filter((index) => byVector.has(index)).length / shorter
}

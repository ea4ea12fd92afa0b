/**
 * How scores without a common scale (BM25, cosines) are brought to [0, 1], 1 being the best of the result.
 * `count` scores of `from` go to `into`; what is absent (NaN) becomes 0: not found is never better than found.
 * Scores are taken relative to this result alone; each runs over it twice, and allocates nothing but what is said.
 */
export type Normalize = (from: Float64Array, count: number, into: Float64Array) => void

/** score ÷ best; below 0 counts as 0. Keeps how far apart scores are, and a score of 0 stays 0. */
export const byMaximum: Normalize = (from, count, into) => {
  let best = 0
  for (let i = 0; i < count; i++) if (from[i]! > best) best = from[i]!
  for (let i = 0; i < count; i++) into[i] = best > 0 && from[i]! > 0 ? from[i]! / best : 0
}

/** (score − worst) ÷ (best − worst). Spreads every result over the whole range, also where all are nearly alike. */
export const byMinMax: Normalize = (from, count, into) => {
  let best = Number.NEGATIVE_INFINITY
  let worst = Number.POSITIVE_INFINITY
  for (let i = 0; i < count; i++) {
    const score = from[i]!
    if (score > best) best = score
    if (score < worst) worst = score
  }
  const span = best - worst
  for (let i = 0; i < count; i++) {
    const score = from[i]!
    // Where all are alike, all are the best.
    into[i] = Number.isNaN(score) ? 0 : span > 0 ? (score - worst) / span : 1
  }
}

/** Standard deviations from the mean, through the logistic function: an outlier does not press all others together. */
export const byZScore: Normalize = (from, count, into) => {
  let present = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(from[i]!)) continue
    present++
    sum += from[i]!
  }
  const mean = sum / present
  let squares = 0
  for (let i = 0; i < count; i++) if (!Number.isNaN(from[i]!)) squares += (from[i]! - mean) ** 2
  const deviation = Math.sqrt(squares / present)
  for (let i = 0; i < count; i++) {
    const score = from[i]!
    const z = deviation > 0 ? (score - mean) / deviation : 0
    into[i] = Number.isNaN(score) ? 0 : 1 / (1 + Math.exp(-z))
  }
}

/**
 * Cormack, Clarke and Büttcher 2009: 1 ÷ (k + rank), here times k + 1, so that the first has 1. Equal scores share the
 * better rank. They took k = 60 for lists of a thousand; of products, the first ten are looked at.
 */
const rankConstant = 30

/** O(n log n), with two small arrays. What scores 0 or below was not found, and has no rank. */
export const byReciprocalRank: Normalize = (from, count, into) => {
  const found = new Uint32Array(count)
  let length = 0
  for (let i = 0; i < count; i++) {
    into[i] = 0
    if (from[i]! > 0) found[length++] = i
  }
  const order = found.subarray(0, length).sort((a, b) => from[b]! - from[a]!)
  let rank = 0
  for (let at = 0; at < length; at++) {
    if (at === 0 || from[order[at]!]! !== from[order[at - 1]!]!) rank = at + 1
    into[order[at]!] = (rankConstant + 1) / (rankConstant + rank)
  }
}

/** Every method, by the name that a configuration gives it. */
export const normalizations = Object.freeze({
  maximum: byMaximum,
  'min-max': byMinMax,
  'z-score': byZScore,
  'reciprocal-rank': byReciprocalRank,
})
export type FusionMethod = keyof typeof normalizations

import { type FusionMethod, normalizations } from './normalization.ts'

/**
 * What two searches said of the same candidates, candidate i at index i: text scores (0: no word found it) and cosines
 * (NaN: it has no vector).
 */
export type RetrievedScores = Readonly<{ count: number; text: Float64Array; vector: Float64Array }>

/** What each search is worth: both in [0, 1], and at most 1 together. Their sum is the fused score. */
export type Shares = Readonly<{ text: Float64Array; vector: Float64Array }>

/**
 * Combines the lists as a weighted sum of normalised scores (Fox and Shaw 1994; Bruch, Gai and Ingber 2023 on why a
 * convex combination rather than ranks). `vectorWeight` in [0, 1] is what meaning is worth; words have the rest.
 * O(n), by reciprocal ranks O(n log n).
 */
export function fuse(
  { count, text, vector }: RetrievedScores,
  { method, vectorWeight }: Readonly<{ method: FusionMethod; vectorWeight: number }>,
): Shares {
  if (!(vectorWeight >= 0 && vectorWeight <= 1)) throw new RangeError(`a weight of ${vectorWeight} is not from 0 to 1`)
  if (text.length < count || vector.length < count)
    throw new RangeError(`there are ${text.length} text scores and ${vector.length} cosines for ${count} candidates`)
  const shares = { text: new Float64Array(count), vector: new Float64Array(count) }
  const normalize = normalizations[method]
  normalize(text, count, shares.text)
  normalize(vector, count, shares.vector)
  for (let i = 0; i < count; i++) {
    shares.text[i]! *= 1 - vectorWeight
    shares.vector[i]! *= vectorWeight
  }
  return Object.freeze(shares)
}

import { setImmediate } from 'node:timers/promises'
import type { ProductIndexReader } from '@eip/product-index'

/** Products looked at: every one is compared with every other. */
const sampleSize = 200
/** A slice is then a millisecond at most, of 384 dimensions. */
const rowsOfSlice = 10
/** How far above two products at random a product must be to count as near. */
const deviations = 2

/**
 * The least cosine at which a product counts as near in meaning. Encoders differ in what a cosine of 0.4 says, so it is
 * measured on the catalogue itself: the mean of products at random, and two standard deviations.
 */
export async function nearnessFloor(
  index: Pick<ProductIndexReader, 'retrieve' | 'vectorOf'>,
  encoder: string,
): Promise<number> {
  const vectors = await sampleOf(index, encoder)
  let count = 0
  let sum = 0
  let squares = 0
  for (const [i, a] of vectors.entries()) {
    for (let j = 0; j < i; j++) {
      const cosine = dot(a, vectors[j]!)
      count++
      sum += cosine
      squares += cosine * cosine
    }
    // All pairs at once would hold this thread, which answers queries, for ten milliseconds.
    if (i % rowsOfSlice === rowsOfSlice - 1) await setImmediate()
  }
  if (count === 0) return 0
  const mean = sum / count
  return mean + deviations * Math.sqrt(Math.max(0, squares / count - mean * mean))
}

/** Vectors of products that stand evenly over the first thousand, by id. */
async function sampleOf(index: Pick<ProductIndexReader, 'retrieve' | 'vectorOf'>, encoder: string) {
  const everything = { query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] }
  const { ids } = await index.retrieve({ ...everything, order: 'score', limit: 1_000 })
  const step = Math.max(1, Math.floor(ids.length / sampleSize))
  const vectors: Float32Array[] = []
  for (let at = 0; at < ids.length; at += step) {
    const vector = await index.vectorOf(ids[at]!, encoder)
    if (vector !== null) vectors.push(vector)
  }
  return vectors
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

import { setImmediate } from 'node:timers/promises'
import type { ProductIndexReader } from '@eip/product-index'

/**
 * The least cosine at which a product counts as near to a query: `beside` words that found something, and `alone` where
 * they found nothing and meaning must speak for itself: never less.
 */
export type NearnessFloor = Readonly<{ beside: number; alone: number }>

/** The floor of a query, by its vector: O(sample · dimensions), some 0.1 ms. */
export type MeasureNearness = (query: Float32Array) => NearnessFloor

/** Products looked at: every one is compared with every other. */
const sampleSize = 200
/** A slice is then a millisecond at most, of 384 dimensions. */
const rowsOfSlice = 10
/**
 * Standard deviations above two products at random, from which on one product counts as near to another: where meaning
 * stands alone, and beside words.
 */
const betweenProducts = Object.freeze({ alone: 2, beside: 3 })
/** The same above the query and products at random: few are alike to a query by chance. */
const toTheQuery = 3.5
/**
 * Of n numbers, none stands out by more than (n − 1) ÷ √n standard deviations (Samuelson 1968): in a shop of few products,
 * a good share of that is enough.
 */
const largestShare = 0.75

/**
 * Encoders differ in what a cosine of 0.4 says, so it is measured on the catalogue itself, in two ways: between products
 * at random, and between the query and products at random. Where all products are of a kind, these are nearer to each
 * other than any query is to its answer; beside words, it is enough to stand out by one of the two.
 */
export async function nearnessFloor(
  index: Pick<ProductIndexReader, 'retrieve' | 'vectorOf'>,
  encoder: string,
): Promise<MeasureNearness> {
  const vectors = await sampleOf(index, encoder)
  const between = cosines()
  for (const [i, a] of vectors.entries()) {
    for (let j = 0; j < i; j++) between.add(dot(a, vectors[j]!))
    // All pairs at once would hold this thread, which answers queries, for ten milliseconds.
    if (i % rowsOfSlice === rowsOfSlice - 1) await setImmediate()
  }
  const products = { alone: between.above(betweenProducts.alone), beside: between.above(betweenProducts.beside) }
  const count = vectors.length
  const deviations = Math.min(toTheQuery, (largestShare * (count - 1)) / Math.sqrt(Math.max(1, count)))
  return (query) => {
    const toQuery = cosines()
    for (const vector of vectors) toQuery.add(dot(vector, query))
    const beside = Math.min(products.beside, toQuery.above(deviations))
    return { beside, alone: Math.max(beside, products.alone) }
  }
}

/** Mean and standard deviation of what was added; 0 of nothing. */
function cosines() {
  let count = 0
  let sum = 0
  let squares = 0
  return {
    add(cosine: number) {
      count++
      sum += cosine
      squares += cosine * cosine
    },
    above(deviations: number): number {
      if (count === 0) return 0
      const mean = sum / count
      return mean + deviations * Math.sqrt(Math.max(0, squares / count - mean * mean))
    },
  }
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

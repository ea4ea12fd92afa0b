import type { Product } from '@eip/contracts'
import { type Random, seededRandom } from '@eip/kernel'

const vocabulary = 20_000
const brands = 200
const categories = 40
const wideClusters = 64
const vectorsOfCluster = 50

/** Word numbers by Zipf's law: word w about w times as rare as word 1. */
const zipf = (random: Random) => Math.floor(Math.exp(random.next() * Math.log(vocabulary)))

/** Small products, the same for the same seed: a title of a few words whose frequencies are those of a language, brand, category, price. */
export const generatedProducts = (count: number, seed = 1): Product[] => [...generatedProductStream(count, seed)]

/** The same, one after the other. */
export function* generatedProductStream(count: number, seed = 1): Generator<Product> {
  const random = seededRandom(seed)
  const nothing = { description: '', attributes: {}, images: [], seller: null, rating: null, reviews: [], active: true }
  for (let number = 0; number < count; number++)
    yield {
      ...nothing,
      id: `p${number}`,
      title: Array.from({ length: 3 + random.integer(6) }, () => `w${zipf(random)}`).join(' '),
      brand: `Brand ${Math.floor(random.next() ** 2 * brands)}`,
      categoryPath: [`Category ${random.integer(categories)}`],
      price: { amount: 100 + random.integer(100_000), currency: 'USD' },
      language: 'en',
      createdAt: null,
      updatedAt: null,
    }
}

/**
 * `count` vectors, one after the other, as embeddings of a catalogue lie: a few dozen wide clusters, in each narrow ones of
 * some fifty vectors, and noise. By variance a vector is 44 % wide cluster, 28 % narrow one and 28 % noise:
 * where nearly all is noise nothing is near to anything, and a graph finds little.
 */
export function generatedVectors(count: number, dimensions: number, seed = 1): Float32Array {
  const random = seededRandom(seed)
  const uniform = () => random.next() - 0.5
  const centres = (number: number) => Float32Array.from({ length: number * dimensions }, uniform)
  const narrow = Math.ceil(count / vectorsOfCluster)
  const [wideCentres, narrowCentres] = [centres(wideClusters), centres(narrow)]
  const vectors = new Float32Array(count * dimensions)
  for (let number = 0; number < count; number++) {
    const cluster = random.integer(narrow)
    const from = cluster * dimensions
    const wideFrom = (cluster % wideClusters) * dimensions
    for (let at = 0; at < dimensions; at++)
      vectors[number * dimensions + at] =
        wideCentres[wideFrom + at]! + 0.8 * narrowCentres[from + at]! + 0.8 * uniform()
  }
  return vectors
}

/** A query's vector: that of the product at this place, with noise half as long as it. */
export function vectorNear(vectors: Float32Array, place: number, dimensions: number, random: Random): Float32Array {
  const vector = vectors.slice(place * dimensions, (place + 1) * dimensions)
  const spread = Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0) / dimensions)
  return vector.map((value) => value + spread * (random.next() - 0.5))
}

import { seededRandom } from '@eip/kernel'

/** Vectors one after the other in one array, in a fixed order for a seed. */
export type GeneratedVectors = Readonly<{ dimensions: number; count: number; at(index: number): Float32Array }>

/** About normal, of variance 1: a sum of four uniform numbers (Irwin-Hall). */
const normal = (next: () => number) => (next() + next() + next() + next() - 2) * Math.sqrt(3)

const wrap = (data: Float32Array, dimensions: number): GeneratedVectors => ({
  dimensions,
  count: data.length / dimensions,
  at: (index) => data.subarray(index * dimensions, (index + 1) * dimensions),
})

/** In every direction alike: nothing to be near to. The hard case. */
export function uniformVectors(count: number, dimensions: number, seed = 1): GeneratedVectors {
  const { next } = seededRandom(seed)
  return wrap(
    Float32Array.from({ length: count * dimensions }, () => normal(next)),
    dimensions,
  )
}

/** Around centres, about one for each 25 vectors, which lie around centres of their own: like products of categories. */
export function clusteredVectors(count: number, dimensions: number, seed = 1, noise = 0.8): GeneratedVectors {
  const { next, integer } = seededRandom(seed)
  // The centres are the same for every seed, so that queries come from where the vectors lie.
  const few = uniformVectors(64, dimensions, 77)
  const many = uniformVectors(Math.max(8, Math.ceil(count / 25)), dimensions, 78)
  const data = new Float32Array(count * dimensions)
  for (let index = 0; index < count; index++) {
    const inner = integer(many.count)
    const [centre, outer] = [many.at(inner), few.at(inner % few.count)]
    for (let d = 0; d < dimensions; d++)
      data[index * dimensions + d] = outer[d]! + 0.8 * centre[d]! + noise * normal(next)
  }
  return wrap(data, dimensions)
}

/** The vector of an id in a round: far from those of other ids, and the round stands in its last component, in thousandths. */
export function taggedVector(id: number, round: number, dimensions: number): Float32Array {
  const vector = uniformVectors(1, dimensions, id + 1)
    .at(0)
    .slice()
  // A first component that is never small: rounding of the kept vector stays below a thousandth of it.
  vector[0] = 2
  vector[dimensions - 1] = round / 1000
  return vector
}

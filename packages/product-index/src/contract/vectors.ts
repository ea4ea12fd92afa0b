import type { VectorQuery } from '../product-index.port.ts'
import type { VectorChange } from '../product-index-writer.port.ts'

export const encoder = 'words-1'
export const dimensions = 8

/** A vector that begins with the given numbers and goes on with zeros. */
export const vectorOf = (...first: number[]): Float32Array => {
  const vector = new Float32Array(dimensions)
  vector.set(first)
  return vector
}

/** Little-endian float32, base64. */
export function textOf(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((value, at) => {
    bytes.writeFloatLE(value, at * 4)
  })
  return bytes.toString('base64')
}

export const embedded = (
  productId: string,
  version: number,
  vector: Float32Array | null,
  by: string = encoder,
): VectorChange => ({ productId, encoder: by, version, vector: vector && textOf(vector) })

/** A query for everything that has a vector, unless said otherwise. */
export const meaning = (values: Float32Array, fields: Partial<VectorQuery> = {}): VectorQuery => ({
  encoder,
  values,
  nearest: 1_000,
  floor: -1,
  ...fields,
})

export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    dot += a[at]! * b[at]!
    aa += a[at]! ** 2
    bb += b[at]! ** 2
  }
  return dot / Math.sqrt(aa * bb)
}

/** How far a cosine may be off where vectors are kept as half floats. */
export const tolerance = 2e-3

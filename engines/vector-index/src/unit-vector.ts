import { failure } from './failures.ts'

const COMPONENT = 4

/** Writes the vector, made unit length, to the start of `into`. Fails with `vector-index.bad-vector`, saying what is wrong. */
export function makeUnit(vector: Float32Array, dimensions: number, into: Float32Array): void {
  if (vector.length !== dimensions)
    throw failure('vector-index.bad-vector', `the vector has ${vector.length} dimensions, not ${dimensions}`, {
      dimensions,
      length: vector.length,
    })
  let sum = 0
  for (let at = 0; at < dimensions; at++) sum += vector[at]! * vector[at]!
  // Squares of float32 neither overflow nor vanish in float64.
  if (!Number.isFinite(sum)) {
    const at = vector.findIndex((value) => !Number.isFinite(value))
    throw failure('vector-index.bad-vector', `component ${at} of the vector is ${vector[at]}`, { component: at })
  }
  if (sum === 0) throw failure('vector-index.bad-vector', 'all components of the vector are zero')
  const factor = 1 / Math.sqrt(sum)
  for (let at = 0; at < dimensions; at++) into[at] = vector[at]! * factor
}

/** Rounds a query to 16-bit whole numbers of at most `limit`. Answers their scale, and the length of what rounding took. */
export function roundQuery(query: Float32Array, limit: number, into: Int16Array): { scale: number; error: number } {
  const scale = Math.fround(largestComponent(query) / limit)
  let error = 0
  for (let at = 0; at < query.length; at++) {
    const code = Math.round(query[at]! / scale)
    into[at] = code
    error += (query[at]! - code * scale) ** 2
  }
  return { scale, error: Math.sqrt(error) }
}

export function largestComponent(vector: Float32Array): number {
  let most = 0
  for (let at = 0; at < vector.length; at++) most = Math.max(most, Math.abs(vector[at]!))
  return most
}

/** How vectors travel between processes: float32, little endian, in base64. */
export function encodeVector(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * COMPONENT)
  for (let at = 0; at < vector.length; at++) bytes.writeFloatLE(vector[at]!, at * COMPONENT)
  return bytes.toString('base64')
}

/** Fails with `vector-index.bad-vector` where the text is not base64 of whole float32, or of another length than asked for. */
export function decodeVector(text: string, dimensions?: number): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  const length = bytes.length / COMPONENT
  // Buffer skips what is no base64.
  if (bytes.toString('base64') !== text || !Number.isInteger(length) || length === 0)
    throw failure('vector-index.bad-vector', 'the text is not base64 of float32 numbers')
  if (dimensions !== undefined && length !== dimensions)
    throw failure('vector-index.bad-vector', `the vector has ${length} dimensions, not ${dimensions}`, {
      dimensions,
      length,
    })
  const vector = new Float32Array(length)
  for (let at = 0; at < length; at++) vector[at] = bytes.readFloatLE(at * COMPONENT)
  return vector
}

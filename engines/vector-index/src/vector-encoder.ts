/// <reference lib="esnext.float16" />
import { CODE_LIMIT, type Layout, PARTS } from './layout.ts'
import { largestComponent } from './unit-vector.ts'

/** A unit vector as it is kept; overwritten by the next one. */
export interface EncodedVector {
  /** One byte a dimension. */
  readonly codes: Int8Array
  /** The bytes of the exact memory. */
  readonly exact: Int8Array
  scale: number
  /** The length of the difference between what is kept exactly and the codes; not below it. */
  error: number
}

export interface VectorEncoder {
  encode(vector: Float32Array): EncodedVector
  /** What is kept of a vector whose codes and exact bytes begin at these places. */
  decode(codes: Int8Array, codesAt: number, exact: Int8Array, exactAt: number, scale: number, into: Float32Array): void
}

const ROUNDED_UP = 1.000001

export function createVectorEncoder({ dimensions, width, exactStride, precision }: Layout): VectorEncoder {
  const bytes = new ArrayBuffer(exactStride)
  const halves = new Float16Array(bytes, 0, precision === 'f16' ? width : 0)
  const encoded = { codes: new Int8Array(width), exact: new Int8Array(bytes), scale: 0, error: 0 }
  const { codes, exact } = encoded
  const kept = new Float32Array(dimensions)

  function encodeCodes(vector: Float32Array): void {
    encoded.scale = Math.fround(largestComponent(vector) / CODE_LIMIT)
    for (let at = 0; at < dimensions; at++) codes[at] = Math.round(vector[at]! / encoded.scale)
  }

  function encode(vector: Float32Array): EncodedVector {
    if (precision === 'f16') {
      halves.set(vector)
      kept.set(halves.subarray(0, dimensions))
      encodeCodes(kept)
    } else {
      encodeCodes(vector)
      const { scale } = encoded
      for (let at = 0; at < dimensions; at++) exact[at] = Math.round((vector[at]! / scale - codes[at]!) * PARTS)
      for (let at = 0; at < dimensions; at++) kept[at] = (codes[at]! + exact[at]! / PARTS) * scale
    }
    let sum = 0
    for (let at = 0; at < dimensions; at++) sum += (kept[at]! - codes[at]! * encoded.scale) ** 2
    encoded.error = Math.fround(Math.sqrt(sum) * ROUNDED_UP)
    return encoded
  }

  return Object.freeze({
    encode,
    decode(
      fromCodes: Int8Array,
      codesAt: number,
      fromExact: Int8Array,
      exactAt: number,
      scale: number,
      into: Float32Array,
    ) {
      if (precision === 'f16') {
        exact.set(fromExact.subarray(exactAt, exactAt + exactStride))
        into.set(halves.subarray(0, dimensions))
      } else
        for (let at = 0; at < dimensions; at++)
          into[at] = (fromCodes[codesAt + at]! + fromExact[exactAt + at]! / PARTS) * scale
    },
  })
}

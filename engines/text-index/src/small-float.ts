/**
 * Lucene's one-byte length (org.apache.lucene.util.SmallFloat, intToByte4 / byte4ToInt): exact up to 40, then four
 * significant bits, so that lengths up to 2³¹ fit one byte and differ from the truth by less than an eighth.
 */
const FREE_VALUES = 24

function longToInt4(value: number): number {
  const bits = 32 - Math.clz32(value)
  if (bits < 4) return value
  const shift = bits - 4
  return ((value >>> shift) & 7) | ((shift + 1) << 3)
}

/** @param length a whole number from 0 to 2³¹−1. @returns 0…255, growing with the length. */
export function encodeLength(length: number): number {
  return length < FREE_VALUES ? length : FREE_VALUES + longToInt4(length - FREE_VALUES)
}

/** The smallest length that `encodeLength` maps to this byte. */
export function decodeLength(byte: number): number {
  if (byte < FREE_VALUES) return byte
  const code = byte - FREE_VALUES
  const shift = (code >>> 3) - 1
  return FREE_VALUES + (shift < 0 ? code : ((code & 7) | 8) * 2 ** shift)
}

/** decodeLength of every byte. */
export const DECODED_LENGTHS: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => decodeLength(byte))

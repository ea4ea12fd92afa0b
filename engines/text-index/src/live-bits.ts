/** One bit a document, 1 = live. `null` stands for "all live" and costs nothing. */
export type LiveBits = Uint32Array | null

export const isLive = (bits: LiveBits, document: number): boolean =>
  bits === null || ((bits[document >>> 5]! >>> (document & 31)) & 1) === 1

export function allLive(documents: number): Uint32Array<SharedArrayBuffer> {
  const bits = new Uint32Array(new SharedArrayBuffer(Math.ceil(documents / 32) * 4)).fill(0xffffffff)
  if (documents % 32 !== 0) bits[bits.length - 1] = 2 ** (documents % 32) - 1
  return bits
}

export function copyBits(bits: Uint32Array): Uint32Array<SharedArrayBuffer> {
  const copy = new Uint32Array(new SharedArrayBuffer(bits.byteLength))
  copy.set(bits)
  return copy
}

export function clearBit(bits: Uint32Array, document: number): void {
  bits[document >>> 5]! &= ~(1 << (document & 31))
}

/** Set bits of a 32-bit word (Warren, Hacker's Delight, §5–1). */
export function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

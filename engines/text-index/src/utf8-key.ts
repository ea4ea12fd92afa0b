/** MurmurHash3's finaliser over FNV-1a: cheap for keys of a dozen bytes, and its low bits are good. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const encoder = new TextEncoder()

/** A reusable UTF-8 copy of a string with its hash, for looking keys up in shared bytes without an object a look-up. */
export class Utf8Key {
  bytes = new Uint8Array(256)
  length = 0
  hash = 0

  set(text: string): this {
    const needed = text.length * 3
    if (needed > this.bytes.length) this.bytes = new Uint8Array(needed * 2)
    const { bytes } = this
    let at = 0
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit > 127) break
      bytes[at] = unit
    }
    this.length = at === text.length ? at : encoder.encodeInto(text, bytes).written
    this.hash = hashBytes(bytes, 0, this.length)
    return this
  }
}

/** Order of UTF-8 bytes, which is the order of code points (and not of UTF-16 units, where the two differ). */
export function compareUtf8(left: string, right: string): number {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at++) {
    let a = left.charCodeAt(at)
    let b = right.charCodeAt(at)
    if (a === b) continue
    // Surrogates stand for code points above every other unit.
    if (a >= 0xd800 && b >= 0xd800) {
      a = a >= 0xe000 ? a - 0x800 : a + 0x2000
      b = b >= 0xe000 ? b - 0x800 : b + 0x2000
    }
    return a - b
  }
  return left.length - right.length
}

export function compareBytes(
  left: Uint8Array,
  leftStart: number,
  leftEnd: number,
  right: Uint8Array,
  rightStart: number,
  rightEnd: number,
): number {
  const shared = Math.min(leftEnd - leftStart, rightEnd - rightStart)
  for (let at = 0; at < shared; at++) {
    const difference = left[leftStart + at]! - right[rightStart + at]!
    if (difference !== 0) return difference
  }
  return leftEnd - leftStart - (rightEnd - rightStart)
}

import { sharedUint32 } from './growable.ts'
import { compareBytes, hashBytes, type Utf8Key } from './utf8-key.ts'

/**
 * An immutable set of byte strings with ordinals 0…size−1, in shared memory:
 *
 * ```
 * bytes    s o n y l g h p …          all keys, one after the other
 * offsets  0 4 6 8 …                  key i is bytes[offsets[i] … offsets[i+1])
 * table    . 2 . . 1 3 . .            open addressing, linear probing: ordinal + 1, 0 = free
 * ```
 * Looking up costs one hash and, on average, less than two comparisons.
 */
export interface ByteDictionary {
  readonly size: number
  readonly bytes: Uint8Array
  /** The same bytes: Node decodes shared ones through Buffer only. */
  readonly text: Buffer
  readonly offsets: Uint32Array
  readonly table: Uint32Array
}

export interface ByteDictionaryBuffers {
  readonly bytes: SharedArrayBuffer
  readonly offsets: SharedArrayBuffer
  readonly table: SharedArrayBuffer
}

export function openByteDictionary(buffers: ByteDictionaryBuffers): ByteDictionary {
  const offsets = new Uint32Array(buffers.offsets)
  return {
    size: offsets.length - 1,
    bytes: new Uint8Array(buffers.bytes),
    text: Buffer.from(buffers.bytes),
    offsets,
    table: new Uint32Array(buffers.table),
  }
}

/** An empty hash table for so many keys, filled to two thirds at most. */
export function allocateHashTable(size: number): Uint32Array<SharedArrayBuffer> {
  let capacity = 4
  while (capacity < size * 1.5) capacity *= 2
  return sharedUint32(capacity)
}

/** Enters keys from…to, which lie in `bytes` and `offsets` already. Keys are distinct. */
export function insertKeys(
  table: Uint32Array,
  bytes: Uint8Array,
  offsets: Uint32Array,
  from: number,
  to: number,
): void {
  const mask = table.length - 1
  for (let ordinal = from; ordinal < to; ordinal++) {
    let slot = hashBytes(bytes, offsets[ordinal]!, offsets[ordinal + 1]!) & mask
    while (table[slot] !== 0) slot = (slot + 1) & mask
    table[slot] = ordinal + 1
  }
}

export function buildHashTable(bytes: Uint8Array, offsets: Uint32Array, size: number): SharedArrayBuffer {
  const table = allocateHashTable(size)
  insertKeys(table, bytes, offsets, 0, size)
  return table.buffer
}

function isKey(dictionary: ByteDictionary, ordinal: number, key: Uint8Array, length: number): boolean {
  const { bytes, offsets } = dictionary
  const start = offsets[ordinal]!
  if (offsets[ordinal + 1]! - start !== length) return false
  for (let at = 0; at < length; at++) if (bytes[start + at] !== key[at]) return false
  return true
}

/** The ordinal of a key, or −1. */
export function findKey(dictionary: ByteDictionary, key: Utf8Key): number {
  return findBytes(dictionary, key.bytes, key.length, key.hash)
}

export function findBytes(dictionary: ByteDictionary, bytes: Uint8Array, length: number, hash: number): number {
  const { table } = dictionary
  const mask = table.length - 1
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const entry = table[slot]!
    if (entry === 0) return -1
    if (isKey(dictionary, entry - 1, bytes, length)) return entry - 1
  }
}

/** The bytes of a key, without a copy. */
export function keyBytes({ text, offsets }: ByteDictionary, ordinal: number): Buffer {
  return text.subarray(offsets[ordinal]!, offsets[ordinal + 1]!)
}

export function keyText({ text, offsets }: ByteDictionary, ordinal: number): string {
  return text.toString('utf8', offsets[ordinal]!, offsets[ordinal + 1]!)
}

/** Whether a key begins with these bytes. */
export function keyStartsWith({ bytes, offsets }: ByteDictionary, ordinal: number, prefix: Uint8Array): boolean {
  const start = offsets[ordinal]!
  if (offsets[ordinal + 1]! - start < prefix.length) return false
  for (let at = 0; at < prefix.length; at++) if (bytes[start + at] !== prefix[at]) return false
  return true
}

export function compareKeys(
  left: ByteDictionary,
  leftOrdinal: number,
  right: ByteDictionary,
  rightOrdinal: number,
): number {
  return compareBytes(
    left.bytes,
    left.offsets[leftOrdinal]!,
    left.offsets[leftOrdinal + 1]!,
    right.bytes,
    right.offsets[rightOrdinal]!,
    right.offsets[rightOrdinal + 1]!,
  )
}

import { failures } from '@eip/kernel'

const failure = failures({
  'product-index.ledger-unreadable': {
    kind: 'internal',
    cure: 'Remove the index folder; the view is then built anew from the events.',
  },
})

/*
 *  slots   [ · | 3 | · | 1 | 2 | · | · | · ]        open addressing over FNV-1a of the id; entry number + 1, 0 = free
 *                │       │   │
 *  ends    [ 6, 11, 19 ] │   │                      where each entry's id ends in `bytes`
 *  versions[ 7,  1,  4 ]─┤   │
 *  hashes  [ h, −1,  h ]─┴───┘                      of what each said, six bytes; −1 = not known, or nothing
 *  bytes   "sku-01sku-2product-3"
 *
 *  Entries are never removed: a deleted product's version is what keeps a late, older event out.
 */
export interface VersionLedger {
  readonly size: number
  /** The version held for the id, or −1. */
  get(id: string): number
  /** The number of the id's entry, as they came from 0 on; −1: it never came. It stays the same for good. */
  entryOf(id: string): number
  /** `hash`: of what it says, as base64 of six bytes; null where that is not known, or it says nothing. */
  set(id: string, version: number, hash?: string | null): void
  hashOf(id: string): string | null
  /** Ids in the order in which they first came, from the `first`-th on; at most `limit`. */
  ids(first: number, limit: number): readonly string[]
  /** The whole ledger in one piece, for `restoreVersionLedger`. */
  bytes(): Uint8Array
}

const longestId = 512 * 3 // bytes of the longest key that an event may have
const headerBytes = 24
const magic = 0x65_69_70_76 // "eipv"
const format = 2
/** Without hashes: these are then not known. */
const earlierFormat = 1
const unknown = -1
const hashBytes = 6

const grownFloats = (old: Float64Array<ArrayBuffer>, length: number) => {
  const grown = new Float64Array(length)
  grown.set(old)
  return grown
}

/**
 * The newest version of every product ever seen, about 53 bytes each, none of it objects on the heap.
 * `get` and `set` are O(length of the id), amortised.
 */
export function createVersionLedger(expected = 1_024): VersionLedger {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected)))
  return ledgerOver({
    size: 0,
    ends: new Float64Array(capacity),
    versions: new Float64Array(capacity),
    hashes: new Float64Array(capacity),
    text: Buffer.alloc(capacity * 16),
  })
}

type Entries = {
  size: number
  ends: Float64Array<ArrayBuffer>
  versions: Float64Array<ArrayBuffer>
  hashes: Float64Array<ArrayBuffer>
  text: Buffer<ArrayBuffer>
}

function ledgerOver(entries: Entries): VersionLedger {
  let slots = slotsOver(entries)
  const scratch = Buffer.alloc(longestId)

  const locate = (length: number): number => {
    const mask = slots.length - 1
    let slot = hash(scratch, 0, length) & mask
    for (;;) {
      const entry = slots[slot]! - 1
      if (entry < 0) return ~slot
      const start = entry === 0 ? 0 : entries.ends[entry - 1]!
      const end = entries.ends[entry]!
      if (end - start === length && entries.text.compare(scratch, 0, length, start, end) === 0) return entry
      slot = (slot + 1) & mask
    }
  }
  const append = (slot: number, length: number, version: number, hash: number) => {
    const start = entries.size === 0 ? 0 : entries.ends[entries.size - 1]!
    if (start + length > entries.text.length) {
      const grown = Buffer.alloc(Math.max(entries.text.length * 2, start + length))
      entries.text.copy(grown)
      entries.text = grown
    }
    if (entries.size === entries.ends.length) {
      entries.ends = grownFloats(entries.ends, entries.size * 2)
      entries.versions = grownFloats(entries.versions, entries.size * 2)
      entries.hashes = grownFloats(entries.hashes, entries.size * 2)
    }
    scratch.copy(entries.text, start, 0, length)
    entries.ends[entries.size] = start + length
    entries.versions[entries.size] = version
    entries.hashes[entries.size] = hash
    entries.size++
    slots[slot] = entries.size
    if (entries.size * 3 > slots.length * 2) slots = slotsOver(entries)
  }

  return Object.freeze({
    get size() {
      return entries.size
    },
    get(id: string) {
      const found = locate(scratch.write(id))
      return found < 0 ? -1 : entries.versions[found]!
    },
    entryOf: (id: string) => Math.max(-1, locate(scratch.write(id))),
    set(id: string, version: number, hash: string | null = null) {
      const length = scratch.write(id)
      const found = locate(length)
      const number = hash === null ? unknown : Buffer.from(hash, 'base64').readUIntBE(0, hashBytes)
      if (found < 0) append(~found, length, version, number)
      else {
        entries.versions[found] = version
        entries.hashes[found] = number
      }
    },
    hashOf(id: string) {
      const found = locate(scratch.write(id))
      const number = found < 0 ? unknown : entries.hashes[found]!
      if (number === unknown) return null
      const bytes = Buffer.alloc(hashBytes)
      bytes.writeUIntBE(number, 0, hashBytes)
      return bytes.toString('base64')
    },
    ids(first: number, limit: number) {
      const last = Math.min(entries.size, first + limit)
      const ids: string[] = []
      for (let entry = first; entry < last; entry++)
        ids.push(entries.text.toString('utf8', entry === 0 ? 0 : entries.ends[entry - 1]!, entries.ends[entry]!))
      return ids
    },
    bytes: () => encode(entries),
  })
}

function slotsOver(entries: Entries): Int32Array {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(32, entries.size * 2 + 2))))
  const mask = slots.length - 1
  for (let entry = 0, start = 0; entry < entries.size; entry++) {
    const end = entries.ends[entry]!
    let slot = hash(entries.text, start, end) & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = entry + 1
    start = end
  }
  return slots
}

// FNV-1a, 32 bits, its high bits folded into the low ones that pick the slot.
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x81_1c_9d_c5
  for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01_00_01_93)
  return (value ^ (value >>> 15)) >>> 0
}

function encode({ size, ends, versions, hashes, text }: Entries): Uint8Array {
  const textBytes = size === 0 ? 0 : ends[size - 1]!
  const out = Buffer.alloc(headerBytes + size * 24 + textBytes)
  out.writeUInt32LE(magic, 0)
  out.writeUInt32LE(format, 4)
  out.writeDoubleLE(size, 8)
  out.writeDoubleLE(textBytes, 16)
  for (const [column, floats] of [ends, versions, hashes].entries())
    out.set(new Uint8Array(floats.buffer, 0, size * 8), headerBytes + column * size * 8)
  text.copy(out, headerBytes + size * 24, 0, textBytes)
  return out
}

/** Fails with `product-index.ledger-unreadable` where the bytes are no ledger of this format. */
export function restoreVersionLedger(stored: Uint8Array): VersionLedger {
  const bytes = Buffer.from(stored) // a copy that starts at a multiple of eight
  const found = bytes.length >= headerBytes && bytes.readUInt32LE(0) === magic ? bytes.readUInt32LE(4) : 0
  const isLedger = found === format || found === earlierFormat
  const size = isLedger ? bytes.readDoubleLE(8) : 0
  const textBytes = isLedger ? bytes.readDoubleLE(16) : 0
  const columns = found === format ? 3 : 2
  const textAt = headerBytes + size * columns * 8
  if (!isLedger || bytes.length !== textAt + textBytes)
    throw failure(
      'product-index.ledger-unreadable',
      `a version ledger of ${bytes.length} bytes is not of format ${format}`,
    )
  const capacity = Math.max(16, size)
  const floats = (column: number) => {
    if (column >= columns) return new Float64Array(capacity).fill(unknown)
    const copy = new Float64Array(capacity)
    const at = headerBytes + column * size * 8
    new Uint8Array(copy.buffer).set(bytes.subarray(at, at + size * 8))
    return copy
  }
  const text = Buffer.alloc(Math.max(256, textBytes))
  bytes.copy(text, 0, textAt)
  return ledgerOver({ size, ends: floats(0), versions: floats(1), hashes: floats(2), text })
}

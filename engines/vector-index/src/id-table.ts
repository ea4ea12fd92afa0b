import type { Store } from './store.ts'

/**
 * Which slots have this id: an open-addressing table (linear probing, at most two thirds full) of slot + 1, in shared
 * memory. Slots are entered and never taken out; whoever looks skips what is not live, or not published, for him. So
 * readers go on looking while the writer enters. A replaced id has several slots; those of the past are left out when the
 * index is made anew.
 */
export interface IdTable {
  readonly entries: Int32Array
  /** Slots entered. */
  size: number
}

export const newIdTable = (size: number): IdTable => ({ entries: allocate(size), size: 0 })

function allocate(size: number): Int32Array {
  let capacity = 64
  while (capacity < size * 1.5) capacity *= 2
  return new Int32Array(new SharedArrayBuffer(capacity * 4))
}

/** FNV-1a, finished as in MurmurHash3. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function enter(entries: Int32Array, store: Store, slot: number): void {
  const start = store.idStart(slot)
  const mask = entries.length - 1
  let at = hashBytes(store.side, start, start + store.idBytes(slot)) & mask
  while (entries[at] !== 0) at = (at + 1) & mask
  // Published after the record that it names.
  Atomics.store(entries, at, slot + 1)
}

/** Enters a slot whose record holds its id. Answers the table, a larger one where this was full. */
export function enterSlot(table: IdTable, store: Store, slot: number): IdTable {
  let entries = table.entries
  if ((table.size + 1) * 1.5 > entries.length) {
    entries = allocate((table.size + 1) * 2)
    for (const entry of table.entries) if (entry !== 0) enter(entries, store, entry - 1)
  }
  enter(entries, store, slot)
  return { entries, size: table.size + 1 }
}

/** The slot with these bytes as its id that is below the limit and live, or −1. */
export function findSlot(
  entries: Int32Array,
  store: Store,
  key: Uint8Array,
  limit: number,
  isLive: (slot: number) => boolean,
): number {
  const mask = entries.length - 1
  for (let at = hashBytes(key, 0, key.length) & mask; ; at = (at + 1) & mask) {
    const slot = Atomics.load(entries, at) - 1
    if (slot < 0) return -1
    if (slot < limit && store.idBytes(slot) === key.length && isLive(slot) && hasBytes(store, slot, key)) return slot
  }
}

function hasBytes(store: Store, slot: number, key: Uint8Array): boolean {
  const start = store.idStart(slot)
  for (let at = 0; at < key.length; at++) if (store.side[start + at] !== key[at]) return false
  return true
}

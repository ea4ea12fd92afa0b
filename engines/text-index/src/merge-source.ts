import { allocateHashTable, insertKeys } from './byte-dictionary.ts'
import type { LiveBits } from './live-bits.ts'
import type { Segment } from './segment.ts'

/** What a merge reads: a segment and its live documents when the merge began. */
export interface MergeSource {
  readonly segment: Segment
  readonly live: LiveBits
}

/** In a map from a source's documents to the merged segment's: it was dead when the merge began. */
export const NOWHERE = 0xffffffff

/** How much is done between two looks at the clock. */
export const STEP = 4096

/** The hash table of a byte dictionary, some keys at a time. */
export function* hashInSlices(
  bytes: Uint8Array,
  offsets: Uint32Array,
  size: number,
): Generator<void, SharedArrayBuffer> {
  const table = allocateHashTable(size)
  for (let from = 0; from < size; from += STEP) {
    insertKeys(table, bytes, offsets, from, Math.min(from + STEP, size))
    yield
  }
  return table.buffer
}

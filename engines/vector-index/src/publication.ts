import type { Entry } from './graph-walk.ts'
import type { VectorPrecision } from './layout.ts'
import type { Memories } from './store.ts'

/**
 * Everything that a reader needs to see the index as of one commit. It can be sent to another thread: memory travels by
 * reference. Each publication is complete; a reader may miss some, apply one twice, or begin with the latest.
 */
export interface VectorPublication {
  readonly dimensions: number
  readonly precision: VectorPrecision
  readonly connections: number
  /** Grows with every commit. */
  readonly epoch: number
  /** Names the memories: another generation has others, and other slots. */
  readonly generation: string
  readonly memories: Memories
  readonly sideBytes: number
  /** The table of ids, see id-table.ts. */
  readonly ids: SharedArrayBuffer
  /** A bit a slot, copied for this publication: it never changes. */
  readonly live: SharedArrayBuffer
  /** Live vectors. */
  readonly size: number
  readonly slots: number
  /** Slots below are found by the graph, the others by looking at each. */
  readonly linked: number
  readonly entry: Entry | null
}

export type VectorStatistics = Readonly<{
  /** That a reader of the next publication can find. */
  vectors: number
  /** Removed or replaced, and still taking room. */
  removed: number
  /** Not in the graph yet. */
  unlinked: number
  /** Shared memory in use. */
  bytes: number
}>

import { randomBytes } from 'node:crypto'
import { clearBit, wordsFor } from './bits.ts'
import { Generation, type GenerationState } from './generation.ts'
import { checkWhole, type Layout, layoutOf, type VectorPrecision } from './layout.ts'
import type { VectorPublication, VectorStatistics } from './publication.ts'
import { Renewal } from './renewal.ts'
import { makeUnit } from './unit-vector.ts'

export type VectorIndexOptions = Readonly<{
  /** From 8 to 4,096. */
  dimensions: number
  /**
   * What exact scores are computed from: half floats, or two 8-bit parts a component (a third less memory in all, and
   * errors no larger). Candidates are found by 8-bit codes in either case.
   */
  precision?: VectorPrecision
  /** Links of a vector on each level, twice as many on the lowest (M). 16. */
  connections?: number
  /** Candidates looked at to choose links from (efConstruction). 256. */
  construction?: number
}>

/**
 * The one writer of an index of unit vectors by id.
 *  - What was set or removed is seen by readers after `commit`, all of it or nothing; nothing blocks them.
 *  - What is set is found from the commit on: as long as it is not in the graph, by looking at it.
 */
export interface VectorIndexWriter {
  /**
   * Adds or replaces; the length of the vector does not matter, and the same vector again changes nothing. O(dimensions).
   * Fails with `vector-index.bad-vector`: another number of dimensions (both named), not finite, all zero.
   */
  set(id: string, vector: Float32Array): void
  /** Whether there was one. */
  remove(id: string): boolean
  /** Enters into the graph what was set, and mends what removals left, for about `budgetMs`. Whether there is more to do. */
  work(budgetMs: number): boolean
  /** Makes everything so far visible to readers that apply it. `null`: nothing changed. Copies a bit a slot. */
  commit(): VectorPublication | null
  /** What a reader that starts now needs: the last commit. */
  publication(): VectorPublication
  readonly size: number
  statistics(): VectorStatistics
}

/** What a snapshot is written from, and a writer goes on from. */
export interface WriterState {
  readonly layout: Layout
  readonly construction: number
  /** Random: tells the files of one generation of an index from all others'. */
  readonly name: string
  readonly generation: Generation
  readonly state: GenerationState
}

/** A renewal costs about what linking its share of the vectors would: not for a few. */
const LEAST_REMOVED = 256
const REMOVED_SHARE = 0.2

const sources = new WeakMap<VectorIndexWriter, () => WriterState>()

/** The state as it is now. What its slots hold is not written over any more. */
export function seal(writer: VectorIndexWriter): WriterState {
  const source = sources.get(writer)
  if (source === undefined) throw new TypeError('this is no writer of a vector index')
  return source()
}

export const newName = (): string => randomBytes(6).toString('hex')

export function createVectorIndexWriter(options: VectorIndexOptions): VectorIndexWriter {
  const { dimensions, precision = 'f16', connections = 16, construction = 256 } = options
  const layout = layoutOf({ dimensions, precision, connections })
  checkWhole('construction', construction, connections, 2048)
  return resumeWriter(layout, construction, newName(), new Generation(layout, construction))
}

export function resumeWriter(
  layout: Layout,
  construction: number,
  firstName: string,
  first: Generation,
): VectorIndexWriter {
  let name = firstName
  let generation = first
  let renewal: Renewal | null = null
  /** Slots below may be read by others. */
  let sealed = first.slots
  let hasChanged = false
  let publication = publish(0)
  const unit = new Float32Array(layout.dimensions)

  function publish(epoch: number): VectorPublication {
    const { store, table, live, slots } = generation
    const bits = new Uint32Array(new SharedArrayBuffer(wordsFor(slots) * 4))
    bits.set(live.subarray(0, bits.length))
    const { dimensions, precision, connections } = layout
    return Object.freeze({
      ...{ dimensions, precision, connections, epoch, generation: name, memories: store.memories },
      ...generation.state(),
      ids: table.entries.buffer as SharedArrayBuffer,
      live: bits.buffer,
    })
  }

  function bury(slot: number): void {
    clearBit(generation.live, slot)
    generation.size--
    hasChanged = true
  }

  function set(id: string, vector: Float32Array): void {
    makeUnit(vector, layout.dimensions, unit)
    const key = Buffer.from(id)
    const slot = generation.find(key)
    if (slot >= 0) {
      if (generation.holds(slot, unit)) return
      // Nobody has seen it yet, and it has no links: written over, so that an id set again and again takes one slot.
      if (slot >= Math.max(sealed, generation.linked, renewal?.sealed ?? 0)) {
        generation.writeVector(slot, unit)
        return
      }
    }
    generation.append(key, unit)
    if (slot >= 0) bury(slot)
    hasChanged = true
  }

  function isRenewalDue(): boolean {
    const { removed, slots } = generation
    return removed >= LEAST_REMOVED && removed >= slots * REMOVED_SHARE
  }

  function hasWork(): boolean {
    return renewal !== null || generation.linked < generation.slots || isRenewalDue()
  }

  /** Where most are dead, a search wades through them: then linking waits for the renewal. */
  function canLink(): boolean {
    const { linked, slots, size } = generation
    return linked < slots && (renewal === null || (renewal.isLinkingAllowed && size * 2 > slots))
  }

  function step(): void {
    if (renewal === null && isRenewalDue()) renewal = new Renewal(generation, new Generation(layout, construction))
    if (canLink()) {
      generation.linkNext()
      hasChanged = true
    }
    if (renewal === null) return
    const renewed = renewal.step()
    if (renewed === null) return
    generation = renewed
    renewal = null
    sealed = renewed.slots
    name = newName()
    hasChanged = true
  }

  const writer: VectorIndexWriter = Object.freeze({
    set,
    remove(id: string) {
      const slot = generation.find(Buffer.from(id))
      if (slot >= 0) bury(slot)
      return slot >= 0
    },
    work(budgetMs: number) {
      const deadline = performance.now() + budgetMs
      while (hasWork()) {
        step()
        if (performance.now() >= deadline) break
      }
      return hasWork()
    },
    commit() {
      if (!hasChanged) return null
      publication = publish(publication.epoch + 1)
      sealed = generation.slots
      hasChanged = false
      return publication
    },
    publication: () => publication,
    get size() {
      return generation.size
    },
    statistics() {
      const { slots, linked, size, removed, sideBytes, table, live } = generation
      const bytes =
        slots * (layout.stride + layout.exactStride) + sideBytes + table.entries.byteLength + live.byteLength
      return Object.freeze({ vectors: size, removed, unlinked: slots - linked, bytes })
    },
  })
  sources.set(writer, () => {
    sealed = generation.slots
    return Object.freeze({ layout, construction, name, generation, state: generation.state() })
  })
  return writer
}

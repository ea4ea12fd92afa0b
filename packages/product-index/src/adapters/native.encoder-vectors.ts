import { createVectorIndexWriter, type VectorIndexWriter } from '@eip/engine-vector-index'
import type { EncoderChange, VectorChange } from '../product-index-writer.port.ts'
import { readVector } from '../vector-checks.ts'
import { createVersionLedger, type VersionLedger } from '../version-ledger.ts'
import type { PublishedVectors } from './native.messages.ts'

/** Where the newest snapshot has an encoder's vectors, and as of which change: what has not changed is not written again. */
export type SavedVectors = Readonly<{ changes: number; folder: string | null; versions: LedgerFile }>
export type LedgerFile = Readonly<{ file: string; bytes: number; crc32: number }>

/** What the view holds of one encoder. It lives in the thread that writes, and changes there. */
export type EncoderVectors = {
  readonly encoder: string
  /** Of the newest word on whether it is held; −1: none came, and it is held. */
  version: number
  isHeld: boolean
  /** null: no vector came yet. The first one tells the length of all. */
  index: VectorIndexWriter | null
  dimensions: number
  /** Newest version by product, of deletions too. Forgotten with the vectors: held again, the encoder begins anew. */
  versions: VersionLedger
  changes: number
  saved: SavedVectors | null
}

type ReadChange = Readonly<{ of: EncoderVectors; productId: string; version: number; vector: Float32Array | null }>

/**
 * The vectors of all encoders while they are written.
 *
 *   take(changes) ─ read, check ─▶ waiting ─┐
 *   take(changes) ─ read, check ─▶ waiting ─┤
 *   put() ──────────────────────────────────┴─▶ indexes + versions        one that cannot be read rejects them all
 */
export interface VectorWriters {
  /** Reads a part of what the next `put` puts in. Throws by naming product and encoder. */
  take(changes: readonly VectorChange[]): void
  /** Forgets what was taken. */
  drop(): void
  /** Puts in what was taken and is newer than what is held; answers with how many changes that were. */
  put(): number
  /** Begins or ceases to hold encoders, as far as the changes are news. */
  hold(changes: readonly EncoderChange[]): void
  /** What a commit changes for readers, all encoders complete; null: nothing. */
  commit(): readonly PublishedVectors[] | null
  published(): readonly PublishedVectors[]
  /** Brings vectors into their graphs for about `budgetMs`. `finished`: with this call all are. */
  link(budgetMs: number): 'idle' | 'working' | 'finished'
  /** Vectors that are not in a graph yet: a query looks at each of them. */
  unlinked(): number
  encoders(): readonly EncoderVectors[]
}

export function createVectorWriters(start: readonly EncoderVectors[]): VectorWriters {
  const encoders = new Map(start.map((each) => [each.encoder, each]))
  let waiting: ReadChange[] = []
  /** Indexes of encoders whose first vectors are waiting. */
  let begun = new Map<EncoderVectors, VectorIndexWriter>()
  let hasDropped = false
  let isLinking = false

  const encoderOf = (encoder: string): EncoderVectors => {
    const known = encoders.get(encoder) ?? emptyEncoder(encoder)
    encoders.set(encoder, known)
    return known
  }
  const withIndex = () => [...encoders.values()].flatMap((each) => (each.index === null ? [] : [each.index]))

  function read(of: EncoderVectors, change: VectorChange): Float32Array | null {
    if (change.vector === null) return null
    const dimensions = of.dimensions || undefined
    const vector = readVector(change, change.vector, dimensions)
    if (dimensions === undefined) {
      begun.set(of, createVectorIndexWriter({ dimensions: vector.length }))
      of.dimensions = vector.length
    }
    return vector
  }
  function drop(): void {
    waiting = []
    for (const each of begun.keys()) each.dimensions = 0
    begun = new Map()
  }
  function begin(): void {
    for (const [each, index] of begun) each.index = index
    begun = new Map()
  }
  function cease(of: EncoderVectors): void {
    hasDropped ||= of.index !== null
    Object.assign(of, { index: null, dimensions: 0, versions: createVersionLedger() })
  }
  const published = () =>
    [...encoders.values()].flatMap(({ encoder, index }) =>
      index === null ? [] : [{ encoder, publication: index.publication(), bytes: index.statistics().bytes }],
    )

  return Object.freeze({
    take(changes: readonly VectorChange[]) {
      for (const change of changes) {
        const { productId, version } = change
        const of = encoderOf(change.encoder)
        if (of.isHeld && version > of.versions.get(productId))
          waiting.push({ of, productId, version, vector: read(of, change) })
      }
    },
    drop,
    put() {
      const taken = waiting
      waiting = []
      begin()
      let applied = 0
      for (const { of, productId, version, vector } of taken) {
        // Asked again here: the batch itself may hold several versions of a vector.
        if (version <= of.versions.get(productId)) continue
        if (vector === null) of.index?.remove(productId)
        else of.index!.set(productId, vector)
        of.versions.set(productId, version)
        of.changes++
        applied++
      }
      return applied
    },
    hold(changes: readonly EncoderChange[]) {
      for (const { encoder, version, isHeld } of changes) {
        const of = encoderOf(encoder)
        if (version <= of.version) continue
        of.version = version
        of.isHeld = isHeld
        of.changes++
        if (!isHeld) cease(of)
      }
    },
    commit() {
      let hasChanged = hasDropped
      hasDropped = false
      for (const index of withIndex()) hasChanged = index.commit() !== null || hasChanged
      return hasChanged ? published() : null
    },
    published,
    link(budgetMs: number) {
      const wasLinking = isLinking
      isLinking = linkSome([...encoders.values()], budgetMs)
      if (isLinking) return 'working'
      return wasLinking ? 'finished' : 'idle'
    },
    unlinked: () => withIndex().reduce((sum, index) => sum + index.statistics().unlinked, 0),
    encoders: () => [...encoders.values()],
  })
}

/** Works on one encoder after the other; whether there is more to do. */
function linkSome(encoders: readonly EncoderVectors[], budgetMs: number): boolean {
  const deadline = performance.now() + budgetMs
  let isMore = false
  for (const each of encoders) {
    if (each.index === null) continue
    const left = deadline - performance.now()
    if (left <= 0) return true
    const { unlinked } = each.index.statistics()
    const isWorking = each.index.work(left)
    // A graph that is complete is worth keeping: without it, all of it would have to be linked again after a restart.
    if (unlinked > 0 && !isWorking) each.changes++
    isMore ||= isWorking
  }
  return isMore
}

export const emptyEncoder = (encoder: string): EncoderVectors => ({
  encoder,
  version: -1,
  isHeld: true,
  index: null,
  dimensions: 0,
  versions: createVersionLedger(),
  changes: 0,
  saved: null,
})

import { failure } from './failures.ts'
import { findSlot } from './id-table.ts'
import { layoutOf } from './layout.ts'
import type { VectorPublication } from './publication.ts'
import { openView, type ReaderView } from './reader-view.ts'
import { checkRequest, type VectorSearchRequest, type VectorSearchResult } from './search-request.ts'
import { makeUnit, roundQuery } from './unit-vector.ts'
import { createVectorEncoder } from './vector-encoder.ts'
import type { VectorIndexOptions } from './vector-index-writer.ts'
import { searchView } from './view-search.ts'

/** Finds vectors, on any thread. It sees the publication that it applied last, whole; nothing before the first. */
export interface VectorIndexReader {
  /** From now on this publication is seen. Fails with `vector-index.publication-mismatch`. */
  apply(publication: VectorPublication): void
  /** Live vectors. */
  readonly size: number
  readonly dimensions: number
  /** −1: there is none. A slot names one vector of one id until a newer publication is applied. */
  find(id: string): number
  idOf(slot: number): string
  /** Slots are below this. */
  readonly slots: number
  /** The vector as kept, into `into` or a new array. */
  vector(slot: number, into?: Float32Array): Float32Array
  /** Exact cosines of these slots and a query, NaN for −1. O(slots · dimensions). */
  scores(query: Float32Array, slots: Int32Array, into: Float64Array): void
  /**
   * The k nearest that the filter admits, best first, ties by id; fewer only where fewer exist, or reach the floor.
   * Exact where few are live or admitted, else nearly so. O(log n · effort · connections · dimensions).
   */
  search(query: Float32Array, request: VectorSearchRequest): VectorSearchResult
}

export function createVectorIndexReader(
  options: Pick<VectorIndexOptions, 'dimensions' | 'precision'>,
): VectorIndexReader {
  const { dimensions, precision = 'f16' } = options
  const layout = layoutOf({ dimensions, precision, connections: 16 })
  const encoder = createVectorEncoder(layout)
  const unit = new Float32Array(dimensions)
  let view: ReaderView | null = null

  function opened(slot: number): ReaderView {
    if (view === null || !(slot >= 0 && slot < view.publication.slots))
      throw failure('vector-index.unknown-slot', `slot ${slot} is not one of ${view?.publication.slots ?? 0}`)
    return view
  }

  return Object.freeze({
    dimensions,
    get size() {
      return view?.publication.size ?? 0
    },
    get slots() {
      return view?.publication.slots ?? 0
    },
    apply(publication: VectorPublication) {
      if (publication.dimensions !== dimensions || publication.precision !== precision)
        throw failure(
          'vector-index.publication-mismatch',
          `the publication has ${publication.dimensions} dimensions in ${publication.precision}, the reader ${dimensions} in ${precision}`,
        )
      view = openView(publication, view)
    },
    find(id: string) {
      if (view === null) return -1
      return findSlot(view.ids, view.store, Buffer.from(id), view.publication.slots, view.isLive)
    },
    idOf: (slot: number) => opened(slot).store.id(slot),
    vector(slot: number, into = new Float32Array(dimensions)) {
      const { store } = opened(slot)
      const { stride, exactStride } = store.layout
      const kept = into.length === dimensions ? into : into.subarray(0, dimensions)
      encoder.decode(store.codes, slot * stride, store.exact, slot * exactStride, store.scale(slot), kept)
      return into
    },
    scores(query: Float32Array, slots: Int32Array, into: Float64Array) {
      makeUnit(query, dimensions, unit)
      if (view !== null) scoreSlots(view, unit, slots, into)
      else into.fill(Number.NaN, 0, slots.length)
    },
    search(query: Float32Array, request: VectorSearchRequest) {
      makeUnit(query, dimensions, unit)
      checkRequest(request)
      if (view === null) return { slots: new Int32Array(0), scores: new Float64Array(0) }
      const { query16, query32 } = view.kernel
      query32.set(unit)
      return searchView(view, roundQuery(unit, view.store.layout.queryLimit, query16), request)
    },
  })
}

function scoreSlots(view: ReaderView, unit: Float32Array, slots: Int32Array, into: Float64Array): void {
  const { kernel, publication } = view
  kernel.query32.set(unit)
  for (let from = 0; from < slots.length; from += kernel.list.length) {
    const batch = slots.subarray(from, from + kernel.list.length)
    // What there is none of is scored like the first, and then struck out.
    for (let at = 0; at < batch.length; at++) {
      const slot = batch[at]!
      if (slot < -1 || slot >= publication.slots)
        throw failure('vector-index.unknown-slot', `slot ${slot} is not one of ${publication.slots}`)
      kernel.list[at] = Math.max(0, slot)
    }
    kernel.exact(batch.length)
    for (let at = 0; at < batch.length; at++) into[from + at] = batch[at]! < 0 ? Number.NaN : kernel.out[at]!
  }
}

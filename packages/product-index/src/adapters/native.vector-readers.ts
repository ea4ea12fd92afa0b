import type { Filter as IndexFilter, IndexView } from '@eip/engine-text-index'
import { createVectorIndexReader, type SlotFilter, type VectorIndexReader } from '@eip/engine-vector-index'
import type { IndexStatistics, VectorQuery } from '../product-index.port.ts'
import { checkQueryVector } from '../vector-checks.ts'
import type { PublishedVectors } from './native.messages.ts'
import { createSlotMaps, type SlotMaps } from './native.slot-maps.ts'

/** What a vector means over one commit. */
export interface Meaning {
  /** References of the nearest products that the filters admit, best first, ties by id. */
  readonly nearest: Uint32Array
  /** The exact cosine of each product, NaN where it has no vector. */
  scores(references: Uint32Array): Float64Array
}

/** The vectors of all encoders, as this thread reads them. */
export interface VectorReaders {
  apply(published: readonly PublishedVectors[]): void
  /** Fails with `product-index.unknown-encoder` or `product-index.bad-vector`. */
  meaning(view: IndexView, query: VectorQuery, filters: readonly IndexFilter[]): Meaning
  vectorOf(id: string, encoder: string): Float32Array | null
  statistics(): IndexStatistics['encoders']
  bytes(): number
}

type Held = Readonly<{ reader: VectorIndexReader; maps: SlotMaps; published: PublishedVectors }>

export function createVectorReaders(): VectorReaders {
  let held = new Map<string, Held>()

  function heldFor(query: VectorQuery): Held {
    checkQueryVector(query, new Map([...held].map(([name, { reader }]) => [name, reader.dimensions])))
    return held.get(query.encoder)!
  }

  return Object.freeze({
    apply(published: readonly PublishedVectors[]) {
      const before = held
      held = new Map()
      for (const each of published) {
        const { dimensions, precision } = each.publication
        const known = before.get(each.encoder)
        const isSame = known?.reader.dimensions === dimensions && known.published.publication.precision === precision
        const reader = isSame ? known.reader : createVectorIndexReader({ dimensions, precision })
        reader.apply(each.publication)
        held.set(each.encoder, { reader, maps: isSame ? known.maps : createSlotMaps(reader), published: each })
      }
    },
    meaning(view: IndexView, query: VectorQuery, filters: readonly IndexFilter[]) {
      const { reader, maps, published } = heldFor(query)
      maps.follow(view, published.publication)
      const nearest = nearestOf(view, reader, maps, query, filters)
      return {
        nearest,
        scores(references: Uint32Array) {
          const slots = Int32Array.from(references, maps.slotOf)
          const scores = new Float64Array(slots.length)
          reader.scores(query.values, slots, scores)
          return scores
        },
      }
    },
    vectorOf(id: string, encoder: string) {
      const reader = held.get(encoder)?.reader
      const slot = reader?.find(id) ?? -1
      return slot < 0 ? null : reader!.vector(slot)
    },
    statistics: () =>
      [...held].map(([encoder, { reader }]) => ({ encoder, dimensions: reader.dimensions, vectors: reader.size })),
    bytes: () => [...held.values()].reduce((sum, { published }) => sum + published.bytes, 0),
  })
}

/** Where filters admit at least this share, the nearest of all are looked at, as many more as make up for the others. */
const leastShare = 0.35
const margin = 1.2
const spare = 16
const sampled = 256

/** About which share of the view's documents is admitted, told from some of them, evenly spread. */
function admittedShare(view: IndexView, admits: (reference: number) => boolean): number {
  const { documents, deleted } = view.statistics()
  const step = (documents + deleted) / sampled
  let admitted = 0
  for (let at = 0; at < sampled; at++) if (admits(Math.floor(at * step))) admitted++
  return admitted / sampled
}

/**
 * A walk through the graph that tests nothing is the fastest, and enough where filters admit much (without any, all but
 * products that cannot be found). Where it does not bring enough, or much is left out, the graph is walked with a test.
 */
function nearestOf(
  view: IndexView,
  reader: VectorIndexReader,
  maps: SlotMaps,
  { values, nearest, floor }: VectorQuery,
  filters: readonly IndexFilter[],
): Uint32Array {
  const test = view.admits(filters)
  const admits = (slot: number) => {
    const reference = maps.referenceOf(slot)
    return reference >= 0 && test(reference)
  }
  const share = filters.length === 0 ? 1 : admittedShare(view, test)
  if (share >= leastShare) {
    const k = Math.ceil(share === 1 ? nearest : (nearest / share) * margin) + spare
    const { slots } = reader.search(values, { k, floor })
    const found = referencesOf(slots.filter(admits), maps, nearest)
    if (found.length === nearest || slots.length < k) return found
  }
  const filter: SlotFilter = {
    admits,
    admitted: (most) => {
      const references = view.admitted(filters, most)
      return references === null ? null : slotsOf(references, maps)
    },
  }
  return referencesOf(reader.search(values, { k: nearest, floor, filter }).slots, maps, nearest)
}

/** Slots of the products that have a vector. */
function slotsOf(references: Uint32Array, maps: SlotMaps): Int32Array {
  const slots = new Int32Array(references.length)
  let count = 0
  for (let at = 0; at < references.length; at++) {
    const slot = maps.slotOf(references[at]!)
    if (slot >= 0) slots[count++] = slot
  }
  return slots.subarray(0, count)
}

/** References of the first `most` slots. */
const referencesOf = (slots: Int32Array, maps: SlotMaps, most: number): Uint32Array =>
  Uint32Array.from(slots.subarray(0, most), maps.referenceOf)

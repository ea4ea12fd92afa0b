import { coverBits, hasBit, setBit } from './bits.ts'
import { GraphBuilder, levelOf } from './graph-builder.ts'
import type { Entry } from './graph-walk.ts'
import { enterSlot, findSlot, type IdTable, newIdTable } from './id-table.ts'
import { createKernel, type Kernel } from './kernel.ts'
import { COUNT, ERROR, ID_BYTES, ID_START, type Layout, LEVEL, SCALE, TOWER } from './layout.ts'
import { Store } from './store.ts'
import { createVectorEncoder, type VectorEncoder } from './vector-encoder.ts'

/** Where a generation stands; together with its memories it is all there is. */
export type GenerationState = Readonly<{
  slots: number
  /** Slots below are in the graph, or were dead when their turn came. */
  linked: number
  size: number
  sideBytes: number
  entry: Entry | null
}>

/**
 * The writer's side of the vectors in one set of memories. Slots are given out one after the other and never again: a slot means
 * one vector for as long as these memories are read. What was removed leaves when a new generation takes over.
 */
export class Generation {
  readonly store: Store
  readonly builder: GraphBuilder
  table: IdTable
  live: Uint32Array
  slots: number
  linked: number
  size: number
  sideBytes: number
  readonly #kernel: Kernel
  readonly #encoder: VectorEncoder

  constructor(layout: Layout, construction: number, store = new Store(layout), state?: GenerationState) {
    this.store = store
    this.#kernel = createKernel(layout, store.memories.graph, store.memories.exact)
    this.builder = new GraphBuilder(store, this.#kernel, construction, state?.entry ?? null)
    this.table = newIdTable(state?.slots ?? 0)
    this.live = new Uint32Array(64)
    this.slots = state?.slots ?? 0
    this.linked = state?.linked ?? 0
    this.size = state?.size ?? 0
    this.sideBytes = state?.sideBytes ?? 0
    this.#encoder = createVectorEncoder(layout)
  }

  /** Slots that once were live. */
  get removed(): number {
    return this.slots - this.size
  }

  state(): GenerationState {
    const { slots, linked, size, sideBytes } = this
    return Object.freeze({ slots, linked, size, sideBytes, entry: this.builder.entry })
  }

  readonly isLive = (slot: number): boolean => hasBit(this.live, slot)

  /** The live slot with these bytes as its id, or −1. */
  find(key: Uint8Array): number {
    return findSlot(this.table.entries, this.store, key, this.slots, this.isLive)
  }

  /** A new slot for this id and unit vector. */
  append(key: Uint8Array, vector: Float32Array): number {
    const slot = this.openSlot(key, levelOf(this.slots, this.store.layout.connections))
    this.writeVector(slot, vector)
    this.table = enterSlot(this.table, this.store, slot)
    setBit(this.live, slot)
    this.size++
    return slot
  }

  /** A slot with an id and a level, no vector and no links. It is not live, and no one finds it. */
  openSlot(key: Uint8Array, level: number): number {
    const { store } = this
    const slot = this.slots
    const tower = Math.ceil(this.sideBytes / 4)
    const start = 4 * (tower + level * store.layout.floor)
    store.reserve(slot + 1, start + key.length)
    store.ints[store.at(slot, ID_START)] = start
    store.ints[store.at(slot, ID_BYTES)] = key.length
    store.ints[store.at(slot, LEVEL)] = level
    store.ints[store.at(slot, TOWER)] = tower
    store.ints[store.at(slot, COUNT)] = 0
    store.side.set(key, start)
    this.sideBytes = start + key.length
    this.slots++
    this.live = coverBits(this.live, this.slots)
    return slot
  }

  /** Writes a unit vector as it is kept: exactly, and as codes. */
  writeVector(slot: number, vector: Float32Array): void {
    const { store } = this
    const { stride, exactStride } = store.layout
    const { codes, exact, scale, error } = this.#encoder.encode(vector)
    store.codes.set(codes, slot * stride)
    store.exact.set(exact, slot * exactStride)
    store.floats[store.at(slot, SCALE)] = scale
    store.floats[store.at(slot, ERROR)] = error
  }

  /** Whether a slot keeps just this unit vector. */
  holds(slot: number, vector: Float32Array): boolean {
    const { store } = this
    const { stride, exactStride } = store.layout
    const { codes, exact, scale } = this.#encoder.encode(vector)
    return (
      store.scale(slot) === scale &&
      codes.every((code, at) => code === store.codes[slot * stride + at]) &&
      exact.every((byte, at) => byte === store.exact[slot * exactStride + at])
    )
  }

  /** Enters the next slot into the graph, if it lives. */
  linkNext(): void {
    if (this.isLive(this.linked)) this.builder.insert(this.linked, this.live)
    this.linked++
  }
}

import { type Kernel, LIST } from './kernel.ts'
import { ERROR } from './layout.ts'
import { SlotHeap } from './slot-heap.ts'
import type { Store } from './store.ts'

/** What float32 sums may be off. */
const SLACK = 2e-6

/**
 * The k best of any slots, exactly, at the price of their codes: |exact − approximate| is at most the error of the codes plus that of the
 * rounded query (Cauchy-Schwarz; both vectors are of length 1). What cannot reach the k-th best lower bound is never
 * scored exactly.
 */
export class Scan {
  readonly #store: Store
  readonly #kernel: Kernel
  /** The k best lower bounds. */
  readonly #lower = new SlotHeap()
  #slots = new Int32Array(1024)
  #upper = new Float32Array(1024)
  #count = 0
  #pending = 0
  #k = 0
  #floor = 0
  /** What cannot reach this is not among the best. */
  #least = 0
  #scale = 0
  #queryError = 0

  constructor(store: Store, kernel: Kernel) {
    this.#store = store
    this.#kernel = kernel
  }

  /** The kernel holds the query. */
  begin(k: number, floor: number, scale: number, queryError: number): void {
    this.#k = k
    this.#floor = floor
    this.#least = floor
    this.#scale = scale
    this.#queryError = queryError * 2 + SLACK
    this.#lower.clear()
    this.#count = 0
    this.#pending = 0
  }

  /** Looks at a slot; each once. */
  add(slot: number): void {
    this.#kernel.list[this.#pending++] = slot
    if (this.#pending === LIST) this.#flush()
  }

  /** The same for a slot whose cosine has been approximated. */
  weigh(slot: number, similarity: number): void {
    const lower = this.#lower
    const error = this.#store.floats[this.#store.at(slot, ERROR)]! + this.#queryError
    if (similarity + error < this.#least) return
    this.#keep(slot, similarity + error)
    if (lower.size < this.#k) lower.push(similarity - error, slot)
    else if (similarity - error > lower.keys[0]!) lower.replaceTop(similarity - error, slot)
    else return
    if (lower.size === this.#k) this.#least = Math.max(this.#floor, lower.keys[0]!)
  }

  /** Calls back with those that may be among the k best, and their exact scores. */
  finish(take: (slot: number, score: number) => void): void {
    this.#flush()
    const { list, out } = this.#kernel
    const least = this.#least
    for (let at = 0; at < this.#count; ) {
      let batch = 0
      for (; at < this.#count && batch < LIST; at++) if (this.#upper[at]! >= least) list[batch++] = this.#slots[at]!
      this.#kernel.exact(batch)
      for (let i = 0; i < batch; i++) take(list[i]!, out[i]!)
    }
  }

  #flush(): void {
    const count = this.#pending
    this.#pending = 0
    if (count === 0) return
    const { list, out } = this.#kernel
    this.#kernel.approximate(count, this.#scale)
    for (let i = 0; i < count; i++) this.weigh(list[i]!, out[i]!)
  }

  #keep(slot: number, upper: number): void {
    if (this.#count === this.#slots.length) {
      const slots = new Int32Array(this.#count * 2)
      const uppers = new Float32Array(this.#count * 2)
      slots.set(this.#slots)
      uppers.set(this.#upper)
      this.#slots = slots
      this.#upper = uppers
    }
    this.#slots[this.#count] = slot
    this.#upper[this.#count++] = upper
  }
}

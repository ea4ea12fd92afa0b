import { hasBit } from './bits.ts'
import { type Kernel, LIST } from './kernel.ts'
import { LINKS } from './layout.ts'
import { SlotHeap } from './slot-heap.ts'
import type { Store } from './store.ts'

/** Where walks begin: a slot on the highest level. */
export type Entry = Readonly<{ slot: number; level: number }>

const LARGEST_MARK = 255
/** Results kept on level 1. */
const BEAM = 32

/**
 * Greedy walks over the layered graph (Malkov, Yashunin 2016, Algorithms 2 and 5), for the query that the kernel holds.
 * The writer may be rewriting lists meanwhile: whatever a list says, a walk stays below `limit`, and as it lists no slot
 * twice, it ends.
 *
 * ```
 * level 2   e ─────────▶ ·                      descend: the best neighbour, until none is better
 * level 1                ▼ ─────▶ ·             descend
 * level 0                         ▼ ~~~ q ~~~   search: the `width` best, by a queue of candidates
 * ```
 */
export class GraphWalk {
  /** What `search` found: keys are approximate cosines, the worst on top. */
  readonly results = new SlotHeap()
  readonly #candidates = new SlotHeap()
  readonly #store: Store
  readonly #kernel: Kernel
  #mark = 0
  #limit = 0
  #scale = 0

  constructor(store: Store, kernel: Kernel) {
    this.#store = store
    this.#kernel = kernel
  }

  /** For a new query: only slots below the limit are seen; the scale is that of the query's components. */
  begin(limit: number, scale: number): void {
    this.#limit = limit
    this.#scale = scale
    this.#kernel.coverMarks(limit)
  }

  /** The slot nearest to the query that greedy steps reach, from `entry` down to `level`. */
  descend(entry: Entry, level: number): number {
    const kernel = this.#kernel
    let best = entry.slot
    kernel.list[0] = best
    kernel.approximate(1, this.#scale)
    let similarity = kernel.out[0]!
    for (let at = entry.level; at >= level; at--) {
      for (let isBetter = true; isBetter; ) {
        isBetter = false
        const count = this.#copyFloor(best, at)
        kernel.approximate(count, this.#scale)
        for (let i = 0; i < count; i++)
          if (kernel.out[i]! > similarity) {
            similarity = kernel.out[i]!
            best = kernel.list[i]!
            isBetter = true
          }
      }
    }
    return best
  }

  /**
   * Lists (in the kernel) where a search of level 0 goes on from, and answers how many: greedily down to level 2, then
   * with a beam on level 1. (A single greedy path misses whole clusters: among many that are equally far, none leads to
   * the right one.)
   */
  approach(entry: Entry, live: Uint32Array): number {
    const { list } = this.#kernel
    list[0] = entry.level > 1 ? this.descend(entry, 2) : entry.slot
    if (entry.level === 0) return 1
    const way = list[0]
    this.clear()
    this.seed(1, BEAM, live)
    this.search(1, BEAM, live)
    const { slots, size } = this.results
    // Where nothing on the level lives, it goes on from where it came.
    list[0] = way
    list.set(slots.subarray(0, size))
    return Math.max(1, size)
  }

  /** Begins a search of one level with nothing found. */
  clear(): void {
    this.results.clear()
    this.#candidates.clear()
    if (++this.#mark > LARGEST_MARK) {
      this.#kernel.marks.fill(0)
      this.#mark = 1
    }
  }

  /** Adds the slots of the kernel's list to where the search goes on from; live ones may be results. */
  seed(count: number, width: number, live: Uint32Array): void {
    const { list, marks } = this.#kernel
    let fresh = 0
    for (let i = 0; i < count; i++) {
      const slot = list[i]!
      if (marks[slot] === this.#mark) continue
      marks[slot] = this.#mark
      list[fresh++] = slot
    }
    this.#kernel.approximate(fresh, this.#scale)
    this.#offer(fresh, width, live)
  }

  /** Adds one slot to where the search goes on from, as a result only where it may be one. */
  pass(slot: number, width: number, isResult: boolean): void {
    const { list, out, marks } = this.#kernel
    if (marks[slot] === this.#mark) return
    marks[slot] = this.#mark
    list[0] = slot
    this.#kernel.approximate(1, this.#scale)
    if (isResult) this.#offerOne(out[0]!, slot, width, true)
    else this.#candidates.push(-out[0]!, slot)
  }

  /** Leaves in `results` the `width` nearest live slots of a level. Slots that are not live are passed through. */
  search(level: number, width: number, live: Uint32Array): void {
    const kernel = this.#kernel
    const candidates = this.#candidates
    const { results } = this
    while (candidates.size > 0) {
      if (results.size >= width && -candidates.keys[0]! < results.keys[0]!) break
      const slot = candidates.pop()
      const count =
        level === 0 ? kernel.expand(slot, this.#limit, this.#mark, this.#scale) : this.#expandFloor(slot, level)
      this.#offer(count, width, live)
    }
  }

  /**
   * Leaves in `results` the `width` nearest admitted slots of level 0. Slots that are not admitted are not compared with
   * the query: in their place come their own neighbours, at most `reach` slots a step (ACORN-1: Patel, Kraft, Guestrin,
   * Zaharia 2024). Gives up after `budget` comparisons; answers whether it did not.
   */
  searchAdmitted(width: number, reach: number, budget: number, admits: (slot: number) => boolean): boolean {
    const kernel = this.#kernel
    const candidates = this.#candidates
    const { results } = this
    let compared = 0
    while (candidates.size > 0) {
      if (results.size >= width && -candidates.keys[0]! < results.keys[0]!) break
      const count = this.#expandAdmitted(candidates.pop(), reach, admits)
      kernel.approximate(count, this.#scale)
      for (let i = 0; i < count; i++) this.#offerOne(kernel.out[i]!, kernel.list[i]!, width, true)
      compared += count
      if (compared > budget) return false
    }
    return true
  }

  #offer(count: number, width: number, live: Uint32Array): void {
    const { list, out } = this.#kernel
    for (let i = 0; i < count; i++) this.#offerOne(out[i]!, list[i]!, width, hasBit(live, list[i]!))
  }

  #offerOne(similarity: number, slot: number, width: number, isResult: boolean): void {
    const { results } = this
    const isFull = results.size >= width
    if (isFull && similarity <= results.keys[0]!) return
    this.#candidates.push(-similarity, slot)
    if (!isResult) return
    if (isFull) results.replaceTop(similarity, slot)
    else results.push(similarity, slot)
  }

  /** Lists the neighbours of a slot on a level above 0. */
  #copyFloor(slot: number, level: number): number {
    const { list } = this.#kernel
    const links = this.#store.sideInts
    const at = this.#store.listAt(slot, level)
    const most = Math.min(links[at]!, this.#store.layout.connections)
    let count = 0
    for (let i = 1; i <= most; i++) {
      const neighbour = links[at + i]!
      if (neighbour < this.#limit) list[count++] = neighbour
    }
    return count
  }

  #expandFloor(slot: number, level: number): number {
    const { list, marks } = this.#kernel
    const listed = this.#copyFloor(slot, level)
    let count = 0
    for (let i = 0; i < listed; i++) {
      const neighbour = list[i]!
      if (marks[neighbour] === this.#mark) continue
      marks[neighbour] = this.#mark
      list[count++] = neighbour
    }
    this.#kernel.approximate(count, this.#scale)
    return count
  }

  /** Lists and marks admitted neighbours, and those of the neighbours that are not admitted. */
  #expandAdmitted(slot: number, reach: number, admits: (slot: number) => boolean): number {
    const { list, marks } = this.#kernel
    const { ints, layout } = this.#store
    const mark = this.#mark
    const limit = this.#limit
    const start = this.#store.at(slot, LINKS)
    const end = start + Math.min(ints[start - 1]!, layout.links)
    let count = 0
    let others = 0
    for (let at = start; at < end; at++) {
      const neighbour = ints[at]!
      if (neighbour >= limit || marks[neighbour] === mark) continue
      marks[neighbour] = mark
      if (admits(neighbour)) list[count++] = neighbour
      // Kept at the far end of the list: a step takes `reach` from the near end.
      else list[LIST - ++others] = neighbour
    }
    for (let other = 1; other <= others; other++) {
      const passed = list[LIST - other]!
      if (count >= reach) {
        marks[passed] = 0
        continue
      }
      const from = this.#store.at(passed, LINKS)
      const to = from + Math.min(ints[from - 1]!, layout.links)
      for (let at = from; at < to; at++) {
        const neighbour = ints[at]!
        if (neighbour >= limit || marks[neighbour] === mark || !admits(neighbour)) continue
        marks[neighbour] = mark
        list[count++] = neighbour
      }
    }
    return count
  }
}

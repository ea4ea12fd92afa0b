import { hasBit } from './bits.ts'
import { type Entry, GraphWalk } from './graph-walk.ts'
import { type Kernel, LIST } from './kernel.ts'
import { COUNT } from './layout.ts'
import type { Store } from './store.ts'

/** Levels above this would hold less than one vector of all that memory can hold. */
const HIGHEST = 12

/** A level drawn for a slot: l or more with a probability of connections^−l. The same slot draws the same. */
export function levelOf(slot: number, connections: number): number {
  let hash = Math.imul(slot + 1, 0x9e3779b9)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  const uniform = (((hash ^ (hash >>> 16)) >>> 0) + 1) / 0x1_0000_0001
  return Math.min(HIGHEST, Math.floor(-Math.log(uniform) / Math.log(connections)))
}

/**
 * Enters slots into the graph (Malkov, Yashunin 2016, Algorithms 1 and 4). Distances are those of the codes.
 *
 * Links are chosen by the heuristic: best first, and only what is nearer to the vector than to any link kept before it;
 * where that leaves few, the best of the others fill up. A list is rewritten entry by entry, its count last: whoever
 * reads meanwhile finds old and new links side by side.
 */
export class GraphBuilder {
  entry: Entry | null
  readonly #walk: GraphWalk
  readonly #store: Store
  readonly #kernel: Kernel
  readonly #construction: number
  /** Candidates, best first where they are to be chosen from. */
  readonly #slots = new Int32Array(LIST)
  readonly #similarities = new Float32Array(LIST)
  #count = 0
  readonly #chosen = new Int32Array(256)
  /** Which round has listed a slot. */
  #seen = new Uint32Array(0)
  #round = 0

  constructor(store: Store, kernel: Kernel, construction: number, entry: Entry | null) {
    this.#store = store
    this.#kernel = kernel
    this.#construction = construction
    this.#walk = new GraphWalk(store, kernel)
    this.entry = entry
  }

  /**
   * Links a slot; all slots below it are linked, or never will be. Only live ones become its neighbours.
   * O(log n · construction · links · dimensions).
   */
  insert(slot: number, live: Uint32Array): void {
    const level = this.#store.level(slot)
    const { entry } = this
    // Where nothing that lives can be reached from the old entry, nothing is lost with it.
    if (entry === null || !this.#connect(entry, slot, slot, live) || level > entry.level) this.entry = { slot, level }
  }

  /**
   * Puts other links in the place of those to doomed slots: of what is left of the list and of the doomed ones' own
   * lists, the heuristic's choice (as FreshDiskANN consolidates deletes: Singh et al. 2021, Algorithm 4).
   */
  repair(slot: number, limit: number, live: Uint32Array, doomed: Uint32Array): void {
    const { entry } = this
    for (let level = this.#store.level(slot); level >= 0; level--) {
      if (!this.#gatherAround(slot, level, doomed)) continue
      const links = this.#store.lists(level)[this.#store.listAt(slot, level)]!
      // Where nearly everything around is doomed, neighbours have to be searched for.
      if (level === 0 && entry !== null && this.#count < links) {
        this.#connect(entry, slot, limit, live)
        continue
      }
      const chosen = this.#choose(slot, this.#store.mostLinks(level))
      this.#writeList(slot, level, chosen)
      for (let at = 0; at < chosen; at++) this.#linkBack(this.#chosen[at]!, slot, level, false)
    }
  }

  /** Finds neighbours for a slot among those below the limit, on each of its levels, and links both ways. False: on level 0 there are none. */
  #connect(entry: Entry, slot: number, limit: number, live: Uint32Array): boolean {
    const walk = this.#walk
    const kernel = this.#kernel
    const level = Math.min(this.#store.level(slot), entry.level)
    kernel.queryOf(slot)
    walk.begin(limit, this.#store.scale(slot))
    let from = level > 0 && entry.level > level ? walk.descend(entry, level + 1) : entry.slot
    for (let at = level; at >= 0; at--) {
      kernel.queryOf(slot)
      kernel.list[0] = from
      const starts = level === 0 ? walk.approach(entry, live) : 1
      walk.clear()
      walk.seed(starts, this.#construction, live)
      walk.search(at, this.#construction, live)
      this.#takeResults(slot)
      if (this.#count > 0) from = this.#slots[0]!
      const chosen = this.#select(this.#store.layout.connections)
      this.#writeList(slot, at, chosen)
      for (let i = 0; i < chosen; i++) this.#linkBack(this.#chosen[i]!, slot, at, true)
    }
    return this.#store.ints[this.#store.at(slot, COUNT)]! > 0
  }

  /** What the walk found, but for the slot itself, becomes the candidates. */
  #takeResults(slot: number): void {
    const { results } = this.#walk
    this.#count = results.size
    for (let at = results.size - 1; at >= 0; at--) {
      this.#similarities[at] = results.keys[0]!
      this.#slots[at] = results.pop()
    }
    const self = this.#slots.subarray(0, this.#count).indexOf(slot)
    if (self < 0) return
    this.#slots.copyWithin(self, self + 1, this.#count)
    this.#similarities.copyWithin(self, self + 1, this.#count)
    this.#count--
  }

  /** Candidates: the links of a slot that are not doomed, and those of its doomed links. False: none is doomed. */
  #gatherAround(slot: number, level: number, doomed: Uint32Array): boolean {
    const store = this.#store
    const lists = store.lists(level)
    this.#beginRound(slot)
    const at = store.listAt(slot, level)
    const end = at + lists[at]!
    let isDoomed = false
    for (let i = at + 1; i <= end; i++) {
      const link = lists[i]!
      if (!hasBit(doomed, link)) {
        this.#addCandidate(link)
        continue
      }
      isDoomed = true
      const from = store.listAt(link, level)
      const to = from + lists[from]!
      for (let j = from + 1; j <= to; j++) if (!hasBit(doomed, lists[j]!)) this.#addCandidate(lists[j]!)
    }
    return isDoomed
  }

  #beginRound(slot: number): void {
    if (slot >= this.#seen.length || this.#round === 0xffff_ffff) {
      this.#seen = new Uint32Array(Math.max(1024, slot * 2))
      this.#round = 0
    }
    this.#seen[slot] = ++this.#round
    this.#count = 0
  }

  #addCandidate(slot: number): void {
    if (slot >= this.#seen.length) {
      const larger = new Uint32Array(slot * 2)
      larger.set(this.#seen)
      this.#seen = larger
    }
    if (this.#seen[slot] === this.#round || this.#count === LIST) return
    this.#seen[slot] = this.#round
    this.#slots[this.#count++] = slot
  }

  /** Chooses at most so many links for a slot among the candidates, which are in no order. Answers how many. */
  #choose(slot: number, most: number): number {
    const kernel = this.#kernel
    const count = this.#count
    kernel.queryOf(slot)
    kernel.list.set(this.#slots.subarray(0, count))
    kernel.approximate(count, this.#store.scale(slot))
    const slots = this.#slots
    const similarities = this.#similarities
    for (let i = 0; i < count; i++) {
      const candidate = kernel.list[i]!
      const similarity = kernel.out[i]!
      let at = i
      for (; at > 0 && similarities[at - 1]! < similarity; at--) {
        similarities[at] = similarities[at - 1]!
        slots[at] = slots[at - 1]!
      }
      similarities[at] = similarity
      slots[at] = candidate
    }
    return this.#select(most)
  }

  /** Algorithm 4 over the candidates, best first. Answers how many are in `#chosen`. */
  #select(most: number): number {
    const { kept, isDiverse } = this.#kernel
    const chosen = this.#chosen
    const slots = this.#slots
    const fill = this.#store.layout.connections / 2
    let count = 0
    let left = 0
    for (let at = 0; at < this.#count && count < most; at++) {
      const candidate = slots[at]!
      if (isDiverse(candidate, count, this.#similarities[at]!)) {
        kept[count] = candidate
        chosen[count++] = candidate
      } else if (left < fill) slots[left++] = candidate
    }
    for (let at = 0; at < left && count < fill; at++) chosen[count++] = slots[at]!
    return count
  }

  #writeList(slot: number, level: number, count: number): void {
    const lists = this.#store.lists(level)
    const at = this.#store.listAt(slot, level)
    for (let i = 0; i < count; i++) lists[at + 1 + i] = this.#chosen[i]!
    lists[at] = count
  }

  /** Adds a link. Where the list is full, the heuristic chooses again among all, or nothing is added. */
  #linkBack(slot: number, link: number, level: number, canPrune: boolean): void {
    const lists = this.#store.lists(level)
    const at = this.#store.listAt(slot, level)
    const count = lists[at]!
    const most = this.#store.mostLinks(level)
    for (let i = at + 1; i <= at + count; i++) if (lists[i] === link) return
    if (count < most) {
      lists[at + 1 + count] = link
      lists[at] = count + 1
    } else if (canPrune) this.#prune(slot, link, level, most)
  }

  #prune(slot: number, link: number, level: number, most: number): void {
    const lists = this.#store.lists(level)
    const at = this.#store.listAt(slot, level)
    const before = this.#chosen.slice()
    this.#slots.set(lists.subarray(at + 1, at + 1 + most))
    this.#slots[most] = link
    this.#count = most + 1
    this.#writeList(slot, level, this.#choose(slot, most))
    this.#chosen.set(before)
  }
}

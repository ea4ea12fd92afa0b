import { hasBit, setBit, wordsFor } from './bits.ts'
import type { Generation } from './generation.ts'
import type { Entry } from './graph-walk.ts'
import { enterSlot } from './id-table.ts'
import { ERROR, SCALE } from './layout.ts'

/**
 * What removals left is mended in two passes, in small steps, while the index serves and changes:
 *
 * ```
 * repair   every list that names a doomed slot (dead when the pass began) gets other links in their place
 * copy     all but the doomed move to new memories, with new numbers; links and ids follow
 * ```
 * The old memories stay as they are for whoever still reads them, and go with their last reader. While copying, nothing
 * is linked; what is set or removed meanwhile is taken along.
 */
export class Renewal {
  readonly #from: Generation
  readonly #to: Generation
  readonly #doomed: Uint32Array
  /** Slots linked later never had a doomed neighbour. */
  readonly #repaired: number
  /** New number by old; −1: left behind. Slots that came later keep their order behind these. */
  #numbers = new Int32Array(0)
  #at = 0
  #isCopying = false

  constructor(from: Generation, to: Generation) {
    this.#from = from
    this.#to = to
    this.#repaired = from.linked
    this.#doomed = new Uint32Array(wordsFor(from.slots))
    for (let slot = 0; slot < from.slots; slot++) if (!from.isLive(slot)) setBit(this.#doomed, slot)
  }

  /** Slots below have been copied: what they hold must not be written over. */
  get sealed(): number {
    return this.#isCopying ? this.#at : 0
  }

  get isLinkingAllowed(): boolean {
    return !this.#isCopying
  }

  /** Does one small piece. Answers the new generation when it is complete, else null. */
  step(): Generation | null {
    if (!this.#isCopying) this.#repairNext()
    else if (this.#at < this.#from.slots) this.#copyNext()
    else return this.#complete()
    return null
  }

  #repairNext(): void {
    const from = this.#from
    if (this.#at === this.#repaired) {
      this.#beginCopy()
      return
    }
    const slot = this.#at++
    if (!hasBit(this.#doomed, slot)) from.builder.repair(slot, from.linked, from.live, this.#doomed)
  }

  #beginCopy(): void {
    this.#at = 0
    this.#isCopying = true
    this.#numbers = new Int32Array(this.#from.slots)
    let next = 0
    for (let slot = 0; slot < this.#from.slots; slot++) this.#numbers[slot] = hasBit(this.#doomed, slot) ? -1 : next++
  }

  #copyNext(): void {
    const slot = this.#at++
    if (hasBit(this.#doomed, slot)) return
    const [from, to] = [this.#from, this.#to]
    const start = from.store.idStart(slot)
    const copy = to.openSlot(from.store.side.subarray(start, start + from.store.idBytes(slot)), from.store.level(slot))
    this.#copyVector(slot, copy)
    for (let level = from.store.level(slot); level >= 0; level--) this.#copyLinks(slot, copy, level)
    to.table = enterSlot(to.table, to.store, copy)
    if (slot < from.linked) to.linked = copy + 1
  }

  #copyVector(slot: number, copy: number): void {
    const [from, to] = [this.#from.store, this.#to.store]
    const { stride, exactStride, width } = from.layout
    to.codes.set(from.codes.subarray(slot * stride, slot * stride + width), copy * stride)
    to.exact.set(from.exact.subarray(slot * exactStride, (slot + 1) * exactStride), copy * exactStride)
    to.floats[to.at(copy, SCALE)] = from.floats[from.at(slot, SCALE)]!
    to.floats[to.at(copy, ERROR)] = from.floats[from.at(slot, ERROR)]!
  }

  #copyLinks(slot: number, copy: number, level: number): void {
    const [from, to] = [this.#from.store, this.#to.store]
    const links = from.lists(level)
    const copied = to.lists(level)
    const at = from.listAt(slot, level)
    const into = to.listAt(copy, level)
    const end = at + links[at]!
    let count = 0
    for (let i = at + 1; i <= end; i++) {
      const number = this.#numbers[links[i]!]!
      if (number >= 0) copied[into + ++count] = number
    }
    copied[into] = count
  }

  /** What died while copying is dead in the copy; the highest that lives and is linked becomes the entry. */
  #complete(): Generation {
    const [from, to] = [this.#from, this.#to]
    let entry: Entry | null = null
    for (let slot = 0, copy = 0; slot < from.slots; slot++) {
      if (hasBit(this.#doomed, slot)) continue
      if (from.isLive(slot)) {
        setBit(to.live, copy)
        to.size++
        const level = to.store.level(copy)
        if (slot < from.linked && (entry === null || level > entry.level)) entry = { slot: copy, level }
      }
      copy++
    }
    to.builder.entry = entry
    return to
  }
}

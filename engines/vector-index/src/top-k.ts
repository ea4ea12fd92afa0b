/**
 * The k best of a stream, equal scores in an order of slots that the caller gives: a binary heap with the worst on top.
 */
export class TopK {
  readonly #isBefore: (left: number, right: number) => boolean
  #k = 0
  #size = 0
  #scores = new Float64Array(64)
  #slots = new Int32Array(64)

  constructor(isBefore: (left: number, right: number) => boolean) {
    this.#isBefore = isBefore
  }

  get size(): number {
    return this.#size
  }

  begin(k: number): void {
    this.#k = k
    this.#size = 0
  }

  offer(score: number, slot: number): void {
    if (this.#size < this.#k) {
      if (this.#size === this.#slots.length) this.#grow()
      this.#rise(score, slot)
    } else if (this.#k > 0 && this.#isWorse(this.#scores[0]!, this.#slots[0]!, score, slot)) this.#sink(score, slot)
  }

  /** Empties it, best first. */
  drain(): { slots: Int32Array; scores: Float64Array } {
    const slots = new Int32Array(this.#size)
    const scores = new Float64Array(this.#size)
    while (this.#size > 0) {
      const last = --this.#size
      slots[last] = this.#slots[0]!
      scores[last] = this.#scores[0]!
      if (last > 0) this.#sink(this.#scores[last]!, this.#slots[last]!)
    }
    return { slots, scores }
  }

  #isWorse(score: number, slot: number, otherScore: number, other: number): boolean {
    return score < otherScore || (score === otherScore && this.#isBefore(other, slot))
  }

  #rise(score: number, slot: number): void {
    let at = this.#size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isWorse(score, slot, this.#scores[parent]!, this.#slots[parent]!)) break
      this.#scores[at] = this.#scores[parent]!
      this.#slots[at] = this.#slots[parent]!
      at = parent
    }
    this.#scores[at] = score
    this.#slots[at] = slot
  }

  #sink(score: number, slot: number): void {
    const scores = this.#scores
    const slots = this.#slots
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#size) break
      const right = child + 1
      if (right < this.#size && this.#isWorse(scores[right]!, slots[right]!, scores[child]!, slots[child]!))
        child = right
      if (!this.#isWorse(scores[child]!, slots[child]!, score, slot)) break
      scores[at] = scores[child]!
      slots[at] = slots[child]!
      at = child
    }
    scores[at] = score
    slots[at] = slot
  }

  #grow(): void {
    const scores = new Float64Array(this.#scores.length * 2)
    const slots = new Int32Array(this.#slots.length * 2)
    scores.set(this.#scores)
    slots.set(this.#slots)
    this.#scores = scores
    this.#slots = slots
  }
}

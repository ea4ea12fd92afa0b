/** A binary heap of slots by key, the smallest on top, over typed arrays that grow by doubling. */
export class SlotHeap {
  size = 0
  keys = new Float32Array(256)
  slots = new Int32Array(256)

  clear(): void {
    this.size = 0
  }

  push(key: number, slot: number): void {
    if (this.size === this.keys.length) this.#grow()
    const { keys, slots } = this
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (keys[parent]! <= key) break
      keys[at] = keys[parent]!
      slots[at] = slots[parent]!
      at = parent
    }
    keys[at] = key
    slots[at] = slot
  }

  /** The slot on top, which is taken off. */
  pop(): number {
    const top = this.slots[0]!
    const last = --this.size
    if (last > 0) this.#sink(this.keys[last]!, this.slots[last]!)
    return top
  }

  /** The same as pop and push, and faster. */
  replaceTop(key: number, slot: number): void {
    this.#sink(key, slot)
  }

  #sink(key: number, slot: number): void {
    const { keys, slots, size } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++
      if (keys[child]! >= key) break
      keys[at] = keys[child]!
      slots[at] = slots[child]!
      at = child
    }
    keys[at] = key
    slots[at] = slot
  }

  #grow(): void {
    const keys = new Float32Array(this.keys.length * 2)
    const slots = new Int32Array(this.slots.length * 2)
    keys.set(this.keys)
    slots.set(this.slots)
    this.keys = keys
    this.slots = slots
  }
}

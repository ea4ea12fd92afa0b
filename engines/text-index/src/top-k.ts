/**
 * The k best of a stream: a binary heap with the worst at the root, over typed arrays. Smaller keys are better; equal
 * keys are settled by `compare`, which orders references (for documents: by id).
 */
export interface TopK {
  readonly size: number
  /** The worst key kept, +Infinity while there is room. */
  worstKey(): number
  worstReference(): number
  /** Whether it was kept. */
  offer(key: number, reference: number): boolean
  reset(capacity: number, compare: (left: number, right: number) => number): void
  /** Empties the heap into the arrays, best first. Their length is `size`. */
  drain(keys: Float64Array, references: Uint32Array): void
}

export function createTopK(): TopK {
  let keys = new Float64Array(0)
  let references = new Uint32Array(0)
  let capacity = 0
  let size = 0
  let compare = (left: number, right: number) => left - right

  const isWorse = (key: number, reference: number, otherKey: number, other: number) =>
    key > otherKey || (key === otherKey && compare(reference, other) > 0)

  function siftDown(key: number, reference: number, length: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      const right = child + 1
      if (right < length && isWorse(keys[right]!, references[right]!, keys[child]!, references[child]!)) child = right
      if (!isWorse(keys[child]!, references[child]!, key, reference)) break
      keys[at] = keys[child]!
      references[at] = references[child]!
      at = child
    }
    keys[at] = key
    references[at] = reference
  }

  function siftUp(key: number, reference: number, from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isWorse(key, reference, keys[parent]!, references[parent]!)) break
      keys[at] = keys[parent]!
      references[at] = references[parent]!
      at = parent
    }
    keys[at] = key
    references[at] = reference
  }

  return {
    get size() {
      return size
    },
    worstKey: () => (size < capacity ? Number.POSITIVE_INFINITY : capacity === 0 ? Number.NEGATIVE_INFINITY : keys[0]!),
    worstReference: () => references[0]!,
    offer(key, reference) {
      if (size < capacity) {
        siftUp(key, reference, size++)
        return true
      }
      if (capacity === 0 || !isWorse(keys[0]!, references[0]!, key, reference)) return false
      siftDown(key, reference, size)
      return true
    },
    reset(newCapacity, newCompare) {
      capacity = newCapacity
      compare = newCompare
      size = 0
      if (keys.length >= capacity) return
      keys = new Float64Array(capacity)
      references = new Uint32Array(capacity)
    },
    drain(intoKeys, intoReferences) {
      while (size > 0) {
        size--
        intoKeys[size] = keys[0]!
        intoReferences[size] = references[0]!
        if (size > 0) siftDown(keys[size]!, references[size]!, size)
      }
    },
  }
}

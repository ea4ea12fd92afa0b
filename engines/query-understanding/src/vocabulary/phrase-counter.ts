import { mostFrequent } from './lossy-counter.ts'

/** Counts runs of words without holding their texts: most runs come once, and only those that return are kept as text. */
export interface PhraseCounter {
  /** One more of the run of words with these numbers in this product; `text` is asked for only when the run is frequent. */
  add(first: number, second: number, third: number, product: number, text: () => string): void
  top(most: number): { text: string; count: number }[]
}

/** A phrase is what at least three titles say. */
const FEWEST_PRODUCTS = 3
const MULTIPLIERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35] as const

function mixed(first: number, second: number, third: number, seed: number): number {
  let hash = Math.imul(first + seed, MULTIPLIERS[0])
  hash = Math.imul((hash ^ (hash >>> 15)) + second, MULTIPLIERS[1])
  hash = Math.imul((hash ^ (hash >>> 13)) + third, MULTIPLIERS[2])
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * An open-addressing table of 64-bit hashes (a false meeting in a million runs has a chance of 1 in 10⁷) with lossy
 * counting as in `lossyCounter`: when it is three quarters full, the rarest go.
 *
 * ```
 *   slot   low, high (hash)   count   product (the last that had it)   text (from the third product on)
 * ```
 *
 * `slots` is a power of two; memory 16 bytes each, and the frequent texts.
 */
export function phraseCounter(slots: number): PhraseCounter {
  let [low, high, counts, products] = emptyTable(slots)
  let texts = new Map<number, string>()
  let used = 0
  let bucket = 0
  const slotOf = (lowHash: number, highHash: number): number => {
    let slot = lowHash & (slots - 1)
    while (counts[slot] !== 0 && (low[slot] !== lowHash || high[slot] !== highHash)) slot = (slot + 1) & (slots - 1)
    return slot
  }
  const prune = (): void => {
    const old = { low, high, counts, products, texts }
    while (used > slots / 2) {
      bucket++
      used = old.counts.reduce((kept, count) => (count > bucket ? kept + 1 : kept), 0)
    }
    ;[low, high, counts, products] = emptyTable(slots)
    texts = new Map()
    old.counts.forEach((count, from) => {
      if (count <= bucket) return
      const slot = slotOf(old.low[from] as number, old.high[from] as number)
      low[slot] = old.low[from] as number
      high[slot] = old.high[from] as number
      counts[slot] = count
      products[slot] = old.products[from] as number
      const text = old.texts.get(from)
      if (text !== undefined) texts.set(slot, text)
    })
  }
  return Object.freeze({
    add(first: number, second: number, third: number, product: number, text: () => string): void {
      if (used > slots * 0.75) prune()
      const lowHash = mixed(first, second, third, 1)
      const highHash = mixed(third, first, second, 7)
      const slot = slotOf(lowHash, highHash)
      const count = counts[slot] as number
      if (count > 0 && products[slot] === product) return
      if (count === 0) {
        used++
        low[slot] = lowHash
        high[slot] = highHash
        // What comes after a pruning may have been forgotten in it: it starts where the forgotten ended.
        counts[slot] = bucket
      }
      counts[slot] = (counts[slot] as number) + 1
      products[slot] = product
      if ((counts[slot] as number) - bucket >= FEWEST_PRODUCTS && !texts.has(slot)) texts.set(slot, text())
    },
    top(most: number): { text: string; count: number }[] {
      const found = Array.from(texts, ([slot, text]) => ({ text, count: counts[slot] as number }))
      return mostFrequent(found, most)
    },
  })
}

const emptyTable = (slots: number) =>
  [new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots)] as const

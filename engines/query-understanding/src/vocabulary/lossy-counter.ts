/** Counts of the frequent among many keys, in bounded memory. A count is at most `error()` too low, never too high. */
export interface LossyCounter {
  /** One more of `key`; the same key in the same `group` (a whole number that does not fall) counts once. */
  add(key: string, group: number): void
  /** The counted keys, most frequent first, then by code units; at most `most`, each counted at least `least` times. */
  top(most: number, least: number): { text: string; count: number }[]
  error(): number
}

interface Entry {
  count: number
  group: number
  /** How often the key may have been seen and forgotten before. */
  readonly missed: number
}

/**
 * Lossy counting (Manku & Motwani, "Approximate frequency counts over data streams", VLDB 2002, section 4.2), with the
 * bucket's end set by memory instead of by length: when more than `capacity` keys are held, the bucket number rises and
 * every key goes whose count and possible misses do not exceed it, until half of the capacity is free.
 *
 * `add` is O(1) on average. Memory: `capacity` keys.
 */
export function lossyCounter(capacity: number): LossyCounter {
  const entries = new Map<string, Entry>()
  let bucket = 0
  const prune = (): void => {
    while (entries.size > capacity / 2) {
      bucket++
      for (const [key, entry] of entries) if (entry.count + entry.missed <= bucket) entries.delete(key)
    }
  }
  return Object.freeze({
    add(key: string, group: number): void {
      const entry = entries.get(key)
      if (entry === undefined) {
        if (entries.size >= capacity) prune()
        entries.set(compacted(key), { count: 1, group, missed: bucket })
      } else if (entry.group !== group) {
        entry.count++
        entry.group = group
      }
    },
    top(most: number, least: number): { text: string; count: number }[] {
      const counted = Array.from(entries, ([text, { count }]) => ({ text, count }))
      return mostFrequent(
        counted.filter(({ count }) => count >= least),
        most,
      )
    },
    error: () => bucket,
  })
}

const LONGEST_COPIED_SLICE = 12
const IS_LATIN1 = /^[\0-\xff]*$/

/** V8 keeps a slice of some length as a view of the text it was cut from: a kept key would keep its whole title. */
function compacted(key: string): string {
  if (key.length <= LONGEST_COPIED_SLICE) return key
  const encoding = IS_LATIN1.test(key) ? 'latin1' : 'utf16le'
  return Buffer.from(key, encoding).toString(encoding)
}

/** Most frequent first, equals by code units: the same on every machine. */
export function mostFrequent<Item extends Readonly<{ text: string; count: number }>>(
  items: Item[],
  most: number,
): Item[] {
  items.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
  return items.slice(0, most)
}

import { hash } from 'node:crypto'

/** Where a product's text stands in the file that is being written, or null for one that is deleted. */
export type TextPlace = Readonly<{ offset: number; length: number }> | null

/** An even sample of the living products of a stream of changes. */
export interface CorpusSample {
  /** Whether a text of this key and version would count now. */
  wants(key: string, version: number): boolean
  put(key: string, version: number, place: TextPlace): void
  /** Places of the living products of the sample, in an order that the keys alone decide. */
  places(): readonly NonNullable<TextPlace>[]
  /** Living products of the whole stream: exact while all fit, else estimated (within some percent). */
  products(): number
}

type Entry = Readonly<{ rank: number; version: number; place: TextPlace }>

/** Uniform in [0, 1) by the key alone: the same products are chosen whatever order they come in. */
const rankOf = (key: string): number => Number.parseInt(hash('sha256', key).slice(0, 12), 16) / 2 ** 48

/**
 * Keeps the keys of the smallest hashes, at most `most` of them (bottom-k sampling; Cohen, Kaplan 2007), each with the place of
 * its newest version. A reservoir over events would favour products that change often; this one sees keys only.
 *
 *     0 ├──kept──┤ threshold ……………… never looked at again ……………… 1        products ≈ living kept ÷ threshold
 *
 * Deleted keys stay among the kept, so that a late event brings none back. Memory: about 200 bytes a kept key.
 */
export function corpusSample(most: number): CorpusSample {
  const kept = new Map<string, Entry>()
  let threshold = 1

  // Cut when a quarter too many stand there: sorting at every key would be quadratic.
  const cut = () => {
    const entries = [...kept].sort(([, a], [, b]) => a.rank - b.rank)
    threshold = entries[most]![1].rank
    for (const [key] of entries.slice(most)) kept.delete(key)
  }
  const living = () => [...kept.values()].filter((entry) => entry.place !== null)

  return Object.freeze({
    wants(key: string, version: number) {
      const known = kept.get(key)
      return known === undefined ? rankOf(key) < threshold : version > known.version
    },
    put(key: string, version: number, place: TextPlace) {
      kept.set(key, { rank: kept.get(key)?.rank ?? rankOf(key), version, place })
      if (kept.size > most * 1.25) cut()
    },
    places: () => {
      if (kept.size > most) cut()
      return living()
        .sort((a, b) => a.rank - b.rank)
        .map((entry) => entry.place!)
    },
    products: () => Math.round(living().length / threshold),
  })
}

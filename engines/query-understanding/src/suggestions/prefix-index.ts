/** A key under which an entry is found, and the entry's rank: 0 is shown first. */
export type RankedKey = Readonly<{ key: string; rank: number }>

/** Finds the best-ranked entries whose keys begin with a prefix. */
export interface PrefixIndex {
  /** Ranks, the best first, each once; at most `most`, which is at most `mostReady`. */
  top(prefix: string, most: number): number[]
  /** The same for prefixes one edit away whose first letter is kept. */
  nearly(prefix: string, most: number): number[]
}

export const mostReady = 40
/** Ranges up to this size are looked through when asked; for larger ones the best are kept ready. */
const LARGE = 512
const KEYS_A_SLICE = 2_000
const AFTER_ALL = '\uffff'

/** The smallest numbers of a stretch, ascending and each once. O(length · most) at worst, near O(length) in practice. */
function smallest(ranks: Uint32Array, from: number, to: number, most: number): number[] {
  const best: number[] = []
  for (let i = from; i < to; i++) {
    const rank = ranks[i] as number
    if (best.length === most && rank >= (best[most - 1] as number)) continue
    let at = best.length
    while (at > 0 && (best[at - 1] as number) > rank) at--
    if (best[at - 1] === rank) continue
    best.splice(at, 0, rank)
    if (best.length > most) best.pop()
  }
  return best
}

/**
 * Sorted keys and their ranks in two arrays; a prefix is a range, found by bisection. The best of each large range are
 * kept, so that one letter costs no more than ten. Building sorts: O(n log n), in slices.
 *
 * ```
 *   key     나ㅇ…  나ㅇㅣㅋㅣ  nike  nikon  …        prefix "ni": [2, 4)
 *   rank    41     3           0     17
 * ```
 */
export function* buildPrefixIndex(entries: readonly RankedKey[]): Generator<void, PrefixIndex> {
  const sorted = yield* sortedByKey(entries)
  const keys = sorted.map(({ key }) => key)
  const ranks = Uint32Array.from(sorted, ({ rank }) => rank)
  yield
  const ready = yield* bestOfLargeRanges(keys, ranks)
  const lowerBound = (prefix: string, from: number, to: number): number => {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((keys[middle] as string) < prefix) low = middle + 1
      else high = middle
    }
    return low
  }
  const rangeOf = (prefix: string, from = 0, to = keys.length): readonly [from: number, to: number] => {
    const start = lowerBound(prefix, from, to)
    return [start, lowerBound(prefix + AFTER_ALL, start, to)]
  }
  const bestOf = (prefix: string, from: number, to: number, most: number): number[] =>
    ready.get(prefix)?.slice(0, most) ?? smallest(ranks, from, to, most)
  const nearly = (prefix: string, most: number): number[] => {
    const found: number[] = []
    const collect = (other: string, from: number, to: number): void => {
      const [start, end] = rangeOf(other, from, to)
      if (start < end) found.push(...bestOf(other, start, end, most))
    }
    for (let i = 1; i <= prefix.length; i++) {
      const [before, rest, next] = [prefix.slice(0, i), prefix.slice(i), prefix[i] ?? '']
      const [from, to] = rangeOf(before)
      if (from === to) break
      if (rest !== '') collect(before + rest.slice(1), from, to)
      if (rest.length > 1) collect(before + rest[1] + next + rest.slice(2), from, to)
      for (let at = from; at < to; ) {
        const letter = (keys[at] as string)[i]
        if (letter === undefined) {
          at++
          continue
        }
        const [start, end] = rangeOf(before + letter, at, to)
        if (letter !== next && rest !== '') {
          collect(before + letter + rest.slice(1), start, end)
          collect(before + letter + rest, start, end)
        }
        at = end
      }
    }
    return [...new Set(found)].sort((a, b) => a - b).slice(0, most)
  }
  return Object.freeze({
    top: (prefix: string, most: number) => bestOf(prefix, ...rangeOf(prefix), Math.min(most, mostReady)),
    nearly: (prefix: string, most: number) => nearly(prefix, Math.min(most, mostReady)),
  })
}

/** Sorts bucket by bucket of the first three letters: no slice sorts more than a catalogue's words of one beginning. */
function* sortedByKey(entries: readonly RankedKey[]): Generator<void, RankedKey[]> {
  const buckets = new Map<string, RankedKey[]>()
  for (const [i, entry] of entries.entries()) {
    if (i % KEYS_A_SLICE === KEYS_A_SLICE - 1) yield
    // By code units, keys of one bucket stand together.
    const beginning = entry.key.slice(0, 3)
    const bucket = buckets.get(beginning)
    if (bucket === undefined) buckets.set(beginning, [entry])
    else bucket.push(entry)
  }
  const sorted: RankedKey[] = []
  let work = 0
  for (const beginning of [...buckets.keys()].sort()) {
    const bucket = buckets.get(beginning) as RankedKey[]
    bucket.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.rank - b.rank))
    for (const entry of bucket) sorted.push(entry)
    work += bucket.length
    if (work > KEYS_A_SLICE / 8) {
      work = 0
      yield
    }
  }
  return sorted
}

/** The best of every prefix that more than `LARGE` keys share, by prefix. O(keys · letters shared). */
function* bestOfLargeRanges(keys: readonly string[], ranks: Uint32Array): Generator<void, Map<string, number[]>> {
  const ready = new Map<string, number[]>()
  const open: { from: number; to: number; length: number }[] = [{ from: 0, to: keys.length, length: 0 }]
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const { from, to, length } = range
    if (to - from <= LARGE) continue
    ready.set((keys[from] as string).slice(0, length), smallest(ranks, from, to, mostReady))
    yield
    let start = from
    while (start < to && (keys[start] as string).length === length) start++
    for (let at = start; at < to; at++) {
      if (at + 1 < to && (keys[at + 1] as string)[length] === (keys[at] as string)[length]) continue
      open.push({ from: start, to: at + 1, length: length + 1 })
      start = at + 1
    }
  }
  return ready
}

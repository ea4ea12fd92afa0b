import type { Batch } from './batch.ts'
import type { KeywordReader } from './keyword-dictionary.ts'
import { isLive } from './live-bits.ts'
import { createTopK } from './top-k.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

/** Counts the matches of a query, batch by batch. */
export interface Counter {
  enter(segment: ViewSegment): void
  count(batch: Batch): void
  /** Counts every live document of the view, instead of batches: given where that is cheaper. */
  readonly countAll?: (view: ViewState) => void
}

/**
 * Counts of one dictionary's ordinals. The arrays stay between queries, and are cleared by the list of ordinals that
 * were touched: a query with few matches does not pay for a large dictionary.
 */
export interface OrdinalCounts {
  counts: Uint32Array
  touched: Uint32Array
  size: number
}

export const createOrdinalCounts = (): OrdinalCounts => ({
  counts: new Uint32Array(0),
  touched: new Uint32Array(0),
  size: 0,
})

/** Clears what the query before left, and makes room for ordinals 0…largest. */
export function resetCounts(ordinals: OrdinalCounts, largest: number): void {
  const { counts, touched, size } = ordinals
  for (let at = 0; at < size; at++) counts[touched[at]!] = 0
  ordinals.size = 0
  if (counts.length > largest) return
  // Room for a half more: dictionaries grow with nearly every commit.
  const length = Math.ceil(largest * 1.5) + 1
  ordinals.counts = new Uint32Array(length)
  ordinals.touched = new Uint32Array(length)
}

export function keywordCounter(column: number, ordinals: OrdinalCounts): Counter {
  let values = new Uint32Array(0) as Uint32Array
  return {
    enter({ segment }) {
      values = segment.keywords[column]!
    },
    count({ documents, count }) {
      const { counts, touched } = ordinals
      let { size } = ordinals
      for (let at = 0; at < count; at++) {
        const ordinal = values[documents[at]!]!
        // 0 is absent; beyond the array lies a value that no commit has published yet.
        if (ordinal === 0 || ordinal >= counts.length) continue
        if (counts[ordinal]!++ === 0) touched[size++] = ordinal
      }
      ordinals.size = size
    },
  }
}

export function tagCounter(set: number, ordinals: OrdinalCounts): Counter {
  let offsets = new Uint32Array(0) as Uint32Array
  let values = offsets
  return {
    enter({ segment }) {
      offsets = segment.tagOffsets[set]!
      values = segment.tagValues[set]!
    },
    count({ documents, count }) {
      const { counts, touched } = ordinals
      let { size } = ordinals
      for (let at = 0; at < count; at++) {
        const document = documents[at]!
        const end = offsets[document + 1]!
        for (let value = offsets[document]!; value < end; value++) {
          const ordinal = values[value]!
          if (counts[ordinal]!++ === 0) touched[size++] = ordinal
        }
      }
      ordinals.size = size
    },
    countAll: (view) => countAllTags(view, set, ordinals),
  }
}

/**
 * The tags of everything: the lengths of the tags' own lists, less the tags of dead documents. O(distinct tags of each
 * segment + tags of dead documents). Counts of touched ordinals may be 0 in the end.
 */
function countAllTags({ segments }: ViewState, set: number, ordinals: OrdinalCounts): void {
  const { counts, touched } = ordinals
  for (const { segment } of segments) {
    const tags = segment.tagPostingOrdinals[set]!
    const starts = segment.tagPostingStarts[set]!
    for (let at = 0; at < tags.length; at++) {
      const ordinal = tags[at]!
      if (counts[ordinal] === 0) touched[ordinals.size++] = ordinal
      counts[ordinal]! += starts[at + 1]! - starts[at]!
    }
  }
  for (const { segment, live, liveDocuments } of segments) {
    if (liveDocuments === segment.documents) continue
    const offsets = segment.tagOffsets[set]!
    const values = segment.tagValues[set]!
    for (let document = 0; document < segment.documents; document++) {
      if (isLive(live, document)) continue
      const end = offsets[document + 1]!
      for (let value = offsets[document]!; value < end; value++) counts[values[value]!]!--
    }
  }
}

export interface CountedValues {
  readonly values: readonly string[]
  readonly counts: readonly number[]
}

/** The most counted of some ordinals, ties by value. */
export interface MostCounted {
  offer(ordinal: number, count: number): void
  result(): CountedValues
}

export function createMostCounted(dictionary: KeywordReader, limit: number): MostCounted {
  const best = createTopK()
  best.reset(limit, (left, right) => dictionary.compare(left, right))
  return {
    offer(ordinal, count) {
      if (-count <= best.worstKey()) best.offer(-count, ordinal)
    },
    result() {
      const keys = new Float64Array(best.size)
      const found = new Uint32Array(best.size)
      best.drain(keys, found)
      return {
        values: Array.from(found, (ordinal) => dictionary.text(ordinal)!),
        counts: Array.from(keys, (key) => -key),
      }
    },
  }
}

/** The ordinals with most documents whose value begins with `prefix`, ties by value. */
export function mostCounted(
  { counts, touched, size }: OrdinalCounts,
  dictionary: KeywordReader,
  limit: number,
  prefix: string,
): CountedValues {
  const best = createMostCounted(dictionary, Math.min(limit, size))
  const start = Buffer.from(prefix, 'utf8')
  for (let at = 0; at < size; at++) {
    const ordinal = touched[at]!
    const count = counts[ordinal]!
    // The dictionary of this view may lag behind the columns, which are updated in place.
    if (count === 0 || ordinal > dictionary.size) continue
    if (start.length === 0 || dictionary.startsWith(ordinal, start)) best.offer(ordinal, count)
  }
  return best.result()
}

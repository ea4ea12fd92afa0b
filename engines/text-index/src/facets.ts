import type { Batch } from './batch.ts'
import type { KeywordReader } from './keyword-dictionary.ts'
import type { Facet, FacetRequest } from './search-request.ts'
import { createTopK } from './top-k.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

/** Counts the batches of a query; `result` reads the counts off and clears them. */
interface Counter {
  enter(segment: ViewSegment): void
  count(batch: Batch): void
}

/**
 * Counts of one dictionary's ordinals. The array stays between queries and is cleared by the list of ordinals that
 * were touched, so a query with few matches does not pay for a large dictionary.
 */
interface OrdinalCounts {
  counts: Uint32Array
  touched: Uint32Array
  size: number
}

function reserveCounts(ordinals: OrdinalCounts, size: number): void {
  if (ordinals.counts.length > size) return
  ordinals.counts = new Uint32Array(size + 1)
  ordinals.touched = new Uint32Array(size + 1)
}

function keywordCounter(column: number, ordinals: OrdinalCounts): Counter {
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

function tagCounter(set: number, ordinals: OrdinalCounts): Counter {
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
  }
}

/** The ordinals with most documents, ties by value. */
function mostCounted(ordinals: OrdinalCounts, dictionary: KeywordReader, limit: number, prefix: string) {
  const { counts, touched, size } = ordinals
  const best = createTopK()
  best.reset(Math.min(limit, size), (left, right) => dictionary.compare(left, right))
  const start = Buffer.from(prefix, 'utf8')
  for (let at = 0; at < size; at++) {
    const ordinal = touched[at]!
    // The dictionary of this view may lag behind the columns, which are updated in place.
    if (ordinal > dictionary.size) continue
    if (-counts[ordinal]! > best.worstKey()) continue
    if (start.length > 0 && !dictionary.bytes(ordinal).subarray(0, start.length).equals(start)) continue
    best.offer(-counts[ordinal]!, ordinal)
  }
  const keys = new Float64Array(best.size)
  const found = new Uint32Array(best.size)
  best.drain(keys, found)
  return {
    values: Array.from(found, (ordinal) => dictionary.text(ordinal)!),
    counts: Array.from(keys, (key) => -key),
  }
}

function rangesCounter(column: number, edges: readonly number[], counts: number[]): Counter {
  let values = new Float64Array(0) as Float64Array
  return {
    enter({ segment }) {
      values = segment.numbers[column]!
    },
    count({ documents, count }) {
      for (let at = 0; at < count; at++) {
        const value = values[documents[at]!]!
        if (Number.isNaN(value)) continue
        let low = 0
        let high = edges.length
        while (low < high) {
          const middle = (low + high) >>> 1
          if (edges[middle]! <= value) low = middle + 1
          else high = middle
        }
        counts[low]!++
      }
    },
  }
}

interface NumberStatistics {
  minimum: number
  maximum: number
  count: number
}

function statisticsCounter(column: number, statistics: NumberStatistics): Counter {
  let values = new Float64Array(0) as Float64Array
  return {
    enter({ segment }) {
      values = segment.numbers[column]!
    },
    count({ documents, count }) {
      let { minimum, maximum, count: counted } = statistics
      for (let at = 0; at < count; at++) {
        const value = values[documents[at]!]!
        if (Number.isNaN(value)) continue
        counted++
        if (!(value >= minimum)) minimum = value
        if (!(value <= maximum)) maximum = value
      }
      Object.assign(statistics, { minimum, maximum, count: counted })
    },
  }
}

export interface FacetCounting {
  readonly counters: readonly Counter[]
  results(): Facet[]
}

/** A reader's facet scratch. Facets of one column or set, whatever their prefixes, are counted once. */
export interface FacetCounters {
  prepare(view: ViewState, requests: readonly FacetRequest[]): FacetCounting
}

const DEFAULT_LIMIT = 10

export function createFacetCounters(): FacetCounters {
  const scratch = new Map<string, OrdinalCounts>()
  const ordinalCounts = (name: string, size: number): OrdinalCounts => {
    const known = scratch.get(name) ?? { counts: new Uint32Array(0), touched: new Uint32Array(0), size: 0 }
    scratch.set(name, known)
    // What a query that failed midway left behind.
    for (let at = 0; at < known.size; at++) known.counts[known.touched[at]!] = 0
    known.size = 0
    reserveCounts(known, size)
    return known
  }

  function prepare(view: ViewState, requests: readonly FacetRequest[]): FacetCounting {
    const { schema } = view
    const counters = new Map<string, Counter>()
    const inUse = new Map<string, OrdinalCounts>()
    const counted = (name: string, dictionary: KeywordReader, make: (ordinals: OrdinalCounts) => Counter) => {
      const ordinals = inUse.get(name) ?? ordinalCounts(name, dictionary.size)
      if (!inUse.has(name)) counters.set(name, make(ordinals))
      inUse.set(name, ordinals)
      return ordinals
    }
    const readers = requests.map((request, at): (() => Facet) => {
      if (request.kind === 'keyword') {
        const column = schema.keywords.indexOf(request.column)
        const dictionary = view.keywords[column]!
        const ordinals = counted(`keyword ${column}`, dictionary, (found) => keywordCounter(column, found))
        return () => ({ kind: 'keyword', ...mostCounted(ordinals, dictionary, request.limit ?? DEFAULT_LIMIT, '') })
      }
      if (request.kind === 'tag') {
        const set = schema.tags.indexOf(request.set)
        const dictionary = view.tags[set]!
        const ordinals = counted(`tag ${set}`, dictionary, (found) => tagCounter(set, found))
        const { limit = DEFAULT_LIMIT, prefix = '' } = request
        return () => ({ kind: 'tag', ...mostCounted(ordinals, dictionary, limit, prefix) })
      }
      const column = schema.numbers.indexOf(request.column)
      if (request.kind === 'ranges') {
        const counts = Array.from({ length: request.edges.length + 1 }, () => 0)
        counters.set(`ranges ${at}`, rangesCounter(column, request.edges, counts))
        return () => ({ kind: 'ranges', counts })
      }
      const statistics = { minimum: Number.NaN, maximum: Number.NaN, count: 0 }
      counters.set(`statistics ${at}`, statisticsCounter(column, statistics))
      return () => ({ kind: 'statistics', ...statistics })
    })
    return { counters: [...counters.values()], results: () => readers.map((read) => read()) }
  }

  return Object.freeze({ prepare })
}

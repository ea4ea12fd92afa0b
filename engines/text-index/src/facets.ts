import { createGroupScratch, type GroupFacet, type GroupFacetsRequest, groupFacets } from './group-facets.ts'
import type { KeywordReader } from './keyword-dictionary.ts'
import {
  type Counter,
  createOrdinalCounts,
  keywordCounter,
  mostCounted,
  type OrdinalCounts,
  resetCounts,
  tagCounter,
} from './ordinal-counts.ts'
import type { Facet, FacetRequest } from './search-request.ts'
import type { ViewState } from './view-state.ts'

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
  /** Per request, its groups. */
  groupResults(): GroupFacet[][]
}

/** A reader's facet scratch. Facets of one column or set, whatever their prefixes and groups, are counted once. */
export interface FacetCounters {
  prepare(view: ViewState, requests: readonly FacetRequest[], groups: readonly GroupFacetsRequest[]): FacetCounting
}

const DEFAULT_LIMIT = 10

/** Counters of one query, and the arrays that they count into. */
interface Counting {
  readonly view: ViewState
  readonly counters: Map<string, Counter>
  /** The counts of a tag set or keyword column, which are counted from now on. */
  ordinals(name: string, dictionary: KeywordReader, make: (ordinals: OrdinalCounts) => Counter): OrdinalCounts
}

function readerOf({ view, counters, ordinals }: Counting, request: FacetRequest, at: number): () => Facet {
  const { schema } = view
  if (request.kind === 'keyword') {
    const column = schema.keywords.indexOf(request.column)
    const dictionary = view.keywords[column]!
    const counted = ordinals(`keyword ${column}`, dictionary, (found) => keywordCounter(column, found))
    return () => ({ kind: 'keyword', ...mostCounted(counted, dictionary, request.limit ?? DEFAULT_LIMIT, '') })
  }
  if (request.kind === 'tag') {
    const set = schema.tags.indexOf(request.set)
    const dictionary = view.tags[set]!
    const counted = ordinals(`tag ${set}`, dictionary, (found) => tagCounter(set, found))
    const { limit = DEFAULT_LIMIT, prefix = '' } = request
    return () => ({ kind: 'tag', ...mostCounted(counted, dictionary, limit, prefix) })
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
}

/** The value in a map, made when it is first asked for. */
function kept<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const known = map.get(name) ?? make()
  map.set(name, known)
  return known
}

export function createFacetCounters(): FacetCounters {
  const scratch = new Map<string, OrdinalCounts>()
  const groupScratch = new Map<string, ReturnType<typeof createGroupScratch>>()

  function prepare(
    view: ViewState,
    requests: readonly FacetRequest[],
    groupRequests: readonly GroupFacetsRequest[],
  ): FacetCounting {
    const counters = new Map<string, Counter>()
    const counting: Counting = {
      view,
      counters,
      ordinals(name, dictionary, make) {
        const found = kept(scratch, name, createOrdinalCounts)
        if (!counters.has(name)) {
          resetCounts(found, dictionary.size)
          counters.set(name, make(found))
        }
        return found
      },
    }
    const readers = requests.map((request, at) => readerOf(counting, request, at))
    const sets = new Map<string, GroupFacetsRequest[]>()
    for (const request of groupRequests) kept(sets, request.set, () => []).push(request)
    const groupReaders = [...sets].map(([name, ofSet]) => {
      const set = view.schema.tags.indexOf(name)
      const dictionary = view.tags[set]!
      const counted = counting.ordinals(`tag ${set}`, dictionary, (found) => tagCounter(set, found))
      const groups = kept(groupScratch, name, createGroupScratch)
      return () => groupFacets(groups, counted, dictionary, ofSet).map((found, at) => [ofSet[at]!, found] as const)
    })
    return {
      counters: [...counters.values()],
      results: () => readers.map((read) => read()),
      groupResults() {
        const found = new Map(groupReaders.flatMap((read) => read()))
        return groupRequests.map((request) => found.get(request)!)
      },
    }
  }

  return Object.freeze({ prepare })
}

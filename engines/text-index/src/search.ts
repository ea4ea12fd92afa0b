import { type AlsoMatcher, createAlsoMatcher } from './also-matcher.ts'
import { type Batch, createBatch, keepLive } from './batch.ts'
import { SCORE_SCALE } from './bm25f.ts'
import {
  compareReferences,
  createColumnOrder,
  createScoreOrder,
  type DocumentOrder,
  keywordRanks,
} from './document-order.ts'
import { scoreDocument } from './explain.ts'
import { createFacetCounters, type FacetCounters } from './facets.ts'
import { failure } from './failures.ts'
import { type CompiledFilter, compileFilter } from './filters.ts'
import { checkGroupFacets, type GroupFacet, type GroupFacetsRequest } from './group-facets.ts'
import { createBrowsingMatcher, type Matcher } from './matcher.ts'
import type { Counter } from './ordinal-counts.ts'
import { type PreparedQuery, prepareQuery } from './prepared-query.ts'
import { checkRequest, type Facet, type SearchRequest } from './search-request.ts'
import { createTermMatcher, type TermMatcher } from './term-matcher.ts'
import { createTopK, type TopK } from './top-k.ts'
import { segmentOf, type ViewSegment, type ViewState } from './view-state.ts'

/** What a reader keeps between queries, so that a query allocates little more than its answer. */
export interface SearchScratch {
  readonly batch: Batch
  readonly heap: TopK
  readonly terms: TermMatcher
  readonly also: AlsoMatcher
  readonly facets: FacetCounters
  /** Ranks of a keyword column's values; sorted once per dictionary. */
  ranks(view: ViewState, column: number): Float64Array
}

export function createSearchScratch(): SearchScratch {
  const known = new Map<number, Float64Array>()
  return Object.freeze({
    batch: createBatch(),
    heap: createTopK(),
    terms: createTermMatcher(),
    also: createAlsoMatcher(),
    facets: createFacetCounters(),
    ranks(view: ViewState, column: number) {
      const dictionary = view.keywords[column]!
      const before = known.get(column)
      // Dictionaries only grow: one of the same size is the same.
      if (before?.length === dictionary.size + 1) return before
      const ranks = keywordRanks(dictionary)
      known.set(column, ranks)
      return ranks
    },
  })
}

/** A search, what it names beside its clauses, and facets over groups of tags, which count like the others. */
export type CountingRequest = SearchRequest & {
  readonly groupFacets?: readonly GroupFacetsRequest[]
  /**
   * Documents of this view that match although no clause finds them, each once, however often it is named. They pass the
   * filters, count and sort like every match; by score they have 0 and come after all that the clauses find, by id. With
   * no clauses, only these match.
   */
  readonly also?: Uint32Array
}

export interface Found {
  readonly total: number | null
  readonly totalByClauses: number | null
  readonly refs: Uint32Array
  readonly scores: Float64Array
  readonly facets: readonly Facet[]
  /** Per request of `groupFacets`, in order. */
  readonly groupFacets: readonly (readonly GroupFacet[])[]
}

/** One query over one view. */
export function searchView(view: ViewState, scratch: SearchScratch, request: CountingRequest): Found {
  checkRequest(view.schema, request)
  const { clauses, limit, sort, facets = [], groupFacets = [], filters = [], also, minimumClauses = 1 } = request
  checkGroupFacets(view.schema, groupFacets)
  const query = prepareQuery(view, clauses, minimumClauses)
  const { heap } = scratch
  const isCounted = request.total === true || facets.length > 0 || groupFacets.length > 0 || sort !== undefined
  const counting = scratch.facets.prepare(view, facets, groupFacets)
  heap.reset(limit, compareReferences(view))
  const order =
    sort === undefined
      ? createScoreOrder(heap)
      : createColumnOrder(heap, view, sort, (column) => scratch.ranks(view, column))
  const isEverything = clauses.length === 0 && filters.length === 0 && also === undefined
  if (isEverything) for (const { countAll } of counting.counters) countAll?.(view)
  const pipeline: Pipeline = {
    matcher: matcherOf(view, scratch, query, request),
    filters: filters.map((filter) => compileFilter(view, filter)),
    counters: counting.counters.filter(({ countAll }) => !isEverything || countAll === undefined),
    order,
    isCounted,
    deadline: request.deadline ?? Number.POSITIVE_INFINITY,
  }
  const totals = { byClauses: 0, named: 0 }
  if (isCounted || limit > 0)
    view.segments.forEach((entry, index) => {
      runSegment(entry, index, scratch.batch, pipeline, totals)
    })
  return {
    total: isCounted ? totals.byClauses + totals.named : null,
    totalByClauses: isCounted ? totals.byClauses : null,
    ...drain(view, query, heap, sort === undefined),
    facets: counting.results(),
    groupFacets: counting.groupResults(),
  }
}

function matcherOf(view: ViewState, scratch: SearchScratch, query: PreparedQuery, request: CountingRequest): Matcher {
  const { clauses, filters = [], also } = request
  const { terms, also: alsoMatcher } = scratch
  if (clauses.length > 0) terms.prepare(query)
  if (also === undefined) return clauses.length > 0 ? terms : createBrowsingMatcher(view, filters)
  for (const ref of also)
    if (segmentOf(view, ref) === undefined)
      throw failure('text-index.unknown-reference', `reference ${ref} in "also" is not of this view`)
  alsoMatcher.prepare(clauses.length > 0 ? terms : null, also)
  return alsoMatcher
}

interface Pipeline {
  readonly matcher: Matcher
  readonly filters: readonly CompiledFilter[]
  readonly counters: readonly Counter[]
  readonly order: DocumentOrder
  readonly isCounted: boolean
  readonly deadline: number
}

/** Matches of one segment: live ones → filters → counters → heap. */
function runSegment(
  entry: ViewSegment,
  index: number,
  batch: Batch,
  { matcher, filters, counters, order, isCounted, deadline }: Pipeline,
  totals: { byClauses: number; named: number },
): void {
  batch.isNamed = false
  matcher.enter(entry, index)
  order.enter(entry)
  const opened = filters.map((open) => open(entry))
  for (const counter of counters) counter.enter(entry)
  while (matcher.next(batch, isCounted ? Number.NEGATIVE_INFINITY : order.cut())) {
    if (performance.now() > deadline) throw failure('text-index.deadline', 'the time budget of the search ran out')
    keepLive(batch, entry.live)
    for (const filter of opened) filter.keep(batch)
    if (batch.isNamed) totals.named += batch.count
    else totals.byClauses += batch.count
    for (const counter of counters) counter.count(batch)
    order.offer(batch)
  }
}

function drain(view: ViewState, query: PreparedQuery, heap: TopK, isByScore: boolean) {
  const keys = new Float64Array(heap.size)
  const refs = new Uint32Array(heap.size)
  heap.drain(keys, refs)
  const scores = keys
  for (let at = 0; at < refs.length; at++) {
    if (isByScore) scores[at] = Math.max(0, -keys[at]! / SCORE_SCALE)
    else {
      const entry = segmentOf(view, refs[at]!)!
      const score = scoreDocument(view, query, entry, refs[at]! - entry.base)
      scores[at] = Math.round(score * SCORE_SCALE) / SCORE_SCALE
    }
  }
  return { refs, scores }
}

import { type Batch, createBatch, keepLive } from './batch.ts'
import { SCORE_SCALE } from './bm25f.ts'
import { compareReferences, createColumnOrder, createScoreOrder, keywordRanks } from './document-order.ts'
import { scoreDocument } from './explain.ts'
import { createFacetCounters, type FacetCounters } from './facets.ts'
import { failure } from './failures.ts'
import { compileFilter } from './filters.ts'
import { checkGroupFacets, type GroupFacet, type GroupFacetsRequest } from './group-facets.ts'
import { createBrowsingMatcher, type Matcher } from './matcher.ts'
import { type PreparedQuery, prepareQuery } from './prepared-query.ts'
import { checkRequest, type Facet, type SearchRequest } from './search-request.ts'
import { createTermMatcher, type TermMatcher } from './term-matcher.ts'
import { createTopK, type TopK } from './top-k.ts'
import { segmentOf, type ViewState } from './view-state.ts'

/** What a reader keeps between queries, so that a query allocates little more than its answer. */
export interface SearchScratch {
  readonly batch: Batch
  readonly heap: TopK
  readonly terms: TermMatcher
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

/** A search, and facets over groups of tags, which count like the others. */
export type CountingRequest = SearchRequest & { readonly groupFacets?: readonly GroupFacetsRequest[] }

export interface Found {
  readonly total: number | null
  readonly refs: Uint32Array
  readonly scores: Float64Array
  readonly facets: readonly Facet[]
  /** Per request of `groupFacets`, in order. */
  readonly groupFacets: readonly (readonly GroupFacet[])[]
}

/** One query over one view. */
export function searchView(view: ViewState, scratch: SearchScratch, request: CountingRequest): Found {
  checkRequest(view.schema, request)
  const {
    clauses,
    limit,
    sort,
    facets = [],
    groupFacets = [],
    filters = [],
    minimumClauses = 1,
    deadline = Number.POSITIVE_INFINITY,
  } = request
  checkGroupFacets(view.schema, groupFacets)
  const query = prepareQuery(view, clauses, minimumClauses)
  const { batch, heap } = scratch
  const isCounted = request.total === true || facets.length > 0 || groupFacets.length > 0 || sort !== undefined
  const compiled = filters.map((filter) => compileFilter(view, filter))
  const counting = scratch.facets.prepare(view, facets, groupFacets)
  heap.reset(limit, compareReferences(view))
  const order =
    sort === undefined
      ? createScoreOrder(heap)
      : createColumnOrder(heap, view, sort, (column) => scratch.ranks(view, column))
  const matcher = clauses.length === 0 ? createBrowsingMatcher(view, filters) : matchTerms(scratch, query)
  const total = { count: 0 }
  const isEverything = clauses.length === 0 && filters.length === 0
  const counters = counting.counters.filter(({ countAll }) => !isEverything || countAll === undefined)
  if (isEverything) for (const { countAll } of counting.counters) countAll?.(view)
  if (isCounted || limit > 0)
    view.segments.forEach((entry, index) => {
      matcher.enter(entry, index)
      order.enter(entry)
      for (const filter of compiled) filter.enter(entry)
      for (const counter of counters) counter.enter(entry)
      while (matcher.next(batch, isCounted ? Number.NEGATIVE_INFINITY : order.cut())) {
        if (performance.now() > deadline) throw failure('text-index.deadline', 'the time budget of the search ran out')
        keepLive(batch, entry.live)
        for (const filter of compiled) filter.keep(batch)
        total.count += batch.count
        for (const counter of counters) counter.count(batch)
        order.offer(batch)
      }
    })
  return {
    total: isCounted ? total.count : null,
    ...drain(view, query, heap, sort === undefined),
    facets: counting.results(),
    groupFacets: counting.groupResults(),
  }
}

function matchTerms({ terms }: SearchScratch, query: PreparedQuery): Matcher {
  terms.prepare(query)
  return terms
}

function drain(view: ViewState, query: PreparedQuery, heap: TopK, isByScore: boolean) {
  const keys = new Float64Array(heap.size)
  const refs = new Uint32Array(heap.size)
  heap.drain(keys, refs)
  const scores = keys
  for (let at = 0; at < refs.length; at++) {
    if (isByScore) scores[at] = -keys[at]! / SCORE_SCALE
    else {
      const entry = segmentOf(view, refs[at]!)!
      const score = scoreDocument(view, query, entry, refs[at]! - entry.base)
      scores[at] = Math.round(score * SCORE_SCALE) / SCORE_SCALE
    }
  }
  return { refs, scores }
}

import { createBatch, keepLive } from './batch.ts'
import { createFacetCounters } from './facets.ts'
import { checkGroupFacets, type GroupFacet, type GroupFacetsRequest } from './group-facets.ts'
import { createAllDocumentsMatcher } from './matcher.ts'
import { checkFacets, type Facet, type FacetRequest } from './search-request.ts'
import type { ViewState } from './view-state.ts'

export interface AllFacets {
  readonly facets: readonly Facet[]
  readonly groupFacets: readonly (readonly GroupFacet[])[]
}

/**
 * Facets over every live document, for a thread that has other work between: yields every few thousand documents. Only
 * picking the best values at the end goes in one piece, O(distinct values). Its scratch is its own, so searches may run
 * meanwhile.
 */
export function* facetsOfAll(
  view: ViewState,
  facets: readonly FacetRequest[],
  groupFacets: readonly GroupFacetsRequest[],
): Generator<void, AllFacets> {
  checkFacets(view.schema, facets)
  checkGroupFacets(view.schema, groupFacets)
  const counting = createFacetCounters().prepare(view, facets, groupFacets)
  const matcher = createAllDocumentsMatcher()
  const batch = createBatch()
  for (const [index, entry] of view.segments.entries()) {
    matcher.enter(entry, index)
    for (const counter of counting.counters) counter.enter(entry)
    while (matcher.next(batch, Number.NEGATIVE_INFINITY)) {
      keepLive(batch, entry.live)
      for (const counter of counting.counters) counter.count(batch)
      yield
    }
  }
  return { facets: counting.results(), groupFacets: counting.groupResults() }
}

import { failure } from './failures.ts'
import type { GroupFacetsRequest } from './group-facets.ts'
import { createIndexView, type IndexView } from './index-view.ts'
import type { Publication } from './publication.ts'
import { type IndexSchema, type ResolvedSchema, resolveSchema } from './schema.ts'
import { type CountingRequest, createSearchScratch } from './search.ts'
import type { FacetRequest, Filter, SearchRequest } from './search-request.ts'
import { openView } from './view-state.ts'

/** A thread's reader. Searching is synchronous and not re-entrant; its scratch is shared by its views. */
export interface IndexReader extends IndexView {
  /** Makes a publication visible; an older one than the reader has is ignored. */
  apply(publication: Publication): void
  /** Whether the writer has committed something that was not applied yet (or nothing was applied so far). */
  isStale(): boolean
  /** The view as it is now. */
  view(): IndexView
}

function emptyPublication(schema: ResolvedSchema): Publication {
  return {
    schemaHash: schema.hash,
    epoch: -1,
    clock: new SharedArrayBuffer(4),
    segments: [],
    keywords: schema.keywords.map(() => []),
    tags: schema.tags.map(() => []),
  }
}

export function createIndexReader(schema: IndexSchema): IndexReader {
  const resolved = resolveSchema(schema)
  const scratch = createSearchScratch()
  let state = openView(resolved, emptyPublication(resolved), undefined)
  let clock = new Int32Array(state.publication.clock)
  let current = createIndexView(state, scratch)

  function apply(publication: Publication): void {
    if (publication.schemaHash !== resolved.hash)
      throw failure('text-index.publication-mismatch', 'the publication is of an index with another schema')
    if (publication.epoch <= state.publication.epoch) return
    state = openView(resolved, publication, state)
    clock = new Int32Array(publication.clock)
    current = createIndexView(state, scratch)
  }

  return Object.freeze({
    apply,
    isStale: () => Atomics.load(clock, 0) !== state.publication.epoch,
    view: () => current,
    get epoch() {
      return state.publication.epoch
    },
    search: (request: CountingRequest) => current.search(request),
    explain: (ref: number, request: Pick<SearchRequest, 'clauses'>) => current.explain(ref, request),
    scores: (refs: Uint32Array, request: Pick<SearchRequest, 'clauses'>, into: Float64Array) =>
      current.scores(refs, request, into),
    admits: (filters: readonly Filter[]) => current.admits(filters),
    admitted: (filters: readonly Filter[], most: number) => current.admitted(filters, most),
    meets: (refs: Uint32Array, filters: readonly Filter[], into: Uint32Array) => current.meets(refs, filters, into),
    facetsOfAll: (facets: readonly FacetRequest[], groups: readonly GroupFacetsRequest[]) =>
      current.facetsOfAll(facets, groups),
    find: (id: string) => current.find(id),
    idOf: (ref: number) => current.idOf(ref),
    stored: (ref: number) => current.stored(ref),
    number: (ref: number, column: string) => current.number(ref, column),
    keyword: (ref: number, column: string) => current.keyword(ref, column),
    tags: (ref: number, set: string) => current.tags(ref, set),
    gatherNumbers: (refs: Uint32Array, columns: readonly string[], into: readonly Float64Array[]) =>
      current.gatherNumbers(refs, columns, into),
    gatherKeywords: (refs: Uint32Array, column: string, into: Uint32Array) =>
      current.gatherKeywords(refs, column, into),
    keywordText: (column: string, ordinal: number) => current.keywordText(column, ordinal),
    statistics: () => current.statistics(),
  })
}

import { findKey, keyText } from './byte-dictionary.ts'
import { admittedDocuments, documentTest, meetFilters } from './document-tests.ts'
import { explainDocument, scoreDocument, type TermExplanation } from './explain.ts'
import { type AllFacets, facetsOfAll } from './facets-of-all.ts'
import { failure } from './failures.ts'
import type { GroupFacet, GroupFacetsRequest } from './group-facets.ts'
import { isLive } from './live-bits.ts'
import { prepareQuery } from './prepared-query.ts'
import { type IndexStatistics, publicationStatistics } from './publication.ts'
import { columnIndex } from './schema.ts'
import { type CountingRequest, type SearchScratch, searchView } from './search.ts'
import type { Facet, FacetRequest, Filter, SearchRequest } from './search-request.ts'
import type { Segment } from './segment.ts'
import { Utf8Key } from './utf8-key.ts'
import { segmentOf, type ViewSegment, type ViewState } from './view-state.ts'

export interface SearchResult {
  /** Matches that the filters admit; null when the request did not ask for counting. */
  readonly total: number | null
  /** Of these, the ones that match by clauses, and not only because the request names them (`also`); null as `total`. */
  readonly totalByClauses: number | null
  /** How many came back. */
  readonly count: number
  /** Best first. References mean something in `view` only. */
  readonly refs: Uint32Array
  /** Text scores rounded to a millionth; 0 without clauses, and for what only `also` names. */
  readonly scores: Float64Array
  /** In the order of the request. */
  readonly facets: readonly Facet[]
  /** Per request of `groupFacets`, in order. */
  readonly groupFacets: readonly (readonly GroupFacet[])[]
  /** The view that was searched: keep it to read the hits later, whatever is committed meanwhile. */
  readonly view: IndexView
  ids(): string[]
}

/**
 * The index as of one commit. Documents, text and tags never change in it; columns are read as they are now.
 * A reference is a number of a document in one view: O(log segments) to resolve.
 */
export interface IndexView {
  readonly epoch: number
  search(request: CountingRequest): SearchResult
  /** The best term of each clause that matches, and what it adds: together the document's text score. */
  explain(ref: number, request: Pick<SearchRequest, 'clauses'>): TermExplanation[]
  /** Text scores, unrounded, of any documents, matched or not: `into[i]` for `refs[i]`. */
  scores(refs: Uint32Array, request: Pick<SearchRequest, 'clauses'>, into: Float64Array): void
  /** A test of single documents: live, and admitted by all filters. O(log segments + filters) a document. */
  admits(filters: readonly Filter[]): (ref: number) => boolean
  /** The live documents that all filters admit, ascending; null, as soon as that is known, where they are more than `most`. */
  admitted(filters: readonly Filter[], most: number): Uint32Array | null
  /** Bit i of `into[at]`: document `refs[at]` meets `filters[i]`, of which there are at most 32. */
  meets(refs: Uint32Array, filters: readonly Filter[], into: Uint32Array): void
  /** Facets over every live document, in slices: for a thread that has other work between. */
  facetsOfAll(facets: readonly FacetRequest[], groupFacets: readonly GroupFacetsRequest[]): Generator<void, AllFacets>
  /** The live document with this id; undefined when there is none. */
  find(id: string): number | undefined
  idOf(ref: number): string
  /** The bytes given with the document: shared memory, not a copy; not to be written. */
  stored(ref: number): Buffer
  /** NaN: absent. */
  number(ref: number, column: string): number
  keyword(ref: number, column: string): string | null
  tags(ref: number, set: string): string[]
  /** Reads number columns of many documents: `into[c][i]` for `columns[c]` of `refs[i]`. */
  gatherNumbers(refs: Uint32Array, columns: readonly string[], into: readonly Float64Array[]): void
  /** Reads a keyword column of many documents as ordinals (0 = absent); `keywordText` says what they stand for. */
  gatherKeywords(refs: Uint32Array, column: string, into: Uint32Array): void
  /** The value of an ordinal; null for 0 and for values that wait for a commit. */
  keywordText(column: string, ordinal: number): string | null
  statistics(): IndexStatistics
}

const key = new Utf8Key()

function locate(state: ViewState, ref: number): ViewSegment {
  const entry = segmentOf(state, ref)
  if (entry === undefined) throw failure('text-index.unknown-reference', `reference ${ref} is not of this view`)
  return entry
}

function findId({ segments }: ViewState, id: string): number | undefined {
  key.set(id)
  for (const { segment, live, base } of segments) {
    const document = findKey(segment.ids, key)
    if (document >= 0 && isLive(live, document)) return base + document
  }
  return undefined
}

function storedBytes(state: ViewState, ref: number): Buffer {
  const { segment, base } = locate(state, ref)
  const { stored, storedOffsets } = segment
  const start = storedOffsets[ref - base]!
  return Buffer.from(stored.buffer, stored.byteOffset + start, storedOffsets[ref - base + 1]! - start)
}

function tagTexts(state: ViewState, ref: number, name: string): string[] {
  const { segment, base } = locate(state, ref)
  const set = columnIndex(state.schema.tags, name, 'tag set')
  const offsets = segment.tagOffsets[set]!
  const ordinals = segment.tagValues[set]!.subarray(offsets[ref - base]!, offsets[ref - base + 1]!)
  return Array.from(ordinals, (ordinal) => state.tags[set]!.text(ordinal)!)
}

type ColumnReading = Pick<IndexView, 'number' | 'keyword' | 'tags' | 'gatherNumbers' | 'gatherKeywords' | 'keywordText'>

function columnReading(state: ViewState): ColumnReading {
  const { schema } = state
  const numberColumn = (column: string) => columnIndex(schema.numbers, column, 'number column')
  const keywordColumn = (column: string) => columnIndex(schema.keywords, column, 'keyword column')
  return {
    number(ref, column) {
      const { segment, base } = locate(state, ref)
      return segment.numbers[numberColumn(column)]![ref - base]!
    },
    keyword(ref, column) {
      const { segment, base } = locate(state, ref)
      const index = keywordColumn(column)
      return state.keywords[index]!.text(segment.keywords[index]![ref - base]!) ?? null
    },
    tags: (ref, set) => tagTexts(state, ref, set),
    gatherNumbers(refs, columns, into) {
      const indexes = columns.map(numberColumn)
      let [from, to] = [0, 0]
      let numbers: Segment['numbers'] = []
      for (let at = 0; at < refs.length; at++) {
        const ref = refs[at]!
        if (ref < from || ref >= to) {
          const { segment, base } = locate(state, ref)
          from = base
          to = base + segment.documents
          numbers = segment.numbers
        }
        for (let column = 0; column < indexes.length; column++)
          into[column]![at] = numbers[indexes[column]!]![ref - from]!
      }
    },
    gatherKeywords(refs, column, into) {
      const index = keywordColumn(column)
      for (let at = 0; at < refs.length; at++) {
        const { segment, base } = locate(state, refs[at]!)
        into[at] = segment.keywords[index]![refs[at]! - base]!
      }
    },
    keywordText: (column, ordinal) => state.keywords[keywordColumn(column)]!.text(ordinal) ?? null,
  }
}

export function createIndexView(state: ViewState, scratch: SearchScratch): IndexView {
  let statistics: IndexStatistics | undefined
  const idOf = (ref: number) => {
    const { segment, base } = locate(state, ref)
    return keyText(segment.ids, ref - base)
  }
  const view: IndexView = Object.freeze({
    epoch: state.publication.epoch,
    search(request: CountingRequest) {
      const found = searchView(state, scratch, request)
      const { refs } = found
      return Object.freeze({ ...found, count: refs.length, view, ids: () => Array.from(refs, idOf) })
    },
    explain(ref: number, { clauses }: Pick<SearchRequest, 'clauses'>) {
      const entry = locate(state, ref)
      return explainDocument(state, prepareQuery(state, clauses, 1), entry, ref - entry.base)
    },
    scores(refs: Uint32Array, { clauses }: Pick<SearchRequest, 'clauses'>, into: Float64Array) {
      const query = prepareQuery(state, clauses, 1)
      for (let at = 0; at < refs.length; at++) {
        const entry = locate(state, refs[at]!)
        into[at] = scoreDocument(state, query, entry, refs[at]! - entry.base)
      }
    },
    admits: (filters: readonly Filter[]) => documentTest(state, filters),
    admitted: (filters: readonly Filter[], most: number) => admittedDocuments(state, scratch.batch, filters, most),
    meets: (refs: Uint32Array, filters: readonly Filter[], into: Uint32Array) =>
      meetFilters(state, refs, filters, into),
    facetsOfAll: (facets: readonly FacetRequest[], groups: readonly GroupFacetsRequest[]) =>
      facetsOfAll(state, facets, groups),
    find: (id: string) => findId(state, id),
    idOf,
    stored: (ref: number) => storedBytes(state, ref),
    ...columnReading(state),
    statistics: () => (statistics ??= publicationStatistics(state.publication)),
  })
  return view
}

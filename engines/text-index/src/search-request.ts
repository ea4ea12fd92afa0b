import { failure } from './failures.ts'
import { columnIndex, type ResolvedSchema } from './schema.ts'

export interface QueryTerm {
  readonly term: string
  /** Multiplies the term's score; above 0 and at most 100, 1 unless given. */
  readonly boost?: number
}

/**
 * One wish of the query in its spellings (a word and its stem, a measure and its number): matched when any of its terms
 * is in the document, and worth as much as the best of these. Scores of clauses add up.
 */
export interface QueryClause {
  readonly terms: readonly QueryTerm[]
}

/** Filters are joined by AND; the values inside one by OR. `not` turns one around. */
export type Filter =
  | { readonly kind: 'keyword'; readonly column: string; readonly anyOf: readonly string[]; readonly not?: boolean }
  | { readonly kind: 'tag'; readonly set: string; readonly anyOf: readonly string[]; readonly not?: boolean }
  /** Both ends belong to the range; a document without the number is not in it. */
  | {
      readonly kind: 'range'
      readonly column: string
      readonly minimum?: number
      readonly maximum?: number
      readonly not?: boolean
    }
  /** A whole number with this bit (0 … 52) set; a document without the number is admitted where `orAbsent` says so. */
  | {
      readonly kind: 'bit'
      readonly column: string
      readonly bit: number
      readonly orAbsent?: boolean
      readonly not?: boolean
    }
  | { readonly kind: 'ids'; readonly anyOf: readonly string[]; readonly not?: boolean }

export type FacetRequest =
  /** The values with most documents (10 unless `limit` is given), ties by value. */
  | { readonly kind: 'keyword'; readonly column: string; readonly limit?: number }
  /** The same for tags, only those that begin with `prefix` if given. */
  | { readonly kind: 'tag'; readonly set: string; readonly limit?: number; readonly prefix?: string }
  /** Ascending edges e₀ … eₙ cut the numbers into (−∞, e₀) [e₀, e₁) … [eₙ, ∞): one count each. */
  | { readonly kind: 'ranges'; readonly column: string; readonly edges: readonly number[] }
  | { readonly kind: 'statistics'; readonly column: string }

export interface Sort {
  /** A number or keyword column. Documents without a value come last both ways; ties by id. */
  readonly column: string
  readonly order: 'ascending' | 'descending'
}

export interface SearchRequest {
  /** A document's score is the sum over clauses of the best of the clause's terms. None: every document matches, with score 0. */
  readonly clauses: readonly QueryClause[]
  /** How many clauses a document must match; 1 unless given; more than there are is all of them. */
  readonly minimumClauses?: number
  readonly filters?: readonly Filter[]
  /** By score, then id, unless given. */
  readonly sort?: Sort
  /** How many documents come back, 0 … 10,000. */
  readonly limit: number
  /** Count every match. Facets and sorting count anyway. */
  readonly total?: boolean
  readonly facets?: readonly FacetRequest[]
  /** When to give up, in milliseconds as `performance.now()` counts them; looked at every few thousand documents. */
  readonly deadline?: number
}

export type Facet =
  | { readonly kind: 'keyword' | 'tag'; readonly values: readonly string[]; readonly counts: readonly number[] }
  | { readonly kind: 'ranges'; readonly counts: readonly number[] }
  /** `minimum` and `maximum` are NaN when no document has the number. */
  | { readonly kind: 'statistics'; readonly minimum: number; readonly maximum: number; readonly count: number }

export const MAXIMUM_LIMIT = 10_000
/** A clause is one bit of a document's mask of matched clauses. */
export const MAXIMUM_CLAUSES = 32
export const MAXIMUM_TERMS = 1024
const MAXIMUM_BOOST = 100

const refuse = (message: string) => failure('text-index.bad-request', message)

function checkClauses({ clauses, minimumClauses = 1 }: SearchRequest): void {
  if (clauses.length > MAXIMUM_CLAUSES)
    throw refuse(`"clauses" holds ${clauses.length}, more than the limit of ${MAXIMUM_CLAUSES}`)
  if (!Number.isInteger(minimumClauses) || minimumClauses < 1)
    throw refuse(`"minimumClauses" must be a whole number from 1, not ${minimumClauses}`)
  const terms = clauses.flatMap((clause) => clause.terms)
  if (terms.length > MAXIMUM_TERMS)
    throw refuse(`"clauses" holds ${terms.length} terms, more than the limit of ${MAXIMUM_TERMS}`)
  for (const { term, boost = 1 } of terms)
    if (!(boost > 0 && boost <= MAXIMUM_BOOST))
      throw refuse(`the boost of term "${term}" must be above 0 and at most ${MAXIMUM_BOOST}, not ${boost}`)
}

function checkFilter(schema: ResolvedSchema, filter: Filter): void {
  if (filter.kind === 'keyword') columnIndex(schema.keywords, filter.column, 'keyword column')
  if (filter.kind === 'tag') columnIndex(schema.tags, filter.set, 'tag set')
  if (filter.kind === 'bit') {
    columnIndex(schema.numbers, filter.column, 'number column')
    if (!(Number.isInteger(filter.bit) && filter.bit >= 0 && filter.bit <= 52))
      throw refuse(`bit ${filter.bit} of "${filter.column}" is not a whole number from 0 to 52`)
  }
  if (filter.kind === 'range') {
    columnIndex(schema.numbers, filter.column, 'number column')
    if (Number.isNaN(filter.minimum) || Number.isNaN(filter.maximum))
      throw refuse(`the range of "${filter.column}" is bounded by something that is not a number`)
  }
}

function checkFacet(schema: ResolvedSchema, facet: FacetRequest): void {
  if (facet.kind === 'keyword') columnIndex(schema.keywords, facet.column, 'keyword column')
  else if (facet.kind === 'tag') columnIndex(schema.tags, facet.set, 'tag set')
  else columnIndex(schema.numbers, facet.column, 'number column')
  if (facet.kind === 'ranges' && !facet.edges.every((edge, at, edges) => at === 0 || edges[at - 1]! < edge))
    throw refuse(`the edges of the facet on "${facet.column}" must ascend`)
  if ('limit' in facet && !(Number.isInteger(facet.limit) && facet.limit! >= 0))
    throw refuse(`the limit of a facet must be a whole number, not ${facet.limit}`)
}

export function checkFilters(schema: ResolvedSchema, filters: readonly Filter[]): void {
  for (const filter of filters) checkFilter(schema, filter)
}

export function checkFacets(schema: ResolvedSchema, facets: readonly FacetRequest[]): void {
  for (const facet of facets) checkFacet(schema, facet)
}

export function checkRequest(schema: ResolvedSchema, request: SearchRequest): void {
  const { limit, sort } = request
  if (!Number.isInteger(limit) || limit < 0 || limit > MAXIMUM_LIMIT)
    throw refuse(`"limit" must be a whole number from 0 to ${MAXIMUM_LIMIT}, not ${limit}`)
  checkClauses(request)
  checkFilters(schema, request.filters ?? [])
  checkFacets(schema, request.facets ?? [])
  if (sort !== undefined) columnIndex([...schema.numbers, ...schema.keywords], sort.column, 'sortable column')
}

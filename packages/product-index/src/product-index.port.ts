import type { Product } from '@eip/contracts'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'

export const numberColumns = ['price', 'rating', 'ratingCount', 'popularity', 'createdAt', 'availability'] as const
export type NumberColumn = (typeof numberColumns)[number]

export const keywordColumns = ['brand', 'seller', 'language', 'currency'] as const
export type KeywordColumn = (typeof keywordColumns)[number]

export type IndexStatistics = Readonly<{
  /** Products that can be found. */
  documents: number
  segments: number
  bytes: number
  /** Changes at every visible change of the view. */
  epoch: number
  /** Names the view: a hash of schema and analysis. */
  generation: string
}>

/** Alternatives within one filter, and between filters all must hold. A range is inclusive; an absent bound is open. */
export type Filter =
  | Readonly<{ kind: 'keyword'; column: KeywordColumn; anyOf: readonly string[] }>
  /** Category paths: a product is in each prefix of its own path. */
  | Readonly<{ kind: 'category'; anyOf: readonly (readonly string[])[] }>
  | Readonly<{ kind: 'attribute'; name: string; anyOf: readonly string[] }>
  | Readonly<{ kind: 'range'; column: NumberColumn; minimum: number | null; maximum: number | null }>
  | Readonly<{ kind: 'ids'; anyOf: readonly string[] }>

export type FacetRequest =
  | Readonly<{ kind: 'keyword'; column: KeywordColumn; limit: number }>
  | Readonly<{ kind: 'category'; limit: number }>
  /**
   * One attribute by name, or (null) the `commonAttributes` that most of the matches have, without those that tell nearly
   * every match apart (`tellsTooMuch`). `limit` counts values per attribute.
   */
  | Readonly<{ kind: 'attribute'; name: string | null; limit: number }>
  /** `edges` ascend. */
  | Readonly<{ kind: 'range'; column: NumberColumn; edges: readonly number[] }>

/** How many attributes a facet over all of them answers with. */
export const commonAttributes = 8

/** Among fewer mentions than these, no attribute is left out: a handful of matches may well differ in everything. */
const fewMentions = 10

/**
 * Whether an attribute is no use as a facet, because hardly any of its values comes twice: among the matches it has ten
 * mentions or more (a mention is a match together with one value that it has), and more than three different values for
 * every four of them. Model and bar code are such. Asked for by its name, an attribute is answered all the same.
 */
export const tellsTooMuch = (distinctValues: number, mentions: number): boolean =>
  mentions >= fewMentions && distinctValues * 4 > mentions * 3

/**
 * Counts over everything that query and filters admit. Values by count, then by value.
 * `name` is the column's, `category`, or `attributes.NAME`; facets stand in the order asked for. A facet over all attributes
 * stands as one per attribute, that which most matches have first. A product with several values counts once for each.
 */
export type FacetCounts =
  | Readonly<{ kind: 'values'; name: string; values: readonly Readonly<{ value: string; count: number }>[] }>
  | Readonly<{
      kind: 'ranges'
      name: string
      minimum: number | null
      maximum: number | null
      /** `edges.length + 1` counts: below the first edge, then [edge, next edge) …, from the last edge on. */
      counts: readonly number[]
    }>

export type RetrievalRequest = Readonly<{
  /** null: everything that the filters admit. A query without tokens finds nothing. */
  query: AnalyzedQuery | null
  /**
   * How many of the query's tokens a product must match, at least. Stop words do not count (nor match alone) beside other words;
   * a number above the query's tokens asks for all of them, one below 1 for one.
   */
  minimumMatches: number
  filters: readonly Filter[]
  facets: readonly FacetRequest[]
  order: 'score' | Readonly<{ column: NumberColumn; direction: 'ascending' | 'descending' }>
  /** Candidates wanted, at most 1,000. */
  limit: number
  /** Columns wanted of each candidate. */
  columns: readonly NumberColumn[]
}>

/**
 * Candidates in total order: score rounded to 1e-6, then id (or column value, absent ones last, then id).
 * Arrays run in parallel; absent numbers are NaN.
 */
export type Retrieval = Readonly<{
  total: number
  ids: readonly string[]
  textScores: Float64Array
  columns: Readonly<Partial<Record<NumberColumn, Float64Array>>>
  facets: readonly FacetCounts[]
  statistics: IndexStatistics
}>

/** What is shown of a product on a result page. */
export type StoredProduct = Pick<
  Product,
  'id' | 'title' | 'brand' | 'categoryPath' | 'price' | 'rating' | 'seller' | 'language'
> & { readonly image: string | null }

export type TermExplanation = Readonly<{
  term: string
  documentFrequency: number
  inverseDocumentFrequency: number
  termFrequency: number
  score: number
}>

/**
 * Reads the serving view.
 *  - Only active products are found. `total` and facets count exactly what query and filters admit.
 *  - The order is total and the same in every adapter; asking again of an unchanged view answers the same.
 *  - `show` answers in the order asked; a product that is gone is left out.
 *  - `explain` sums to the product's text score, within a millionth; a product that is gone or does not match has no terms.
 */
export interface ProductIndexReader {
  retrieve(request: RetrievalRequest): Promise<Retrieval>
  show(ids: readonly string[]): Promise<readonly StoredProduct[]>
  explain(ids: readonly string[], query: AnalyzedQuery): Promise<readonly (readonly TermExplanation[])[]>
  statistics(): IndexStatistics
}

import type { Product } from '@eip/contracts'
import type { CatalogueVocabulary } from '@eip/engine-query-understanding'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'

/** Columns that no product carries itself, by the service that owns them and tells of them with versions of its own. */
export const ownedColumns = Object.freeze({
  inventory: ['atp', 'daysOfCover'],
  logistics: ['logisticsScore', 'delayRate', 'returnRate', 'shortageRate', 'leadTimeDays', 'coverage'],
} as const)
export type ColumnOwner = keyof typeof ownedColumns
export type OwnedColumn<Owner extends ColumnOwner = ColumnOwner> = (typeof ownedColumns)[Owner][number]

export const numberColumns = [
  ...(['price', 'rating', 'ratingCount', 'popularity', 'createdAt'] as const),
  ...ownedColumns.inventory,
  ...ownedColumns.logistics,
] as const
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
  /** Whose vectors the view holds, and of how many products. */
  encoders: readonly Readonly<{ encoder: string; dimensions: number; vectors: number }>[]
}>

/** Alternatives within one filter, and between filters all must hold. A range is inclusive; an absent bound is open. */
export type Filter =
  | Readonly<{ kind: 'keyword'; column: KeywordColumn; anyOf: readonly string[] }>
  /** Category paths: a product is in each prefix of its own path. */
  | Readonly<{ kind: 'category'; anyOf: readonly (readonly string[])[] }>
  | Readonly<{ kind: 'attribute'; name: string; anyOf: readonly string[] }>
  | Readonly<{ kind: 'range'; column: NumberColumn; minimum: number | null; maximum: number | null }>
  | Readonly<{ kind: 'ids'; anyOf: readonly string[] }>
  /** What is not known to be sold out: `atp` is above 0, or absent. */
  | Readonly<{ kind: 'available' }>
  /** What is not known to be undeliverable: `coverage` has the region's bit, or is absent. */
  | Readonly<{ kind: 'delivered'; bit: number }>

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

/**
 * What the query means. The `nearest` products that the filters admit (at most 1,000), as far as their cosine is at
 * least `floor`, match beside those that the words find: the same ones whatever page, facet or order is asked for.
 */
export type VectorQuery = Readonly<{ encoder: string; values: Float32Array; nearest: number; floor: number }>

/** Wishes are bits of a number. */
export const mostWishes = 31

export type RetrievalRequest = Readonly<{
  /** null: everything that the filters admit, or, with a vector, nothing but its nearest. A query without tokens finds nothing by words. */
  query: AnalyzedQuery | null
  vector: VectorQuery | null
  /**
   * How many of the query's tokens a product must match, at least. Stop words do not count (nor match alone) beside other words;
   * a number above the query's tokens asks for all of them, one below 1 for one.
   */
  minimumMatches: number
  filters: readonly Filter[]
  /** At most `mostWishes` conditions that admit and exclude nothing: each candidate says which of them it meets. */
  wishes: readonly Filter[]
  facets: readonly FacetRequest[]
  order: 'score' | Readonly<{ column: NumberColumn; direction: 'ascending' | 'descending' }>
  /** Candidates wanted, at most 1,000. By score, these are the best by their words; the nearest by meaning come on top of them. */
  limit: number
  /** Columns wanted of each candidate. */
  columns: readonly NumberColumn[]
}>

/**
 * Candidates in total order: score rounded to 1e-6, then id (or column value, absent ones last, then id).
 * Arrays run in parallel; absent numbers are NaN.
 */
export type Retrieval = Readonly<{
  /** Everything that matches, by words or by meaning. */
  total: number
  /** Of these, how many the words found: they matched as many tokens as was asked. Without a query, as `total`, or 0 with a vector. */
  totalByWords: number
  ids: readonly string[]
  /** Of all the query's words that a candidate has, however many it had to match; 0 for one that has none of them. */
  textScores: Float64Array
  /** The exact cosine of every candidate, whatever found it; NaN for one without a vector. null where no vector was asked for. */
  vectorScores: Float64Array | null
  /** Bit i: the candidate meets wish i. */
  wishes: Uint32Array
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
 *  - What a request matches is (words ∪ nearest) ∩ filters, and nothing else is counted in `total` and facets, sorted or paged.
 *  - A vector of an encoder that the view does not hold, of another length than its, with a number that is not finite, or of
 *    length zero is refused (`product-index.unknown-encoder`, `product-index.bad-vector`), each named.
 */
export interface ProductIndexReader {
  retrieve(request: RetrievalRequest): Promise<Retrieval>
  show(ids: readonly string[]): Promise<readonly StoredProduct[]>
  explain(ids: readonly string[], query: AnalyzedQuery): Promise<readonly (readonly TermExplanation[])[]>
  /** The product's vector by this encoder; null where there is none. */
  vectorOf(id: string, encoder: string): Promise<Float32Array | null>
  /** What the catalogue talks of, counted over its active products; made away from the thread that answers queries. */
  vocabulary(): Promise<CatalogueVocabulary>
  statistics(): IndexStatistics
}

/** Columns that features read. Absent values are NaN; a column that is left out is absent for every candidate. */
export const rankingColumns = [
  ...(['price', 'rating', 'ratingCount', 'popularity', 'createdAt'] as const),
  ...(['atp', 'daysOfCover', 'logisticsScore', 'coverage'] as const),
] as const
export type RankingColumn = (typeof rankingColumns)[number]

/**
 * What is ranked, as a structure of arrays: candidate i is at index i of each of them.
 *
 * ```
 *             0      1      2    … count
 * text       0.6    0.5    0.1       what the words are worth in this query, 0 … 1
 * vector     0.1    0.3    NaN       what the meaning is worth; text and vector together at most 1
 * intent     1.0    0.0    0.5       share of the query's wishes that are met, 0 … 1
 * price     19.9    NaN    5.0       NaN: absent
 * ```
 *
 * Units: `price` in the currency's major unit, `rating` in stars 0–5, `createdAt` in milliseconds since the epoch,
 * `popularity` and `ratingCount` are counts, `atp` is what can be promised in units, `logisticsScore` lies in [0, 1], `coverage` has a
 * bit for each region that the product is delivered to (absent: to all).
 */
export type Candidates = Readonly<{
  count: number
  text: Float64Array
  /** null: nothing was searched for by meaning. */
  vector: Float64Array | null
  /** null: the query has no wishes. */
  intent: Float64Array | null
  columns: Readonly<Partial<Record<RankingColumn, Float64Array>>>
}>

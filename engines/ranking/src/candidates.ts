/** Columns that features read. Absent values are NaN; a column that is left out is absent for every candidate. */
export const rankingColumns = ['price', 'rating', 'ratingCount', 'popularity', 'createdAt', 'availability'] as const
export type RankingColumn = (typeof rankingColumns)[number]

/**
 * What is ranked, as a structure of arrays: candidate i is at index i of each of them.
 *
 * ```
 *             0      1      2    … count
 * text      12.1    9.8    9.8       text score, ≥ 0
 * price     19.9    NaN    5.0       NaN: absent
 * rating     4.5    3.0    NaN
 * ```
 *
 * Units: `price` in the currency's major unit, `rating` in stars 0–5, `createdAt` in milliseconds since the epoch,
 * `popularity` and `ratingCount` are counts, `availability` is above 0 where the product can be bought.
 */
export type Candidates = Readonly<{
  count: number
  text: Float64Array
  /** The best text score of the whole result; 0 where there was no query. */
  bestText: number
  columns: Readonly<Partial<Record<RankingColumn, Float64Array>>>
}>

/** The best of the first `count` text scores; 0 for none. Linear. */
export function bestOf(text: Float64Array, count: number = text.length): number {
  let best = 0
  for (let i = 0; i < count; i++) if (text[i]! > best) best = text[i]!
  return best
}

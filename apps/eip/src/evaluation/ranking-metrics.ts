import { createHash } from 'node:crypto'

/** Product id → grade; 0 is irrelevant, larger is better, fractions are allowed. */
export type Judgments = ReadonlyMap<string, number>

const gain = (grade: number) => 2 ** grade - 1
const discount = (rank: number) => 1 / Math.log2(rank + 2)

const dcg = (grades: readonly number[], cut: number) =>
  grades.slice(0, cut).reduce((sum, grade, rank) => sum + gain(grade) * discount(rank), 0)

/**
 * Normalised discounted cumulative gain (Järvelin, Kekäläinen 2002) with exponential gains; null where no judged product is relevant.
 * `ranked`: grades in rank order. `judged`: all grades of the query, for the ideal order.
 */
export function ndcg(ranked: readonly number[], judged: readonly number[], cut: number): number | null {
  const ideal = dcg(
    judged.toSorted((a, b) => b - a),
    cut,
  )
  return ideal > 0 ? dcg(ranked, cut) / ideal : null
}

const tieKey = (id: string) => createHash('sha1').update(id).digest('hex')

/**
 * The judged products in the order of their scores; those without a score come last.
 * Equal scores are ordered by the SHA-1 of the id: fair to every engine, and the same everywhere.
 */
export function orderJudged(judgments: Judgments, scores: ReadonlyMap<string, number>): string[] {
  const keyed = [...judgments.keys()].map((id) => ({
    id,
    score: scores.get(id) ?? Number.NEGATIVE_INFINITY,
    tie: tieKey(id),
  }))
  return keyed.sort((a, b) => b.score - a.score || (a.tie < b.tie ? -1 : 1)).map(({ id }) => id)
}

/** True if the order matters: at least two different grades. */
export const isInformative = (judgments: Judgments): boolean => new Set(judgments.values()).size > 1

/** 1 ÷ the rank of the first relevant product in the list; 0 where none is in it. */
export function reciprocalRank(list: readonly string[], judgments: Judgments): number {
  const rank = list.findIndex((id) => (judgments.get(id) ?? 0) > 0)
  return rank < 0 ? 0 : 1 / (rank + 1)
}

/** The part of the relevant products that the list holds; null where none is relevant. */
export function recall(list: readonly string[], judgments: Judgments): number | null {
  const relevant = [...judgments].filter(([, grade]) => grade > 0)
  if (relevant.length === 0) return null
  const found = new Set(list)
  return relevant.filter(([id]) => found.has(id)).length / relevant.length
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** The value below which the share `q` of the values lies (nearest rank); 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0
}

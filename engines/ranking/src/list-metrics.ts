/** Product id → grade; 0 is irrelevant, larger is better, fractions are allowed. */
export type Judgments = ReadonlyMap<string, number>

const gain = (grade: number) => 2 ** grade - 1
const discount = (rank: number) => 1 / Math.log2(rank + 2)

const dcg = (grades: readonly number[], cut: number) =>
  grades.slice(0, cut).reduce((sum, grade, rank) => sum + gain(grade) * discount(rank), 0)

/**
 * Normalised discounted cumulative gain (Järvelin, Kekäläinen 2002) with exponential gains, in [0, 1]; null where no
 * judged product is relevant. `ranked`: grades in rank order. `judged`: all grades of the query, for the ideal order.
 * O(judged · log judged).
 */
export function ndcg(ranked: readonly number[], judged: readonly number[], cut: number): number | null {
  const ideal = dcg(
    judged.toSorted((a, b) => b - a),
    cut,
  )
  return ideal > 0 ? dcg(ranked, cut) / ideal : null
}

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

/** 0 of nothing. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

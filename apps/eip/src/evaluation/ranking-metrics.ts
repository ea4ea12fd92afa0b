import { createHash } from 'node:crypto'
import type { Judgments } from '@eip/engine-ranking'

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

/** The value below which the share `q` of the values lies (nearest rank); 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0
}

import type { Judgments } from '@eip/engine-ranking'
import type { JudgmentSet } from '../domain/judged-query.ts'

/**
 * What people judged: how well which product answers which query.
 *  - `replace` is one step: readers see all of what was before, or all of what is now; when it fails, nothing has changed.
 *  - `queries` are those that begin with `prefix`, in order of their code points, the first `limit`; `total` counts all of them.
 *  - Text is compared to the letter: what counts as the same query is the caller's business.
 *  - A query that nobody judged has no grades.
 */
export interface JudgmentStore {
  replace(judgments: JudgmentSet): Promise<void>
  queries(
    prefix: string,
    limit: number,
  ): Promise<Readonly<{ queries: readonly Readonly<{ query: string; judgments: number }>[]; total: number }>>
  gradesOf(query: string): Promise<Judgments>
}

import { type Batch, WINDOW } from './batch.ts'
import { ROUND_IN, ROUND_OUT } from './bm25f.ts'
import type { ClauseLists } from './clause-lists.ts'
import { advance } from './posting-search.ts'

/** Looks non-essential clauses up for the candidates in the batch. */
export interface OtherClauses {
  /** Adds the clause's best list to each candidate, and drops those that stay below `least` with it. */
  probe(batch: Batch, clause: number, least: number): void
}

export function createOtherClauses(lists: ClauseLists, masks: Uint32Array): OtherClauses {
  const best = new Float64Array(WINDOW)

  /** Raises `best` of the candidates that are in the list to what it contributes. */
  function probeList({ documents: candidates, count }: Batch, list: number): void {
    const { documents, impacts, saturation } = lists
    const weight = lists.weights[list]!
    const start = lists.positions[list]!
    const end = lists.windowEnds[list]!
    let posting = start
    let before = 0
    for (let at = 0; at < count; at++) {
      const document = candidates[at]!
      if (document < before) posting = start
      before = document
      posting = advance(documents, posting, end, document)
      if (posting >= end || documents[posting] !== document) continue
      const score = weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
      if (score > best[at]!) best[at] = score
    }
  }

  return {
    probe(batch, clause, least) {
      const { active, activeCounts, clauseStarts } = lists
      const { documents, scores, count } = batch
      const start = clauseStarts[clause]!
      const end = start + activeCounts[clause]!
      best.fill(0, 0, count)
      for (let at = start; at < end; at++) probeList(batch, active[at]!)
      const bit = 1 << clause
      let kept = 0
      for (let at = 0; at < count; at++) {
        const added = best[at]!
        const score = scores[at]! + added
        if (score < least) continue
        documents[kept] = documents[at]!
        scores[kept] = score
        masks[kept++] = added > 0 ? masks[at]! | bit : masks[at]!
      }
      batch.count = kept
    },
  }
}

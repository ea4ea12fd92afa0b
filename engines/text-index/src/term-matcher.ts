import { type Batch, WINDOW } from './batch.ts'
import {
  closeWindow,
  createClauseLists,
  enterSegment,
  findMaxima,
  nextDocument,
  reachableScore,
  reserveLists,
} from './clause-lists.ts'
import { createEssentialClauses } from './essential-clauses.ts'
import { bitCount } from './live-bits.ts'
import type { Matcher } from './matcher.ts'
import { createOtherClauses } from './other-clauses.ts'
import type { PreparedQuery } from './prepared-query.ts'
import { createWindowSplit, splitWindow } from './window-split.ts'

export interface TermMatcher extends Matcher {
  prepare(query: PreparedQuery): void
}

/**
 * Block-max MaxScore over windows of documents (Turtle and Flood 1995; windows as in Lucene's MaxScoreBulkScorer), with
 * clauses where these have lists: a document's score is the sum over clauses of the best of the clause's terms.
 *
 * ```
 *                window [lo, hi)           each clause's largest contribution inside the window, from its lists' blocks
 * black      ····|··•••·•·|·····    0.4 ┐ together below the cut: no document lives by these alone.
 * case       ····|·•••••••|····· ┐  0.6 ┘ "non-essential": looked up for candidates only (other-clauses.ts)
 *   cases    ····|···•·•··|····· ┘
 * dv7        ····|···•····|····· ┐  7.1 ← "essential": their postings are the candidates (essential-clauses.ts)
 *   dv71211  ····|········|··•·· ┘
 * ```
 * Within a window work goes list by list, not document by document: essential clauses are added into accumulators,
 * candidates gathered, then each other clause is probed for the candidates left. A second reason for not walking a
 * clause is `minimumClauses` m: what matches m of a clauses matches one of any a − m + 1, so the m − 1 longest clauses
 * need no walking. The cheaper of the two ways of choosing is taken per window (window-split.ts). With `cut` −∞ nothing
 * is left out by score.
 *
 * Contributions add up exactly in any order (see bm25f.ts), so bounds need no slack and both paths agree bit for bit.
 */
export function createTermMatcher(): TermMatcher {
  const lists = createClauseLists()
  const window = createWindowSplit()
  /** Which clauses each document of the batch matched: a bit a clause. */
  const masks = new Uint32Array(WINDOW)
  const essential = createEssentialClauses(lists, masks)
  const others = createOtherClauses(lists, masks)
  let query: PreparedQuery = { terms: [], minimumClauses: 1 }
  let documents = 0

  function keepEnoughClauses(batch: Batch): void {
    let kept = 0
    for (let at = 0; at < batch.count; at++) {
      if (bitCount(masks[at]!) < query.minimumClauses) continue
      batch.documents[kept] = batch.documents[at]!
      batch.scores[kept++] = batch.scores[at]!
    }
    batch.count = kept
  }

  function matchWindow(batch: Batch, low: number, high: number, cut: number): void {
    batch.count = 0
    const countsClauses = query.minimumClauses > 1
    splitWindow(window, lists, high, cut, query.minimumClauses)
    const { order, maxima, split } = window
    if (split === window.count) return
    let rest = window.others
    essential.gather(batch, window, low, high, cut - rest, countsClauses)
    for (let at = split - 1; at >= 0 && batch.count > 0; at--) {
      if (cut > 0) rest -= maxima[order[at]!]!
      others.probe(batch, order[at]!, cut - rest)
    }
    if (countsClauses) keepEnoughClauses(batch)
  }

  return {
    prepare(prepared) {
      query = prepared
      reserveLists(lists, prepared.terms.length)
    },
    enter(entered, index) {
      documents = entered.segment.documents
      enterSegment(lists, query, entered, index)
    },
    next(batch, cut) {
      if (cut > 0) findMaxima(lists)
      for (;;) {
        const low = nextDocument(lists)
        if (low === 0xffffffff || (cut > 0 && reachableScore(lists) < cut)) return false
        matchWindow(batch, low, Math.min(low + WINDOW, documents), cut)
        closeWindow(lists)
        if (batch.count > 0) return true
      }
    },
  }
}

import { type Batch, WINDOW } from './batch.ts'
import { ROUND_IN, ROUND_OUT } from './bm25f.ts'
import { type ClauseLists, entriesMaximum, isLong } from './clause-lists.ts'
import { BLOCK } from './segment.ts'
import type { WindowSplit } from './window-split.ts'

export interface EssentialClauses {
  /**
   * Leaves in the batch what the essential clauses of the window [low, high) make of each document, if that is at least
   * `least`. Masks are right with `countsClauses` only.
   */
  gather(batch: Batch, window: WindowSplit, low: number, high: number, least: number, countsClauses: boolean): void
}

/**
 * Reads the essential clauses of a window, list by list. A clause adds its best list: `best` keeps what the clause has
 * added to a document so far, and a list adds only what it is better by. Differences are exact, because contributions
 * lie on a grid (see bm25f.ts), so the order of the lists does not matter. A stamp says whether `best` is of this clause
 * and window, so that nothing has to be cleared.
 *
 * ```
 * document        …  17    18    19  …
 * cases      0.5     0.5   0.5    ·        best ← 0.5               accumulator += 0.5
 * case       0.6     0.6    ·    0.6       best ← 0.6 in 17         accumulator += 0.1 in 17, 0.6 in 19
 * ```
 */
export function createEssentialClauses(lists: ClauseLists, masks: Uint32Array): EssentialClauses {
  const accumulators = new Float64Array(WINDOW)
  const accumulatedMasks = new Uint32Array(WINDOW)
  const best = new Float64Array(WINDOW)
  // Doubles: counting up in them never wraps.
  const stamps = new Float64Array(WINDOW)
  let stamp = 0

  /**
   * One clause alone: its postings are the candidates. Blocks are left out where even their best is not enough, with
   * several lists as well: whatever lifts a document to `least` is in a block that is read.
   */
  function gatherClause(batch: Batch, clause: number, low: number, least: number): void {
    const { active, activeCounts, clauseStarts } = lists
    const start = clauseStarts[clause]!
    const end = start + activeCounts[clause]!
    batch.count = 0
    for (let at = start; at < end; at++) gatherList(batch, active[at]!, low, least)
    const bit = 1 << clause
    for (let at = 0; at < batch.count; at++) {
      const place = batch.documents[at]! - low
      batch.scores[at] = accumulators[place]!
      accumulators[place] = 0
      masks[at] = bit
    }
    batch.isAscending = end - start === 1
  }

  function gatherList(batch: Batch, list: number, low: number, least: number): void {
    const { documents, impacts, saturation } = lists
    const weight = lists.weights[list]!
    const start = lists.starts[list]!
    const end = lists.windowEnds[list]!
    const entry = lists.entries[list]! + 1
    const skips = least > 0 && isLong(lists, list)
    let { count } = batch
    let posting = lists.positions[list]!
    while (posting < end) {
      let blockEnd = end
      if (skips) {
        const block = (posting - start) >>> 7
        blockEnd = Math.min(end, start + (block + 1) * BLOCK)
        if (entriesMaximum(lists, list, entry + block, entry + block) < least) {
          posting = blockEnd
          continue
        }
      }
      for (; posting < blockEnd; posting++) {
        const score = weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
        if (score < least) continue
        const document = documents[posting]!
        const before = accumulators[document - low]!
        if (before === 0) batch.documents[count++] = document
        if (score > before) accumulators[document - low] = score
      }
    }
    batch.count = count
  }

  /** Adds the only list of a clause. */
  function accumulate(list: number, low: number): void {
    const { documents, impacts, saturation } = lists
    const weight = lists.weights[list]!
    const end = lists.windowEnds[list]!
    for (let posting = lists.positions[list]!; posting < end; posting++)
      accumulators[documents[posting]! - low]! += weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
  }

  /** Adds one of several lists of a clause. */
  function accumulateBest(list: number, low: number): void {
    const { documents, impacts, saturation } = lists
    const weight = lists.weights[list]!
    const end = lists.windowEnds[list]!
    for (let posting = lists.positions[list]!; posting < end; posting++) {
      const at = documents[posting]! - low
      const score = weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
      const before = stamps[at] === stamp ? best[at]! : 0
      if (score <= before) continue
      stamps[at] = stamp
      best[at] = score
      accumulators[at]! += score - before
    }
  }

  function accumulateMask(list: number, bit: number, low: number): void {
    const { documents } = lists
    const end = lists.windowEnds[list]!
    for (let posting = lists.positions[list]!; posting < end; posting++)
      accumulatedMasks[documents[posting]! - low]! |= bit
  }

  function accumulateClause(clause: number, low: number, countsClauses: boolean): void {
    const { active, activeCounts, clauseStarts } = lists
    const start = clauseStarts[clause]!
    const end = start + activeCounts[clause]!
    if (end - start === 1) accumulate(active[start]!, low)
    else {
      stamp++
      for (let at = start; at < end; at++) accumulateBest(active[at]!, low)
    }
    if (countsClauses) for (let at = start; at < end; at++) accumulateMask(active[at]!, 1 << clause, low)
  }

  /** Empties the accumulators by walking the window: right when much of it was touched. */
  function gatherDense(batch: Batch, low: number, high: number, least: number): void {
    let count = 0
    const width = high - low
    for (let at = 0; at < width; at++) {
      const score = accumulators[at]!
      if (score === 0) continue
      accumulators[at] = 0
      const mask = accumulatedMasks[at]!
      accumulatedMasks[at] = 0
      if (score < least) continue
      batch.documents[count] = low + at
      batch.scores[count] = score
      masks[count++] = mask
    }
    batch.count = count
    batch.isAscending = true
  }

  /** Empties the accumulators by walking a list again: right when all are short. */
  function gatherSparse(batch: Batch, list: number, low: number, least: number): void {
    const { documents } = lists
    let { count } = batch
    const end = lists.windowEnds[list]!
    for (let posting = lists.positions[list]!; posting < end; posting++) {
      const document = documents[posting]!
      const score = accumulators[document - low]!
      if (score === 0) continue
      accumulators[document - low] = 0
      const mask = accumulatedMasks[document - low]!
      accumulatedMasks[document - low] = 0
      if (score < least) continue
      batch.documents[count] = document
      batch.scores[count] = score
      masks[count++] = mask
    }
    batch.count = count
    batch.isAscending = false
  }

  return {
    gather(batch, window, low, high, least, countsClauses) {
      const { order, split, count } = window
      if (count - split === 1) {
        gatherClause(batch, order[split]!, low, least)
        return
      }
      let postings = 0
      for (let at = split; at < count; at++) {
        accumulateClause(order[at]!, low, countsClauses)
        postings += lists.clausePostings[order[at]!]!
      }
      if (postings * 16 >= high - low) {
        gatherDense(batch, low, high, least)
        return
      }
      batch.count = 0
      const { active, activeCounts, clauseStarts } = lists
      for (let at = split; at < count; at++) {
        const start = clauseStarts[order[at]!]!
        const end = start + activeCounts[order[at]!]!
        for (let slot = start; slot < end; slot++) gatherSparse(batch, active[slot]!, low, least)
      }
    },
  }
}

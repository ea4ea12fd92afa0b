import { type ClauseLists, openWindow, windowMaximum } from './clause-lists.ts'
import { MAXIMUM_CLAUSES } from './search-request.ts'

/**
 * Which clauses of a window are walked ("essential") and which are only looked up for the candidates that these leave.
 * A clause is on one side with all of its lists, because what it adds is known only when all of them were seen.
 *
 * ```
 *  order:   black   case │  dv7   notebook        ascending by their largest contribution in the window
 *           0.4     0.6  │  7.1   8.3
 *  others:  ◀── 1.0 ────▶│                        below the cut: no document lives by these alone
 *                        └ split
 * ```
 */
export interface WindowSplit {
  /** Clauses with postings in the window, the non-essential ones in front. */
  readonly order: Uint32Array
  /** How many clauses `order` holds. */
  count: number
  /** How many of them are non-essential; all of them: nothing in the window reaches the cut. */
  split: number
  /** What the non-essential clauses add at most; 0 without a cut. */
  others: number
  /** Largest contribution of each clause in the window; known with a cut only. */
  readonly maxima: Float64Array
}

export const createWindowSplit = (): WindowSplit => ({
  order: new Uint32Array(MAXIMUM_CLAUSES),
  count: 0,
  split: 0,
  others: 0,
  maxima: new Float64Array(MAXIMUM_CLAUSES),
})

/** Opens the window that ends before document `high` and splits its clauses. */
export function splitWindow(
  window: WindowSplit,
  lists: ClauseLists,
  high: number,
  cut: number,
  minimumClauses: number,
): void {
  openWindow(lists, high)
  const { order, maxima } = window
  let count = 0
  for (let clause = 0; clause < lists.clauses; clause++) if (lists.activeCounts[clause]! > 0) order[count++] = clause
  window.count = count
  window.split = count < minimumClauses ? count : 0
  window.others = 0
  if (window.split === count) return
  if (cut > 0) splitByScore(window, lists, cut)
  if (window.split === count) return
  if (minimumClauses > 1) splitByClauses(window, lists, minimumClauses)
  if (cut > 0) for (let at = 0; at < window.split; at++) window.others += maxima[order[at]!]!
}

/** The clauses of least promise are non-essential, as long as they stay below the cut together. */
function splitByScore(window: WindowSplit, lists: ClauseLists, cut: number): void {
  const { order, count, maxima } = window
  for (let at = 0; at < count; at++) {
    const clause = order[at]!
    const maximum = clauseMaximum(lists, clause)
    maxima[clause] = maximum
    let to = at
    for (; to > 0 && maxima[order[to - 1]!]! > maximum; to--) order[to] = order[to - 1]!
    order[to] = clause
  }
  let sum = 0
  window.split = count
  for (let at = 0; at < count; at++) {
    sum += maxima[order[at]!]!
    if (sum < cut) continue
    window.split = at
    return
  }
}

function clauseMaximum(lists: ClauseLists, clause: number): number {
  const { clauseStarts, active, activeCounts } = lists
  let most = 0
  for (let at = clauseStarts[clause]!, end = at + activeCounts[clause]!; at < end; at++)
    most = Math.max(most, windowMaximum(lists, active[at]!))
  return most
}

/** Makes the m − 1 clauses with most postings the non-essential ones, when that leaves less to walk. */
function splitByClauses(window: WindowSplit, lists: ClauseLists, minimumClauses: number): void {
  const { order, count } = window
  const longest = longestClauses(window, lists, minimumClauses - 1)
  const { clausePostings } = lists
  let walked = 0
  for (let at = window.split; at < count; at++) walked += clausePostings[order[at]!]!
  let withoutLongest = 0
  for (let at = 0; at < count; at++)
    if (((longest >>> order[at]!) & 1) === 0) withoutLongest += clausePostings[order[at]!]!
  if (withoutLongest >= walked) return
  let front = 0
  for (let at = 0; at < count; at++) {
    const clause = order[at]!
    if (((longest >>> clause) & 1) === 0) continue
    for (let to = at; to > front; to--) order[to] = order[to - 1]!
    order[front++] = clause
  }
  window.split = front
}

/** A bit for each of the `wanted` clauses with most postings in the window. */
function longestClauses({ order, count }: WindowSplit, { clausePostings }: ClauseLists, wanted: number): number {
  let chosen = 0
  for (let times = 0; times < wanted; times++) {
    let longest = -1
    for (let at = 0; at < count; at++) {
      const clause = order[at]!
      if (((chosen >>> clause) & 1) === 1) continue
      if (longest < 0 || clausePostings[clause]! > clausePostings[longest]!) longest = clause
    }
    chosen |= 1 << longest
  }
  return chosen
}

import { contribution } from './bm25f.ts'
import { advance } from './posting-search.ts'
import type { PreparedQuery } from './prepared-query.ts'
import { MAXIMUM_CLAUSES } from './search-request.ts'
import { BLOCK } from './segment.ts'
import type { ViewSegment } from './view-state.ts'

/**
 * The posting lists of a query's terms in one segment, clause by clause, and where a walk through them stands. One
 * such object serves all queries of a reader: its arrays grow to the largest.
 *
 * ```
 * clause       0: glasses       1: case            clauseStarts  0 2 3
 * list         glasses  glass │ case               one list a term that is in the segment, in the query's order
 * positions  ──▲──┐     ▲─┐   │  ▲──┐              first posting of the window
 * windowEnds      ▲       ▲   │     ▲              first posting after it
 * active       0 1            │ 2                  from clauseStarts[c]: the clause's lists to be read in the window
 * ```
 */
export interface ClauseLists {
  documents: Uint32Array
  impacts: Uint16Array | Uint32Array
  saturation: Float64Array
  blockCodes: Uint32Array
  blockStarts: Uint32Array
  /** Lists. */
  count: number
  starts: Uint32Array
  positions: Uint32Array
  windowEnds: Uint32Array
  ends: Uint32Array
  /** Number of the block entry of the whole list; those of its blocks follow. */
  entries: Uint32Array
  weights: Float64Array
  /** Largest contribution in the segment; known with a cut only. */
  maxima: Float64Array
  hasMaxima: boolean
  /** Clauses that have a list in the segment, numbered from 0. */
  clauses: number
  /** Lists of clause c: clauseStarts[c] … clauseStarts[c + 1]. */
  readonly clauseStarts: Uint32Array
  active: Uint32Array
  readonly activeCounts: Uint32Array
  /** Postings of the clause's active lists in the window. */
  readonly clausePostings: Float64Array
}

export function createClauseLists(): ClauseLists {
  const none = new Uint32Array(0)
  return {
    documents: none,
    impacts: none,
    saturation: new Float64Array(0),
    blockCodes: none,
    blockStarts: none,
    count: 0,
    starts: none,
    positions: none,
    windowEnds: none,
    ends: none,
    entries: none,
    weights: new Float64Array(0),
    maxima: new Float64Array(0),
    hasMaxima: false,
    clauses: 0,
    clauseStarts: new Uint32Array(MAXIMUM_CLAUSES + 1),
    active: none,
    activeCounts: new Uint32Array(MAXIMUM_CLAUSES),
    clausePostings: new Float64Array(MAXIMUM_CLAUSES),
  }
}

export function reserveLists(lists: ClauseLists, terms: number): void {
  if (terms <= lists.starts.length) return
  const capacity = terms * 2
  lists.starts = new Uint32Array(capacity)
  lists.positions = new Uint32Array(capacity)
  lists.windowEnds = new Uint32Array(capacity)
  lists.ends = new Uint32Array(capacity)
  lists.entries = new Uint32Array(capacity)
  lists.weights = new Float64Array(capacity)
  lists.maxima = new Float64Array(capacity)
  lists.active = new Uint32Array(capacity)
}

/** Takes the lists of segment number `index`. Relies on the terms of a query being in the order of its clauses. */
export function enterSegment(lists: ClauseLists, { terms }: PreparedQuery, entered: ViewSegment, index: number): void {
  const { segment, saturation } = entered
  lists.documents = segment.postingDocuments
  lists.impacts = segment.postingImpacts
  lists.saturation = saturation
  lists.blockCodes = segment.blockCodes
  lists.blockStarts = segment.blockStarts
  lists.hasMaxima = false
  let count = 0
  let clauses = 0
  let last = -1
  for (const { ordinals, weight, clause } of terms) {
    const ordinal = ordinals[index]!
    if (ordinal < 0) continue
    if (clause !== last) lists.clauseStarts[clauses++] = count
    last = clause
    lists.starts[count] = segment.postingStarts[ordinal]!
    lists.positions[count] = segment.postingStarts[ordinal]!
    lists.ends[count] = segment.postingStarts[ordinal + 1]!
    lists.entries[count] = segment.blockFirst[ordinal]!
    lists.weights[count] = weight
    count++
  }
  lists.clauseStarts[clauses] = count
  lists.clauses = clauses
  lists.count = count
}

export const isLong = (lists: ClauseLists, list: number): boolean => lists.ends[list]! - lists.starts[list]! > BLOCK

/** Largest contribution among the codes of block entries from…to (inclusive). */
export function entriesMaximum(lists: ClauseLists, list: number, from: number, to: number): number {
  const { blockCodes, blockStarts, saturation } = lists
  let most = 0
  const end = blockStarts[to + 1]!
  for (let at = blockStarts[from]!; at < end; at++) {
    const value = saturation[blockCodes[at]!]!
    if (value > most) most = value
  }
  return contribution(lists.weights[list]!, most)
}

function postingsMaximum({ impacts, saturation, starts, ends, weights }: ClauseLists, list: number): number {
  let most = 0
  const end = ends[list]!
  for (let posting = starts[list]!; posting < end; posting++) {
    const value = saturation[impacts[posting]!]!
    if (value > most) most = value
  }
  return contribution(weights[list]!, most)
}

/** Finds the largest contribution of each list in the segment, once. */
export function findMaxima(lists: ClauseLists): void {
  if (lists.hasMaxima) return
  lists.hasMaxima = true
  for (let list = 0; list < lists.count; list++) {
    const entry = lists.entries[list]!
    lists.maxima[list] = isLong(lists, list) ? entriesMaximum(lists, list, entry, entry) : postingsMaximum(lists, list)
  }
}

/** At least the largest contribution of the list inside the window: that of the blocks which reach into it. */
export function windowMaximum(lists: ClauseLists, list: number): number {
  if (!isLong(lists, list)) return lists.maxima[list]!
  const first = lists.entries[list]! + 1
  const start = lists.starts[list]!
  const from = (lists.positions[list]! - start) >>> 7
  const to = (lists.windowEnds[list]! - 1 - start) >>> 7
  return entriesMaximum(lists, list, first + from, first + to)
}

/** The first document that any list has left; 0xffffffff if all are at their ends. */
export function nextDocument({ count, documents, positions, ends }: ClauseLists): number {
  let next = 0xffffffff
  for (let list = 0; list < count; list++)
    if (positions[list]! < ends[list]!) next = Math.min(next, documents[positions[list]!]!)
  return next
}

/** What a document can score at most from here on: of each clause, its best list that is not at its end. */
export function reachableScore({ clauses, clauseStarts, positions, ends, maxima }: ClauseLists): number {
  let reachable = 0
  for (let clause = 0; clause < clauses; clause++) {
    let most = 0
    for (let list = clauseStarts[clause]!; list < clauseStarts[clause + 1]!; list++)
      if (positions[list]! < ends[list]! && maxima[list]! > most) most = maxima[list]!
    reachable += most
  }
  return reachable
}

/** Sets the window's end per list; active are the lists that have postings in it. */
export function openWindow(lists: ClauseLists, high: number): void {
  const { documents, positions, windowEnds, ends, clauseStarts, active, activeCounts, clausePostings } = lists
  for (let clause = 0; clause < lists.clauses; clause++) {
    const start = clauseStarts[clause]!
    let count = 0
    let postings = 0
    for (let list = start; list < clauseStarts[clause + 1]!; list++) {
      const position = positions[list]!
      const end = advance(documents, position, ends[list]!, high)
      windowEnds[list] = end
      if (end === position) continue
      active[start + count++] = list
      postings += end - position
    }
    activeCounts[clause] = count
    clausePostings[clause] = postings
  }
}

export function closeWindow({ count, positions, windowEnds }: ClauseLists): void {
  for (let list = 0; list < count; list++) positions[list] = windowEnds[list]!
}

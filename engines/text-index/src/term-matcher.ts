import { type Batch, WINDOW } from './batch.ts'
import { contribution, ROUND_IN, ROUND_OUT } from './bm25f.ts'
import { bitCount } from './live-bits.ts'
import type { Matcher } from './matcher.ts'
import { advance } from './posting-search.ts'
import type { PreparedQuery } from './prepared-query.ts'
import { BLOCK } from './segment.ts'
import type { ViewSegment } from './view-state.ts'

/**
 * Block-max MaxScore over windows of documents (Turtle and Flood 1995; windows as in Lucene's MaxScoreBulkScorer).
 *
 * ```
 *               window [lo, hi)            each list's largest contribution inside the window, from its blocks
 * black     ····|··•••·•·|·····    0.4 ┐ together below the cut: no document lives by these alone.
 * case      ····|·•••••••|·····    0.6 ┘ "non-essential": looked up for candidates only
 * dv7       ····|···•····|·····    7.1 ← "essential": their postings are the candidates
 * ```
 * Within a window work goes list by list, not document by document: essential lists are added into accumulators,
 * candidates gathered, then each other list is probed for the candidates left. A second reason for not walking a list
 * is `minimumClauses` m: what matches m of a clauses matches one of any a − m + 1, so the m − 1 longest clauses need
 * no walking. The cheaper of the two ways of choosing is taken per window. With `cut` −∞ nothing is left out by score.
 * Contributions add up exactly in any order (see bm25f.ts), so bounds need no slack and both paths agree bit for bit.
 */
export function createTermMatcher(): TermMatcher {
  const accumulators = new Float64Array(WINDOW)
  const accumulatedMasks = new Uint32Array(WINDOW)
  const batchMasks = new Uint32Array(WINDOW)
  let capacity = 0
  // Per list (a term of the query that is in this segment):
  let starts = new Uint32Array(0)
  let positions = new Uint32Array(0)
  let windowEnds = new Uint32Array(0)
  let ends = new Uint32Array(0)
  let entries = new Uint32Array(0)
  let weights = new Float64Array(0)
  let clauseBits = new Uint32Array(0)
  let listMaxima = new Float64Array(0)
  let windowMaxima = new Float64Array(0)
  let order = new Uint32Array(0)
  const clausePostings = new Float64Array(32)

  let query: PreparedQuery = { terms: [], minimumClauses: 1 }
  let view: ViewSegment | undefined
  let documents = new Uint32Array(0) as Uint32Array
  let impacts: Uint16Array | Uint32Array = documents
  let saturation = new Float64Array(0) as Float64Array
  let lists = 0
  let hasMaxima = false

  function reserve(terms: number): void {
    if (terms <= capacity) return
    capacity = terms * 2
    starts = new Uint32Array(capacity)
    positions = new Uint32Array(capacity)
    windowEnds = new Uint32Array(capacity)
    ends = new Uint32Array(capacity)
    entries = new Uint32Array(capacity)
    weights = new Float64Array(capacity)
    clauseBits = new Uint32Array(capacity)
    listMaxima = new Float64Array(capacity)
    windowMaxima = new Float64Array(capacity)
    order = new Uint32Array(capacity)
  }

  function enter(entered: ViewSegment, index: number): void {
    const { segment } = entered
    view = entered
    documents = segment.postingDocuments
    impacts = segment.postingImpacts
    saturation = entered.saturation
    lists = 0
    hasMaxima = false
    for (const { ordinals, weight, clause } of query.terms) {
      const ordinal = ordinals[index]!
      if (ordinal < 0) continue
      starts[lists] = segment.postingStarts[ordinal]!
      positions[lists] = starts[lists]!
      ends[lists] = segment.postingStarts[ordinal + 1]!
      entries[lists] = segment.blockFirst[ordinal]!
      weights[lists] = weight
      clauseBits[lists] = 1 << clause
      lists++
    }
  }

  /** Largest contribution among the codes of block entries from…to (inclusive). */
  function entriesMaximum(weight: number, from: number, to: number): number {
    const { blockCodes, blockStarts } = view!.segment
    let most = 0
    const end = blockStarts[to + 1]!
    for (let at = blockStarts[from]!; at < end; at++) {
      const value = saturation[blockCodes[at]!]!
      if (value > most) most = value
    }
    return contribution(weight, most)
  }

  function postingsMaximum(weight: number, from: number, to: number): number {
    let most = 0
    for (let posting = from; posting < to; posting++) {
      const value = saturation[impacts[posting]!]!
      if (value > most) most = value
    }
    return contribution(weight, most)
  }

  const isLong = (list: number) => ends[list]! - starts[list]! > BLOCK

  function findListMaxima(): void {
    hasMaxima = true
    for (let list = 0; list < lists; list++)
      listMaxima[list] = isLong(list)
        ? entriesMaximum(weights[list]!, entries[list]!, entries[list]!)
        : postingsMaximum(weights[list]!, starts[list]!, ends[list]!)
  }

  function windowMaximum(list: number): number {
    if (!isLong(list)) return listMaxima[list]!
    const first = entries[list]! + 1
    const from = (positions[list]! - starts[list]!) >>> 7
    const to = (windowEnds[list]! - 1 - starts[list]!) >>> 7
    return entriesMaximum(weights[list]!, first + from, first + to)
  }

  /** Sets the window's end per list, and puts the lists that have postings in it into `order`. Answers their number. */
  function openWindow(high: number): number {
    let active = 0
    for (let list = 0; list < lists; list++) {
      windowEnds[list] = advance(documents, positions[list]!, ends[list]!, high)
      if (windowEnds[list]! > positions[list]!) order[active++] = list
    }
    return active
  }

  /** Orders the active lists by their largest contribution in the window; answers how many are non-essential. */
  function splitByScore(active: number, cut: number): number {
    for (let at = 0; at < active; at++) {
      const list = order[at]!
      const maximum = windowMaximum(list)
      windowMaxima[list] = maximum
      let to = at
      for (; to > 0 && windowMaxima[order[to - 1]!]! > maximum; to--) order[to] = order[to - 1]!
      order[to] = list
    }
    let sum = 0
    for (let at = 0; at < active; at++) {
      sum += windowMaxima[order[at]!]!
      if (sum >= cut) return at
    }
    return active
  }

  function postingsFrom(from: number, active: number): number {
    let postings = 0
    for (let at = from; at < active; at++) postings += windowEnds[order[at]!]! - positions[order[at]!]!
    return postings
  }

  /** The bits of the m − 1 clauses with most postings in the window; −1 if fewer than m clauses have any. */
  function longestClauses(active: number): number {
    let present = 0
    for (let at = 0; at < active; at++) {
      const list = order[at]!
      const clause = 31 - Math.clz32(clauseBits[list]!)
      if ((present & clauseBits[list]!) === 0) clausePostings[clause] = 0
      present |= clauseBits[list]!
      clausePostings[clause]! += windowEnds[list]! - positions[list]!
    }
    if (bitCount(present) < query.minimumClauses) return -1
    let chosen = 0
    for (let times = 1; times < query.minimumClauses; times++) {
      let longest = -1
      for (let rest = present & ~chosen; rest !== 0; rest &= rest - 1) {
        const clause = 31 - Math.clz32(rest & -rest)
        if (longest < 0 || clausePostings[clause]! > clausePostings[longest]!) longest = clause
      }
      chosen |= 1 << longest
    }
    return chosen
  }

  /** Moves the lists of the longest clauses to the front of `order` when that leaves less to walk. */
  function splitByClauses(active: number, split: number, longest: number): number {
    let postings = 0
    for (let at = 0; at < active; at++) {
      const list = order[at]!
      if ((clauseBits[list]! & longest) === 0) postings += windowEnds[list]! - positions[list]!
    }
    if (postings >= postingsFrom(split, active)) return split
    let front = 0
    for (let at = 0; at < active; at++) {
      const list = order[at]!
      if ((clauseBits[list]! & longest) === 0) continue
      for (let to = at; to > front; to--) order[to] = order[to - 1]!
      order[front++] = list
    }
    return front
  }

  /** One essential list: its postings are the candidates, whole blocks left out where even their best is not enough. */
  function gatherOne(batch: Batch, list: number, cut: number, others: number): void {
    const weight = weights[list]!
    const bit = clauseBits[list]!
    const end = windowEnds[list]!
    const skips = cut > 0 && isLong(list)
    let count = 0
    let posting = positions[list]!
    while (posting < end) {
      let blockEnd = end
      if (skips) {
        const block = (posting - starts[list]!) >>> 7
        blockEnd = Math.min(end, starts[list]! + (block + 1) * BLOCK)
        const entry = entries[list]! + 1 + block
        if (entriesMaximum(weight, entry, entry) + others < cut) {
          posting = blockEnd
          continue
        }
      }
      for (; posting < blockEnd; posting++) {
        const score = weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
        if (score + others < cut) continue
        batch.documents[count] = documents[posting]!
        batch.scores[count] = score
        batchMasks[count++] = bit
      }
    }
    batch.count = count
    batch.isAscending = true
  }

  /** Adds a list's postings in the window into the accumulators. */
  function accumulate(list: number, low: number): void {
    const weight = weights[list]!
    const end = windowEnds[list]!
    for (let posting = positions[list]!; posting < end; posting++)
      accumulators[documents[posting]! - low]! += weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
  }

  function accumulateMask(list: number, low: number): void {
    const bit = clauseBits[list]!
    const end = windowEnds[list]!
    for (let posting = positions[list]!; posting < end; posting++) accumulatedMasks[documents[posting]! - low]! |= bit
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
      batchMasks[count++] = mask
    }
    batch.count = count
    batch.isAscending = true
  }

  /** Empties the accumulators by walking the lists again: right when they are short. */
  function gatherSparse(batch: Batch, low: number, split: number, active: number, least: number): void {
    let count = 0
    for (let at = split; at < active; at++) {
      const end = windowEnds[order[at]!]!
      for (let posting = positions[order[at]!]!; posting < end; posting++) {
        const document = documents[posting]!
        const score = accumulators[document - low]!
        if (score === 0) continue
        accumulators[document - low] = 0
        const mask = accumulatedMasks[document - low]!
        accumulatedMasks[document - low] = 0
        if (score < least) continue
        batch.documents[count] = document
        batch.scores[count] = score
        batchMasks[count++] = mask
      }
    }
    batch.count = count
    batch.isAscending = false
  }

  /** Looks one non-essential list up for the candidates; those that cannot reach the cut any more are dropped. */
  function probe(batch: Batch, list: number, least: number): void {
    const weight = weights[list]!
    const bit = clauseBits[list]!
    const end = windowEnds[list]!
    let posting = positions[list]!
    let before = 0
    let kept = 0
    for (let at = 0; at < batch.count; at++) {
      const document = batch.documents[at]!
      if (document < before) posting = positions[list]!
      before = document
      posting = advance(documents, posting, end, document)
      let score = batch.scores[at]!
      let mask = batchMasks[at]!
      if (posting < end && documents[posting] === document) {
        score += weight * saturation[impacts[posting]!]! + ROUND_IN - ROUND_OUT
        mask |= bit
      }
      if (score < least) continue
      batch.documents[kept] = document
      batch.scores[kept] = score
      batchMasks[kept++] = mask
    }
    batch.count = kept
  }

  function keepEnoughClauses(batch: Batch): void {
    let kept = 0
    for (let at = 0; at < batch.count; at++) {
      if (bitCount(batchMasks[at]!) < query.minimumClauses) continue
      batch.documents[kept] = batch.documents[at]!
      batch.scores[kept++] = batch.scores[at]!
    }
    batch.count = kept
  }

  function matchWindow(batch: Batch, low: number, high: number, cut: number): void {
    batch.count = 0
    const countsClauses = query.minimumClauses > 1
    const active = openWindow(high)
    const longest = countsClauses ? longestClauses(active) : 0
    if (longest === -1) return
    let split = cut > 0 ? splitByScore(active, cut) : 0
    if (split === active) return
    if (countsClauses) split = splitByClauses(active, split, longest)
    let others = 0
    if (cut > 0) for (let at = 0; at < split; at++) others += windowMaxima[order[at]!]!
    if (active - split === 1) gatherOne(batch, order[split]!, cut, others)
    else {
      for (let at = split; at < active; at++) {
        accumulate(order[at]!, low)
        if (countsClauses) accumulateMask(order[at]!, low)
      }
      if (postingsFrom(split, active) * 16 < high - low) gatherSparse(batch, low, split, active, cut - others)
      else gatherDense(batch, low, high, cut - others)
    }
    for (let at = split - 1; at >= 0 && batch.count > 0; at--) {
      if (cut > 0) others -= windowMaxima[order[at]!]!
      probe(batch, order[at]!, cut - others)
    }
    if (countsClauses) keepEnoughClauses(batch)
  }

  function next(batch: Batch, cut: number): boolean {
    if (cut > 0 && !hasMaxima) findListMaxima()
    for (;;) {
      let low = 0xffffffff
      let reachable = 0
      for (let list = 0; list < lists; list++) {
        if (positions[list]! >= ends[list]!) continue
        reachable += listMaxima[list]!
        low = Math.min(low, documents[positions[list]!]!)
      }
      if (low === 0xffffffff || (cut > 0 && reachable < cut)) return false
      const high = Math.min(low + WINDOW, view!.segment.documents)
      matchWindow(batch, low, high, cut)
      for (let list = 0; list < lists; list++) positions[list] = windowEnds[list]!
      if (batch.count > 0) return true
    }
  }

  return {
    prepare(prepared) {
      query = prepared
      reserve(prepared.terms.length)
    },
    enter,
    next,
  }
}

export interface TermMatcher extends Matcher {
  prepare(query: PreparedQuery): void
}

import type { Batch } from './batch.ts'
import { SCORE_SCALE } from './bm25f.ts'
import { compareKeys } from './byte-dictionary.ts'
import type { KeywordReader } from './keyword-dictionary.ts'
import type { Sort } from './search-request.ts'
import type { TopK } from './top-k.ts'
import { segmentOf, type ViewSegment, type ViewState } from './view-state.ts'

/** Puts batches into the heap, in one of the total orders: by score or by column, then by id. */
export interface DocumentOrder {
  enter(segment: ViewSegment): void
  offer(batch: Batch): void
  /** Documents that come later in the segment and score less need not be found. */
  cut(): number
}

/** Order of two references' ids. Inside a segment documents are in that order already. */
export function compareReferences(view: ViewState): (left: number, right: number) => number {
  return (left, right) => {
    const a = segmentOf(view, left)!
    const b = segmentOf(view, right)!
    if (a === b) return left - right
    return compareKeys(a.segment.ids, left - a.base, b.segment.ids, right - b.base)
  }
}

/** Half a millionth below, and a hair for the rounding of the multiplication. */
const HALF = 0.5
const HAIR = 1e-9

/**
 * Score in whole millionths, descending; then id. A tie with the worst one kept is lost by every later document of a
 * segment once one has lost it, or when the worst is of this segment: then the cut lies above the tie, not below.
 */
export function createScoreOrder(heap: TopK): DocumentOrder {
  let base = 0
  let lostKey = Number.NaN

  function cutAt(isTieLost: boolean): number {
    const worst = heap.worstKey()
    if (worst === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
    return (-worst + (isTieLost ? HALF : -HALF)) / SCORE_SCALE - HAIR
  }
  const isTieLost = () => heap.worstReference() >= base || lostKey === heap.worstKey()

  return {
    enter(segment) {
      base = segment.base
      lostKey = Number.NaN
    },
    offer({ documents, scores, count, isAscending }) {
      let cut = cutAt(isAscending && isTieLost())
      let lost = Number.NaN
      for (let at = 0; at < count; at++) {
        const score = scores[at]!
        if (score < cut) continue
        const key = -Math.round(score * SCORE_SCALE)
        if (heap.offer(key, base + documents[at]!))
          cut = cutAt(isAscending && (isTieLost() || lost === heap.worstKey()))
        else if (key === heap.worstKey()) {
          lost = key
          if (isAscending) cut = cutAt(true)
        }
      }
      if (lost === heap.worstKey()) lostKey = lost
    },
    cut: () => cutAt(isTieLost()),
  }
}

/** Ranks of a dictionary's ordinals by value; ordinal 0 and unpublished ones have none. */
export function keywordRanks(dictionary: KeywordReader): Float64Array {
  const ordinals = Uint32Array.from({ length: dictionary.size }, (_, at) => at + 1)
  ordinals.sort((left, right) => dictionary.compare(left, right))
  const ranks = new Float64Array(dictionary.size + 1)
  ranks[0] = Number.NaN
  ordinals.forEach((ordinal, rank) => {
    ranks[ordinal] = rank
  })
  return ranks
}

/** Value of a column, then id; documents without a value are last both ways. */
export function createColumnOrder(
  heap: TopK,
  view: ViewState,
  sort: Sort,
  ranks: (column: number) => Float64Array,
): DocumentOrder {
  const number = view.schema.numbers.indexOf(sort.column)
  const keyword = view.schema.keywords.indexOf(sort.column)
  const sign = sort.order === 'ascending' ? 1 : -1
  const rankOf = number >= 0 ? new Float64Array(0) : ranks(keyword)
  let entered: ViewSegment | undefined

  return {
    enter(segment) {
      entered = segment
    },
    offer({ documents, count }) {
      const { base, segment } = entered!
      const numbers = segment.numbers[number]
      const keywords = segment.keywords[keyword]
      for (let at = 0; at < count; at++) {
        const document = documents[at]!
        const value = numbers !== undefined ? numbers[document]! : (rankOf[keywords![document]!] ?? Number.NaN)
        const key = Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value
        if (key <= heap.worstKey()) heap.offer(key, base + document)
      }
    },
    cut: () => Number.NEGATIVE_INFINITY,
  }
}

import { type Batch, WINDOW } from './batch.ts'
import type { Matcher } from './matcher.ts'
import type { ViewSegment } from './view-state.ts'

/** Below every score that clauses give: named documents come after all that the clauses find, ties by id. */
const BELOW_ALL = -1

/** Documents that the request names match beside those that its clauses find, each once. */
export interface AlsoMatcher extends Matcher {
  /** `clauses`: null where only the named documents match. `refs`: in any order, repeated or not. */
  prepare(clauses: Matcher | null, refs: Uint32Array): void
}

/**
 * ```
 * named      ·  x  ·  x  x  ·      one bit a document of the segment, set on entering it
 * clauses    ·  ·  ·  x  ·  x      their batches pass through, and each of their documents clears its bit …
 * named      ·  x  ·  ·  x  ·      … so that what is left when they end are the documents that only the request names
 * ```
 * A document that a cut left out comes again as a named one: it cannot be kept then, because the cut means that there are
 * enough better ones. O(documents / 32) a segment that holds any, and a bit test for each match.
 */
export function createAlsoMatcher(): AlsoMatcher {
  let clauses: Matcher | null = null
  let refs = new Uint32Array(0) as Uint32Array
  let bits = new Uint32Array(0)
  let base = 0
  let at = 0
  let end = 0
  let isAmongClauses = false

  /** Whether the bit was set; it no longer is. */
  function clear(document: number): boolean {
    const bit = 1 << (document & 31)
    const word = bits[document >>> 5]!
    bits[document >>> 5] = word & ~bit
    return (word & bit) !== 0
  }

  function nextNamed(batch: Batch): boolean {
    let count = 0
    for (; at < end && count < WINDOW; at++) {
      const document = refs[at]! - base
      if (!clear(document)) continue
      batch.documents[count] = document
      batch.scores[count++] = BELOW_ALL
    }
    batch.count = count
    // They begin again from the segment's start: no cut may be drawn from their order.
    batch.isAscending = false
    batch.isNamed = true
    return count > 0
  }

  function enter({ segment: { documents }, base: first }: ViewSegment): void {
    base = first
    at = firstFrom(refs, base)
    end = firstFrom(refs, base + documents)
    if (at === end) return
    const words = Math.ceil(documents / 32)
    if (bits.length < words) bits = new Uint32Array(words)
    else bits.fill(0, 0, words)
    for (let each = at; each < end; each++) {
      const document = refs[each]! - base
      bits[document >>> 5]! |= 1 << (document & 31)
    }
  }

  return {
    prepare(found, also) {
      clauses = found
      refs = also.toSorted()
    },
    enter(entered, index) {
      enter(entered)
      clauses?.enter(entered, index)
      isAmongClauses = clauses !== null
    },
    next(batch, cut) {
      batch.isNamed = false
      if (isAmongClauses && clauses!.next(batch, cut)) {
        if (at < end) for (let each = 0; each < batch.count; each++) clear(batch.documents[each]!)
        return true
      }
      isAmongClauses = false
      return nextNamed(batch)
    },
  }
}

/** Index of the first reference that is at least `least`. */
function firstFrom(refs: Uint32Array, least: number): number {
  let low = 0
  let high = refs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (refs[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

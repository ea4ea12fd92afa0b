import { type Batch, keepLive } from './batch.ts'
import { failure } from './failures.ts'
import { compileFilter, type SegmentFilter } from './filters.ts'
import { isLive } from './live-bits.ts'
import { createBrowsingMatcher } from './matcher.ts'
import { checkFilters, type Filter } from './search-request.ts'
import { segmentOf, type ViewSegment, type ViewState } from './view-state.ts'

/** Conditions that one bit each can stand for. */
export const MAXIMUM_CONDITIONS = 32

/** The filters opened for a segment, once, when one of its documents is first asked about. */
function segmentFilters(view: ViewState, filters: readonly Filter[]) {
  checkFilters(view.schema, filters)
  const compiled = filters.map((filter) => compileFilter(view, filter))
  const opened = new Map<ViewSegment, readonly SegmentFilter[]>()
  let last: ViewSegment | undefined
  let lastFilters: readonly SegmentFilter[] = []
  return (entry: ViewSegment): readonly SegmentFilter[] => {
    if (entry === last) return lastFilters
    const known = opened.get(entry) ?? compiled.map((open) => open(entry))
    opened.set(entry, known)
    last = entry
    lastFilters = known
    return known
  }
}

/** A test of single documents: live, and admitted by all filters. O(log segments + filters) a document. */
export function documentTest(view: ViewState, filters: readonly Filter[]): (ref: number) => boolean {
  const filtersOf = segmentFilters(view, filters)
  return (ref) => {
    const entry = segmentOf(view, ref)
    if (entry === undefined || !isLive(entry.live, ref - entry.base)) return false
    const opened = filtersOf(entry)
    for (let at = 0; at < opened.length; at++) if (!opened[at]!.admits(ref - entry.base)) return false
    return true
  }
}

/**
 * The live documents that all filters admit, ascending; null where there are more than `most`, which is noticed as soon
 * as one too many was met. O(documents that a filter by ids or by a tag names, else all documents), and no more than
 * about `most` where the filters admit nearly all.
 */
export function admittedDocuments(
  view: ViewState,
  batch: Batch,
  filters: readonly Filter[],
  most: number,
): Uint32Array | null {
  checkFilters(view.schema, filters)
  const live = view.segments.reduce((sum, { liveDocuments }) => sum + liveDocuments, 0)
  if (filters.length === 0 && live > most) return null
  const found = new Uint32Array(Math.max(0, Math.min(most, live)))
  const compiled = filters.map((filter) => compileFilter(view, filter))
  const matcher = createBrowsingMatcher(view, filters)
  let count = 0
  for (const [index, entry] of view.segments.entries()) {
    matcher.enter(entry, index)
    const opened = compiled.map((open) => open(entry))
    while (matcher.next(batch, Number.NEGATIVE_INFINITY)) {
      keepLive(batch, entry.live)
      for (const filter of opened) filter.keep(batch)
      if (count + batch.count > most) return null
      for (let at = 0; at < batch.count; at++) found[count++] = entry.base + batch.documents[at]!
    }
  }
  return found.subarray(0, count)
}

/** Bit i of `into[at]`: document `refs[at]` meets `filters[i]`. O(documents · filters). */
export function meetFilters(view: ViewState, refs: Uint32Array, filters: readonly Filter[], into: Uint32Array): void {
  if (filters.length > MAXIMUM_CONDITIONS) {
    const message = `${filters.length} conditions were given, more than the limit of ${MAXIMUM_CONDITIONS}`
    throw failure('text-index.bad-request', message)
  }
  const filtersOf = segmentFilters(view, filters)
  for (let at = 0; at < refs.length; at++) {
    const entry = segmentOf(view, refs[at]!)
    if (entry === undefined) throw failure('text-index.unknown-reference', `reference ${refs[at]} is not of this view`)
    const opened = filtersOf(entry)
    let met = 0
    for (let each = 0; each < opened.length; each++) if (opened[each]!.admits(refs[at]! - entry.base)) met |= 1 << each
    into[at] = met
  }
}

import { type Batch, WINDOW } from './batch.ts'
import { findKey } from './byte-dictionary.ts'
import { type CompiledFilter, compileFilter, type SegmentFilter } from './filters.ts'
import type { Filter } from './search-request.ts'
import { findTag } from './tag-postings.ts'
import { Utf8Key } from './utf8-key.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

/** Where a search's documents come from: windows of matches, segment by segment. */
export interface Matcher {
  enter(segment: ViewSegment, index: number): void
  /**
   * Fills the batch with the matches of the next window that has any; false at the segment's end. Documents that
   * cannot score `cut` may be left out (−Infinity: none is). Windows ascend, and hold each document once.
   */
  next(batch: Batch, cut: number): boolean
}

/** Every document of the segment, with score 0. */
export function createAllDocumentsMatcher(): Matcher {
  let documents = 0
  let from = 0
  return {
    enter({ segment }) {
      documents = segment.documents
      from = 0
    },
    next(batch) {
      if (from >= documents) return false
      const count = Math.min(WINDOW, documents - from)
      for (let at = 0; at < count; at++) {
        batch.documents[at] = from + at
        batch.scores[at] = 0
      }
      batch.count = count
      batch.isAscending = true
      from += count
      return true
    },
  }
}

/** The documents of the segment that a filter admits, with score 0: a loop over its column, rather than over all documents. */
function createFilterMatcher(open: CompiledFilter): Matcher {
  let filter: SegmentFilter
  let documents = 0
  let from = 0
  return {
    enter(entry) {
      filter = open(entry)
      documents = entry.segment.documents
      from = 0
    },
    next(batch) {
      if (from >= documents) return false
      const to = Math.min(documents, from + WINDOW)
      filter.fill(batch, from, to)
      batch.scores.fill(0, 0, batch.count)
      batch.isAscending = true
      from = to
      return true
    },
  }
}

/** The documents of a list that ascends, made for each segment, with score 0. */
function createListMatcher(listOf: (segment: ViewSegment) => Uint32Array): Matcher {
  let list = new Uint32Array(0) as Uint32Array
  let from = 0
  return {
    enter(segment) {
      list = listOf(segment)
      from = 0
    },
    next(batch) {
      if (from >= list.length) return false
      const part = list.subarray(from, from + WINDOW)
      batch.documents.set(part)
      batch.scores.fill(0, 0, part.length)
      batch.count = part.length
      batch.isAscending = true
      from += part.length
      return true
    },
  }
}

/** Documents of the segment with one of these ids. */
export function createIdsMatcher(ids: readonly string[]): Matcher {
  const key = new Utf8Key()
  return createListMatcher(({ segment }) => {
    const documents = new Set(ids.map((id) => findKey(segment.ids, key.set(id))))
    documents.delete(-1)
    return Uint32Array.from(documents).sort()
  })
}

/** Documents of the segment with one of these tags. */
export function createTagMatcher(set: number, tags: readonly number[]): Matcher {
  return createListMatcher(({ segment }) => {
    const starts = segment.tagPostingStarts[set]!
    const lists = tags
      .map((tag) => findTag(segment.tagPostingOrdinals[set]!, tag))
      .filter((at) => at >= 0)
      .map((at) => segment.tagPostingDocuments[set]!.subarray(starts[at]!, starts[at + 1]!))
    return lists.length === 1 ? lists[0]! : unite(lists, segment.documents)
  })
}

/** The union of ascending lists, by a bitmap: O(documents / 32 + lengths). */
function unite(lists: readonly Uint32Array[], documents: number): Uint32Array {
  if (lists.length === 0) return new Uint32Array(0)
  const bits = new Uint32Array(Math.ceil(documents / 32))
  for (const list of lists) for (let at = 0; at < list.length; at++) bits[list[at]! >>> 5]! |= 1 << (list[at]! & 31)
  const united = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0))
  let count = 0
  for (let word = 0; word < bits.length; word++)
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1)
      united[count++] = word * 32 + 31 - Math.clz32(rest & -rest)
  return united.subarray(0, count)
}

/**
 * For a query without words: the documents that one of its filters admits, rather than all. Ids are fewest; of several
 * tag filters the first serves, then the first filter of any kind, and the others are tested.
 */
export function createBrowsingMatcher(view: ViewState, filters: readonly Filter[]): Matcher {
  const positive = filters.filter(({ not }) => not !== true)
  const ids = positive.find(({ kind }) => kind === 'ids')
  if (ids?.kind === 'ids') return createIdsMatcher(ids.anyOf)
  const tag = positive.find(({ kind }) => kind === 'tag')
  const [first] = filters
  if (tag?.kind !== 'tag') return first ? createFilterMatcher(compileFilter(view, first)) : createAllDocumentsMatcher()
  const set = view.schema.tags.indexOf(tag.set)
  const ordinals = tag.anyOf.map((value) => view.tags[set]!.find(value)).filter((ordinal) => ordinal !== 0)
  return createTagMatcher(set, ordinals)
}

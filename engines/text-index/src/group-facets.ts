import { failure } from './failures.ts'
import type { KeywordReader } from './keyword-dictionary.ts'
import { type CountedValues, createMostCounted, type MostCounted, type OrdinalCounts } from './ordinal-counts.ts'
import { columnIndex, type ResolvedSchema } from './schema.ts'
import { groupHead } from './tag-groups.ts'
import { createTopK } from './top-k.ts'

/** What the matches of a query have of a group of tags. */
export interface GroupCounts {
  /** Matches that have the group. */
  readonly documents: number
  /** Pairs of a match and a tag of the group that it has. */
  readonly tags: number
  /** Different tags of the group that matches have. */
  readonly distinct: number
}

/** Facets over groups of a tag set (`tag-groups.ts`): of one group by name, or of those that most matches have. */
export type GroupFacetsRequest =
  | { readonly set: string; readonly limit: number; readonly group: string }
  | {
      readonly set: string
      /** Tags per group. */
      readonly limit: number
      readonly commonest: number
      /** Groups that are not admitted make room for the next. */
      readonly admits: (counts: GroupCounts) => boolean
    }

/** The tags of a group that most matches have, ties by value. `values` are the tags without the group's name. */
export interface GroupFacet extends CountedValues {
  readonly name: string
}

export function checkGroupFacets(schema: ResolvedSchema, requests: readonly GroupFacetsRequest[]): void {
  for (const request of requests) {
    columnIndex(schema.tags, request.set, 'tag set')
    for (const number of [request.limit, 'commonest' in request ? request.commonest : 0])
      if (!Number.isInteger(number) || number < 0)
        throw failure('text-index.bad-request', `the limits of a facet must be whole numbers, not ${number}`)
  }
}

/** What a reader keeps of one tag set between queries; arrays by ordinal. */
export interface GroupScratch {
  /** The group of each ordinal. Dictionaries only grow: what is known stays right for every view. */
  groups: Uint32Array
  known: number
  tags: Uint32Array
  distinct: Uint32Array
  /** The groups that the query at hand has touched: heads[0 … found). */
  heads: Uint32Array
  found: number
  /** Who takes the tags of a chosen group, from 1; all 0 between queries. */
  takers: Uint32Array
}

export const createGroupScratch = (): GroupScratch => ({
  groups: new Uint32Array(0),
  known: 0,
  tags: new Uint32Array(0),
  distinct: new Uint32Array(0),
  heads: new Uint32Array(0),
  found: 0,
  takers: new Uint32Array(0),
})

/** Takes in the groups of values that came since the last query. */
function refresh(scratch: GroupScratch, { size, chunks }: KeywordReader): void {
  if (scratch.known >= size) return
  if (scratch.groups.length <= size) {
    const length = Math.ceil(size * 1.5) + 1
    const groups = new Uint32Array(length)
    groups.set(scratch.groups)
    Object.assign(scratch, { groups })
    for (const name of ['tags', 'distinct', 'heads', 'takers'] as const) scratch[name] = new Uint32Array(length)
  }
  for (const { first, groups } of chunks)
    if (first + groups.byteLength / 4 > scratch.known) scratch.groups.set(new Uint32Array(groups), first)
  scratch.known = size
}

/** How many more groups than wanted are looked at first, as some are not admitted. */
const SPARE = 8

/**
 * Answers the requests for one set from its counts. O(touched tags), and a little per group looked at.
 * Two passes: what each group has, then the tags of the chosen groups.
 */
export function groupFacets(
  scratch: GroupScratch,
  ordinals: OrdinalCounts,
  dictionary: KeywordReader,
  requests: readonly GroupFacetsRequest[],
): GroupFacet[][] {
  refresh(scratch, dictionary)
  const isRanked = requests.some((request) => 'commonest' in request)
  if (isRanked) countGroups(scratch, ordinals)
  const chosen = requests.map((request) =>
    'commonest' in request
      ? commonest(scratch, ordinals, dictionary, request)
      : [dictionary.find(groupHead(request.group))],
  )
  const best = requests.map(({ limit }, at) => chosen[at]!.map(() => createMostCounted(dictionary, limit)))
  collect(scratch, ordinals, chosen.flat(), best.flat())
  return requests.map((request, at) =>
    chosen[at]!.map((group, i) => {
      const name = 'group' in request ? request.group : dictionary.text(group)!.slice(0, -1)
      const { values, counts } = best[at]![i]!.result()
      return { name, counts, values: values.map((value) => value.slice(groupHead(name).length)) }
    }),
  )
}

/**
 * What each group has, in one pass: a document carries a group's head before its members, so the head was touched first.
 * Leaves the heads in `scratch.heads`.
 */
function countGroups(scratch: GroupScratch, { counts, touched, size }: OrdinalCounts): void {
  const { groups, tags, distinct, heads } = scratch
  let found = 0
  for (let at = 0; at < size; at++) {
    const ordinal = touched[at]!
    const count = counts[ordinal]!
    const group = groups[ordinal]!
    if (count === 0 || group === 0) continue
    if (group === ordinal) {
      heads[found++] = group
      tags[group] = 0
      distinct[group] = 0
    } else {
      tags[group]! += count
      distinct[group]!++
    }
  }
  scratch.found = found
}

/** The heads of the admitted groups that most matches have, ties by name. */
function commonest(
  { tags, distinct, heads, found }: GroupScratch,
  { counts }: OrdinalCounts,
  dictionary: KeywordReader,
  request: Extract<GroupFacetsRequest, { commonest: number }>,
): number[] {
  const best = createTopK()
  const isAdmitted = (group: number) =>
    request.admits({ documents: counts[group]!, tags: tags[group]!, distinct: distinct[group]! })
  for (let capacity = request.commonest + SPARE; ; capacity *= 4) {
    best.reset(Math.min(capacity, found), (left, right) => dictionary.compare(left, right))
    for (let at = 0; at < found; at++) {
      const head = heads[at]!
      if (-counts[head]! <= best.worstKey()) best.offer(-counts[head]!, head)
    }
    const candidates = new Uint32Array(best.size)
    best.drain(new Float64Array(best.size), candidates)
    const admitted = [...candidates].filter(isAdmitted).slice(0, request.commonest)
    if (capacity >= found || admitted.length === request.commonest) return admitted
  }
}

/** Offers every counted tag to the heaps of its group. A group may be chosen twice, by two requests. */
function collect(
  { groups, takers }: GroupScratch,
  { counts, touched, size }: OrdinalCounts,
  chosen: readonly number[],
  best: readonly MostCounted[],
): void {
  const lists: MostCounted[][] = []
  chosen.forEach((group, at) => {
    if (group === 0) return
    if (takers[group] === 0) takers[group] = lists.push([])
    lists[takers[group]! - 1]!.push(best[at]!)
  })
  for (let at = 0; lists.length > 0 && at < size; at++) {
    const ordinal = touched[at]!
    const group = groups[ordinal]!
    const list = takers[group]!
    if (list === 0 || group === ordinal || counts[ordinal] === 0) continue
    for (const taker of lists[list - 1]!) taker.offer(ordinal, counts[ordinal]!)
  }
  for (const group of chosen) takers[group] = 0
}

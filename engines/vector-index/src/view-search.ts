import type { ReaderView } from './reader-view.ts'
import type { SlotFilter, VectorSearchRequest, VectorSearchResult } from './search-request.ts'

/** Live vectors that are looked at one by one rather than walked to. Measured, as all of these: see DESIGN.md. */
const SCANNED = 3_000
/** The same of admitted slots; of a smaller share of a large index, a walk would find too little on its way. */
const SCANNED_ADMITTED = 25_000
const SCANNED_SHARE = 0.03
/** Candidates that a walk keeps, at least, and for each result. */
const EFFORT = 100
const EFFORT_ADMITTED = 120
const EFFORT_PER_RESULT = 1.5
/** A filtered walk: slots compared a step, where it begins, and how far it may go. */
const REACH = 48
const SEEDS = 24
const SEED_TESTS = 1_024
const BUDGET_PER_EFFORT = 400
/** Odd, and far from regular: each step of it lands elsewhere (the golden ratio of 2^32). */
const GOLDEN = 0x9e3779b1

type Query = Readonly<{ scale: number; error: number }>

/**
 * The k best of a view for the query that its kernel holds.
 *
 * ```
 * few are live, or admitted ─▶ scan ───────────────────────────────▶ exact scores ─▶ k best
 * else       the graph's part ─▶ walk ─ fewer than k, gave up? ─▶ scan ─▶ │
 *            what is not linked yet ─▶ scan ──────────────────────────────┘
 * ```
 */
export function searchView(view: ReaderView, query: Query, request: VectorSearchRequest): VectorSearchResult {
  const { size, linked, slots } = view.publication
  const k = Math.min(request.k, size)
  const { best, scan } = view
  best.begin(k)
  if (k === 0) return best.drain()
  const floor = request.floor ?? Number.NEGATIVE_INFINITY
  const take = (slot: number, score: number) => {
    if (score >= floor) best.offer(score, slot)
  }
  const begin = () => scan.begin(k, floor, query.scale, query.error)
  const { filter } = request
  const few = Math.max(SCANNED_ADMITTED, Math.floor(size * SCANNED_SHARE))
  const listed = filter?.admitted(few) ?? null
  if (listed !== null || size <= Math.max(SCANNED, 4 * k)) {
    begin()
    if (listed !== null) scanList(view, listed)
    else scanLive(view, 0, slots, filter)
    scan.finish(take)
    return best.drain()
  }
  const usual = filter === undefined ? EFFORT : EFFORT_ADMITTED
  const effort = Math.max(request.effort ?? usual, Math.ceil(k * EFFORT_PER_RESULT))
  const found = filter === undefined ? walk(view, query, effort) : walkAdmitted(view, query, effort, filter)
  begin()
  // Fewer than there may be: whatever the graph hides is found by looking at all.
  if (found < k) scanLive(view, 0, linked, filter)
  else scanResults(view)
  scanLive(view, linked, slots, filter)
  scan.finish(take)
  return best.drain()
}

function scanList({ scan, publication, isLive }: ReaderView, listed: Int32Array): void {
  for (const slot of listed) if (slot >= 0 && slot < publication.slots && isLive(slot)) scan.add(slot)
}

function scanLive({ scan, live }: ReaderView, from: number, to: number, filter: SlotFilter | undefined): void {
  for (let slot = from; slot < to; slot++) {
    const word = live[slot >>> 5]!
    if (word === 0) slot |= 31
    else if ((word & (1 << (slot & 31))) !== 0 && (filter === undefined || filter.admits(slot))) scan.add(slot)
  }
}

function scanResults({ scan, walk }: ReaderView): void {
  const { slots, keys, size } = walk.results
  for (let at = 0; at < size; at++) scan.weigh(slots[at]!, keys[at]!)
}

function walk({ walk, live, publication }: ReaderView, { scale }: Query, effort: number): number {
  const { entry, linked } = publication
  if (entry === null) return 0
  walk.begin(linked, scale)
  const starts = walk.approach(entry, live)
  walk.clear()
  walk.seed(starts, effort, live)
  walk.search(0, effort, live)
  return walk.results.size
}

/**
 * Begins at the place to which the whole graph leads, and at some of the admitted anywhere: these may lie together far from the query.
 * Answers 0 where the walk went too far without end.
 */
function walkAdmitted(view: ReaderView, { scale }: Query, effort: number, filter: SlotFilter): number {
  const { walk, kernel, isLive, publication } = view
  const { entry, linked } = publication
  if (entry === null) return 0
  const admits = (slot: number) => isLive(slot) && filter.admits(slot)
  walk.begin(linked, scale)
  const starts = kernel.list.slice(0, walk.approach(entry, view.live))
  walk.clear()
  let seeds = 0
  for (let test = 1; test <= SEED_TESTS && seeds < SEEDS; test++) {
    const slot = (Math.imul(test, GOLDEN) >>> 0) % linked
    if (admits(slot)) kernel.list[seeds++] = slot
  }
  walk.seed(seeds, effort, view.live)
  for (const start of starts) walk.pass(start, effort, admits(start))
  return walk.searchAdmitted(effort, REACH, effort * BUDGET_PER_EFFORT, admits) ? walk.results.size : 0
}

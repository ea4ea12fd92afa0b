import { allLive, clearBit, copyBits, isLive } from './live-bits.ts'
import { chooseMerge, isOfSmallerClass } from './merge-policy.ts'
import { type MergeSource, NOWHERE } from './merge-source.ts'
import type { ResolvedSchema } from './schema.ts'
import { openSegment } from './segment.ts'
import { copyColumns, type MergedSegment, mergeSegments } from './segment-merge.ts'
import type { WriterSegment } from './writer-segments.ts'

/** `idle`: nothing to merge; `working`: more to do; `ready`: done, and waiting for a commit to take its place. */
export type MergeState = 'idle' | 'working' | 'ready'

/**
 * The writer's merges: chosen, carried on in slices, put in place by a commit. One is carried on at a time, but smaller
 * ones that become due go before a larger one: it takes so long that small segments would pile up, and every look-up of
 * an id asks each of them. What was begun is finished, even if all documents of a source are replaced meanwhile: giving
 * up would let a few products that change with every commit begin the same merge again for ever.
 */
export interface Merging {
  isReady(): boolean
  some(segments: readonly WriterSegment[], newKey: () => number, budgetMs: number): MergeState
  all(segments: readonly WriterSegment[], newKey: () => number): void
  /** The segments with a finished merge in place of its sources; some of these may be gone already. */
  install(segments: readonly WriterSegment[]): readonly WriterSegment[]
}

interface Merge {
  readonly holders: readonly WriterSegment[]
  readonly sources: readonly MergeSource[]
  readonly steps: Generator<void, MergedSegment>
  merged?: MergedSegment
}

export function createMerging(schema: ResolvedSchema): Merging {
  /** The largest first; the last is the one that is carried on. No two have a source in common. */
  let merges: readonly Merge[] = []

  function start(holders: readonly WriterSegment[], key: number): Merge {
    // The bits as they are now: later deletions change the writer's bits, so they are copied.
    const sources = holders.map(({ segment, live }) => ({ segment, live: live === null ? null : copyBits(live) }))
    return { holders, sources, steps: mergeSegments(key, schema, sources) }
  }

  function run(merge: Merge, deadline: number): MergeState {
    while (merge.merged === undefined) {
      const step = merge.steps.next()
      if (step.done) merge.merged = step.value
      else if (performance.now() >= deadline) return 'working'
    }
    return 'ready'
  }

  /** The next merge that is due among the segments that no other one holds. */
  function due(segments: readonly WriterSegment[]): readonly WriterSegment[] {
    const free = segments.filter(
      (segment) => segment.published !== undefined && !merges.some(({ holders }) => holders.includes(segment)),
    )
    const keys = chooseMerge(
      free.map(({ segment, liveDocuments }) => ({
        key: segment.key,
        documents: segment.documents,
        live: liveDocuments,
      })),
    )
    return free.filter(({ segment }) => keys.includes(segment.key))
  }

  function some(segments: readonly WriterSegment[], newKey: () => number, budgetMs: number): MergeState {
    if (merges.at(-1)?.merged !== undefined) return 'ready'
    const holders = due(segments)
    const under = merges.at(-1)
    if (
      holders.length > 0 &&
      (under === undefined || isOfSmallerClass(documentsOf(holders), documentsOf(under.holders)))
    )
      merges = [...merges, start(holders, newKey())]
    const merge = merges.at(-1)
    return merge === undefined ? 'idle' : run(merge, performance.now() + budgetMs)
  }

  /** What was deleted while the merge went on is dead in the merged segment too. */
  function takeOver({ holders, sources, merged }: Merge): WriterSegment {
    const { buffers, maps } = merged!
    const segment = openSegment(buffers, schema)
    copyColumns(sources, maps, segment)
    const taken: WriterSegment = { segment, live: null, liveDocuments: segment.documents, published: undefined }
    holders.forEach(({ live }, source) => {
      if (live === null) return
      const map = maps[source]!
      for (let document = 0; document < map.length; document++) {
        if (map[document] === NOWHERE || isLive(live, document)) continue
        taken.live ??= allLive(segment.documents)
        clearBit(taken.live, map[document]!)
        taken.liveDocuments--
      }
    })
    return taken
  }

  return Object.freeze({
    isReady: () => merges.some(({ merged }) => merged !== undefined),
    some,
    all(segments: readonly WriterSegment[], newKey: () => number) {
      if (segments.length === 0) return
      const [only] = segments
      if (segments.length === 1 && only!.liveDocuments === only!.segment.documents) return
      // Those under way have its segments for sources: it takes their place.
      const whole = start(segments, newKey())
      merges = [whole]
      run(whole, Number.POSITIVE_INFINITY)
    },
    install(segments: readonly WriterSegment[]) {
      const finished = merges.filter(({ merged }) => merged !== undefined)
      if (finished.length === 0) return segments
      merges = merges.filter(({ merged }) => merged === undefined)
      const replaced = new Set(finished.flatMap(({ holders }) => holders))
      return [...finished.map(takeOver), ...segments.filter((segment) => !replaced.has(segment))]
    },
  })
}

const documentsOf = (holders: readonly WriterSegment[]): number =>
  holders.reduce((sum, { segment }) => sum + segment.documents, 0)

import { allLive, clearBit, copyBits, isLive } from './live-bits.ts'
import { chooseMerge } from './merge-policy.ts'
import { type MergeSource, NOWHERE } from './merge-source.ts'
import type { ResolvedSchema } from './schema.ts'
import { openSegment } from './segment.ts'
import { copyColumns, type MergedSegment, mergeSegments } from './segment-merge.ts'
import type { WriterSegment } from './writer-segments.ts'

/** `idle`: nothing to merge; `working`: more to do; `ready`: done, and waiting for a commit to take its place. */
export type MergeState = 'idle' | 'working' | 'ready'

/**
 * The writer's one merge at a time: chosen, carried on in slices, put in place by a commit. What was begun is finished,
 * even if all documents of a source are replaced meanwhile: giving up would let a few products that change with every
 * commit begin the same merge again for ever.
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
  let current: Merge | undefined

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

  function some(segments: readonly WriterSegment[], newKey: () => number, budgetMs: number): MergeState {
    if (current === undefined) {
      const published = segments.filter(({ published }) => published !== undefined)
      const keys = chooseMerge(
        published.map(({ segment, liveDocuments }) => ({
          key: segment.key,
          documents: segment.documents,
          live: liveDocuments,
        })),
      )
      if (keys.length === 0) return 'idle'
      current = start(
        published.filter(({ segment }) => keys.includes(segment.key)),
        newKey(),
      )
    }
    return run(current, performance.now() + budgetMs)
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
    isReady: () => current?.merged !== undefined,
    some,
    all(segments: readonly WriterSegment[], newKey: () => number) {
      if (segments.length === 0) return
      const [only] = segments
      if (segments.length === 1 && only!.liveDocuments === only!.segment.documents) return
      current = start(segments, newKey())
      run(current, Number.POSITIVE_INFINITY)
    },
    install(segments: readonly WriterSegment[]) {
      if (current?.merged === undefined) return segments
      const { holders } = current
      const taken = takeOver(current)
      current = undefined
      return [taken, ...segments.filter((segment) => !holders.includes(segment))]
    },
  })
}

import type { LiveBits } from './live-bits.ts'

/** Documents a window: their accumulators fit the first-level cache beside the postings. */
export const WINDOW = 4096

/**
 * The matches of one window of one segment, on their way from the matcher through the filters to counting and to the
 * heap. Each stage is one tight loop over plain arrays, and leaves what it lets through at the front.
 */
export interface Batch {
  count: number
  /** Whether the documents ascend. */
  isAscending: boolean
  /** Whether the documents match because the request names them (`also`), and not by its clauses. */
  isNamed: boolean
  readonly documents: Uint32Array
  readonly scores: Float64Array
}

export const createBatch = (): Batch => ({
  count: 0,
  isAscending: true,
  isNamed: false,
  documents: new Uint32Array(WINDOW),
  scores: new Float64Array(WINDOW),
})

export function keepLive(batch: Batch, live: LiveBits): void {
  if (live === null) return
  const { documents, scores, count } = batch
  let kept = 0
  for (let at = 0; at < count; at++) {
    const document = documents[at]!
    if (((live[document >>> 5]! >>> (document & 31)) & 1) === 0) continue
    documents[kept] = document
    scores[kept++] = scores[at]!
  }
  batch.count = kept
}

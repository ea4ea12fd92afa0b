import type { KeywordChunk } from './keyword-dictionary.ts'
import { type SegmentBuffers, segmentBytes } from './segment.ts'

/**
 * Everything a reader needs to see the index as of one commit. It is structured-cloneable: shared memory travels by
 * reference, so posting one costs what its buffers number (some ten microseconds each), not what they hold. Each
 * publication is complete; a reader may miss some, apply one twice, or start with the latest.
 */
export interface Publication {
  readonly schemaHash: string
  /** Grows with every commit. */
  readonly epoch: number
  /** One Int32: the writer's latest epoch, read with Atomics. */
  readonly clock: SharedArrayBuffer
  readonly segments: readonly PublishedSegment[]
  /** Chunks per keyword column, and per tag set, in the schema's order. */
  readonly keywords: readonly (readonly KeywordChunk[])[]
  readonly tags: readonly (readonly KeywordChunk[])[]
}

export interface PublishedSegment {
  readonly buffers: SegmentBuffers
  /** Copied on write: a published one never changes. `null`: all documents are live. */
  readonly live: SharedArrayBuffer | null
  readonly liveDocuments: number
}

export interface IndexStatistics {
  /** Live documents that a query can see. */
  readonly documents: number
  /** Documents that were deleted or replaced and still occupy room, and count in the statistics of BM25. */
  readonly deleted: number
  readonly segments: number
  /** Shared memory, all segments and dictionaries. */
  readonly bytes: number
  readonly epoch: number
}

export function publicationStatistics(publication: Publication): IndexStatistics {
  let documents = 0
  let deleted = 0
  let bytes = 0
  for (const { buffers, live, liveDocuments } of publication.segments) {
    documents += liveDocuments
    deleted += buffers.documents - liveDocuments
    bytes += segmentBytes(buffers) + (live?.byteLength ?? 0)
  }
  for (const chunks of [...publication.keywords, ...publication.tags])
    for (const chunk of chunks)
      bytes += chunk.bytes.byteLength + chunk.offsets.byteLength + chunk.table.byteLength + chunk.groups.byteLength
  return { documents, deleted, segments: publication.segments.length, bytes, epoch: publication.epoch }
}

import { findKey } from './byte-dictionary.ts'
import { type ColumnUpdate, columnNumber } from './document.ts'
import type { ColumnValues, WriterDictionaries } from './document-buffer.ts'
import { allLive, clearBit, copyBits, isLive, type LiveBits } from './live-bits.ts'
import type { PublishedSegment } from './publication.ts'
import type { ResolvedSchema } from './schema.ts'
import { openSegment, type Segment, type SegmentBuffers } from './segment.ts'
import { Utf8Key } from './utf8-key.ts'

/** A segment as the writer sees it: `live` is its own copy until a commit publishes it. */
export interface WriterSegment {
  readonly segment: Segment
  live: Uint32Array<SharedArrayBuffer> | null
  liveDocuments: number
  /** What readers have; `undefined` until the first commit. */
  published: LiveBits | undefined
}

/** The writer's sealed segments, oldest first. */
export interface WriterSegments {
  all(): readonly WriterSegment[]
  seal(buffers: SegmentBuffers): void
  /** Another list in place of this one; segments without live documents are dropped. */
  replace(segments: readonly WriterSegment[]): void
  has(id: string): boolean
  /** Takes the document away from the next commit. Whether there was one. */
  bury(id: string): boolean
  /** Buries the document; answers with its columns, undefined where there is none. */
  takeOut(id: string): ColumnValues | undefined
  /** Writes into every document of this id that a reader sees, or will. Whether the next commit has one. */
  update(id: string, update: ColumnUpdate): boolean
  /** Whether the next commit would show something else. */
  hasChanges(): boolean
  /** What a commit shows. */
  publish(): PublishedSegment[]
}

function restore(schema: ResolvedSchema, { buffers, live, liveDocuments }: PublishedSegment): WriterSegment {
  const bits = live === null ? null : new Uint32Array(live)
  return { segment: openSegment(buffers, schema), live: bits, liveDocuments, published: bits }
}

/** Published bits never change: the first deletion after a commit copies them. */
function kill(holder: WriterSegment, document: number): void {
  if (holder.live === null) holder.live = allLive(holder.segment.documents)
  else if (holder.live === holder.published) holder.live = copyBits(holder.live)
  clearBit(holder.live, document)
  holder.liveDocuments--
}

function writeColumns(
  schema: ResolvedSchema,
  { keywords: dictionaries }: WriterDictionaries,
  segment: Segment,
  document: number,
  { numbers, keywords }: ColumnUpdate,
): void {
  for (const name in numbers) segment.numbers[schema.numbers.indexOf(name)]![document] = columnNumber(numbers[name]!)
  for (const name in keywords) {
    const column = schema.keywords.indexOf(name)
    const value = keywords[name]!
    segment.keywords[column]![document] = value === null ? 0 : dictionaries[column]!.ordinal(value)
  }
}

export function openWriterSegments(
  schema: ResolvedSchema,
  dictionaries: WriterDictionaries,
  initial: readonly PublishedSegment[],
): WriterSegments {
  const key = new Utf8Key()
  let segments: readonly WriterSegment[] = initial.map((entry) => restore(schema, entry))

  function locate(id: string): { readonly holder: WriterSegment; readonly document: number } | undefined {
    key.set(id)
    for (let at = segments.length - 1; at >= 0; at--) {
      const holder = segments[at]!
      const document = findKey(holder.segment.ids, key)
      if (document >= 0 && isLive(holder.live, document)) return { holder, document }
    }
    return undefined
  }

  return Object.freeze({
    all: () => segments,
    seal(buffers: SegmentBuffers) {
      const segment = openSegment(buffers, schema)
      segments = [...segments, { segment, live: null, liveDocuments: segment.documents, published: undefined }]
    },
    replace(replacement: readonly WriterSegment[]) {
      segments = replacement.filter(({ liveDocuments }) => liveDocuments > 0)
    },
    has: (id: string) => locate(id) !== undefined,
    bury(id: string) {
      const found = locate(id)
      if (found !== undefined) kill(found.holder, found.document)
      return found !== undefined
    },
    takeOut(id: string) {
      const found = locate(id)
      if (found === undefined) return undefined
      const { holder, document } = found
      const { numbers, keywords } = holder.segment
      kill(holder, document)
      return {
        numbers: Float64Array.from(numbers, (column) => column[document]!),
        keywords: Uint32Array.from(keywords, (column) => column[document]!),
      }
    },
    update(id: string, update: ColumnUpdate) {
      let isFound = false
      key.set(id)
      for (const { segment, live, published } of segments) {
        const document = findKey(segment.ids, key)
        if (document < 0) continue
        const isCurrent = isLive(live, document)
        const isSeen = published !== undefined && isLive(published, document)
        if (isCurrent || isSeen) writeColumns(schema, dictionaries, segment, document, update)
        isFound ||= isCurrent
      }
      return isFound
    },
    hasChanges: () => segments.some(({ live, published }) => live !== published),
    publish() {
      for (const holder of segments) holder.published = holder.live
      return segments.map(({ segment, live, liveDocuments }) => ({
        buffers: segment.buffers,
        live: live === null ? null : live.buffer,
        liveDocuments,
      }))
    },
  })
}

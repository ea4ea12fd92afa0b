import { compareKeys } from './byte-dictionary.ts'
import { sharedFloat64, sharedUint32 } from './growable.ts'
import { isLive } from './live-bits.ts'
import { hashInSlices, type MergeSource, NOWHERE, STEP } from './merge-source.ts'
import { mergePostings } from './posting-merge.ts'
import type { ResolvedSchema } from './schema.ts'
import type { Segment, SegmentBuffers } from './segment.ts'
import { invertTags } from './tag-postings.ts'

export interface MergedSegment {
  /** Columns are allocated, and filled by `copyColumns` when the merged segment takes over. */
  readonly buffers: SegmentBuffers
  /** Per source: the document's new number, NOWHERE if it was dead when the merge began. */
  readonly maps: readonly Uint32Array[]
}

/** How much is done between two looks at the clock by loops that only add up lengths. */
const OFFSETS_STEP = 16 * STEP

type Sections = Record<string, SharedArrayBuffer>

/**
 * Merges segments into one without their dead documents. A generator, so that the writer's worker can answer updates
 * between two steps: each step is some 4,096 documents or postings, but for block maxima and counts of one term's list
 * (one pass over it). Columns are not read: they may change until the end.
 */
export function* mergeSegments(
  key: number,
  schema: ResolvedSchema,
  sources: readonly MergeSource[],
): Generator<void, MergedSegment> {
  const { maps, origins, documents } = yield* mergeDocuments(sources)
  const sections: Sections = {}
  Object.assign(sections, yield* mergeIds(sources, origins, documents))
  const lengths = yield* mergeLengths(sources, origins, documents, schema.fields.length)
  Object.assign(sections, { lengths: lengths.section }, yield* mergeStored(sources, origins, documents))
  for (let set = 0; set < schema.tags.length; set++)
    Object.assign(sections, yield* mergeTags(sources, origins, documents, set))
  Object.assign(sections, yield* mergePostings(sources, maps, schema.fields.length))
  const columns: Sections = {}
  schema.numbers.forEach((_, column) => {
    columns[`numbers.${column}`] = new SharedArrayBuffer(documents * 8)
  })
  schema.keywords.forEach((_, column) => {
    columns[`keywords.${column}`] = new SharedArrayBuffer(documents * 4)
  })
  const { fieldDocuments, fieldTerms } = lengths
  return { buffers: { key, documents, fieldDocuments, fieldTerms, sections, columns }, maps }
}

/** Per new document, where it comes from. */
interface Origins {
  readonly source: Uint16Array
  readonly document: Uint32Array
}

/** Documents are sorted by id in every source: merging the heads keeps them so. */
function* mergeDocuments(
  sources: readonly MergeSource[],
): Generator<void, { maps: Uint32Array[]; origins: Origins; documents: number }> {
  const maps = sources.map(({ segment }) => new Uint32Array(segment.documents).fill(NOWHERE))
  const total = sources.reduce((sum, { segment }) => sum + segment.documents, 0)
  const origins = { source: new Uint16Array(total), document: new Uint32Array(total) }
  const heads = sources.map((source) => nextLive(source, 0))
  let documents = 0
  for (;;) {
    let least = -1
    for (let at = 0; at < sources.length; at++) {
      if (heads[at]! >= sources[at]!.segment.documents) continue
      if (
        least < 0 ||
        compareKeys(sources[at]!.segment.ids, heads[at]!, sources[least]!.segment.ids, heads[least]!) < 0
      )
        least = at
    }
    if (least < 0) return { maps, origins, documents }
    const head = heads[least]!
    maps[least]![head] = documents
    origins.source[documents] = least
    origins.document[documents] = head
    heads[least] = nextLive(sources[least]!, head + 1)
    if (++documents % STEP === 0) yield
  }
}

function nextLive({ segment, live }: MergeSource, from: number): number {
  let document = from
  while (document < segment.documents && !isLive(live, document)) document++
  return document
}

function* mergeIds(sources: readonly MergeSource[], origins: Origins, documents: number): Generator<void, Sections> {
  const offsets = sharedUint32(documents + 1)
  for (let document = 0; document < documents; document++) {
    const from = sources[origins.source[document]!]!.segment.ids.offsets
    const source = origins.document[document]!
    offsets[document + 1] = offsets[document]! + from[source + 1]! - from[source]!
    if (document % OFFSETS_STEP === 0) yield
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(offsets[documents]!))
  for (let document = 0; document < documents; document++) {
    const { ids } = sources[origins.source[document]!]!.segment
    const start = ids.offsets[origins.document[document]!]!
    const length = offsets[document + 1]! - offsets[document]!
    for (let at = 0; at < length; at++) bytes[offsets[document]! + at] = ids.bytes[start + at]!
    if (document % STEP === 0) yield
  }
  const table = yield* hashInSlices(bytes, offsets, documents)
  return { 'ids.bytes': bytes.buffer as SharedArrayBuffer, 'ids.offsets': offsets.buffer, 'ids.table': table }
}

function* mergeLengths(sources: readonly MergeSource[], origins: Origins, documents: number, fields: number) {
  const merged = sharedUint32(documents * fields)
  const fieldDocuments = Array.from({ length: fields }, () => 0)
  const fieldTerms = Array.from({ length: fields }, () => 0)
  for (let document = 0; document < documents; document++) {
    const { lengths } = sources[origins.source[document]!]!.segment
    const from = origins.document[document]! * fields
    for (let field = 0; field < fields; field++) {
      const length = lengths[from + field]!
      merged[document * fields + field] = length
      if (length > 0) fieldDocuments[field]!++
      fieldTerms[field]! += length
    }
    if (document % STEP === 0) yield
  }
  return { section: merged.buffer, fieldDocuments, fieldTerms }
}

function* mergeStored(sources: readonly MergeSource[], origins: Origins, documents: number): Generator<void, Sections> {
  const offsets = sharedFloat64(documents + 1)
  for (let document = 0; document < documents; document++) {
    const { storedOffsets } = sources[origins.source[document]!]!.segment
    const source = origins.document[document]!
    offsets[document + 1] = offsets[document]! + storedOffsets[source + 1]! - storedOffsets[source]!
    if (document % OFFSETS_STEP === 0) yield
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(offsets[documents]!))
  for (let document = 0; document < documents; document++) {
    const { stored, storedOffsets } = sources[origins.source[document]!]!.segment
    const source = origins.document[document]!
    bytes.set(stored.subarray(storedOffsets[source]!, storedOffsets[source + 1]!), offsets[document]!)
    if (document % STEP === 0) yield
  }
  return { 'stored.offsets': offsets.buffer, 'stored.bytes': bytes.buffer as SharedArrayBuffer }
}

function* mergeTags(
  sources: readonly MergeSource[],
  origins: Origins,
  documents: number,
  set: number,
): Generator<void, Sections> {
  const offsets = sharedUint32(documents + 1)
  for (let document = 0; document < documents; document++) {
    const from = sources[origins.source[document]!]!.segment.tagOffsets[set]!
    const source = origins.document[document]!
    offsets[document + 1] = offsets[document]! + from[source + 1]! - from[source]!
    if (document % OFFSETS_STEP === 0) yield
  }
  const values = sharedUint32(offsets[documents]!)
  for (let document = 0; document < documents; document++) {
    const { tagOffsets, tagValues } = sources[origins.source[document]!]!.segment
    const start = tagOffsets[set]![origins.document[document]!]!
    const length = offsets[document + 1]! - offsets[document]!
    for (let at = 0; at < length; at++) values[offsets[document]! + at] = tagValues[set]![start + at]!
    if (document % STEP === 0) yield
  }
  const postings = yield* invertTags(set, offsets, values)
  return { [`tags.${set}.offsets`]: offsets.buffer, [`tags.${set}.values`]: values.buffer, ...postings }
}

/** Fills the merged segment's columns from its sources, as they are now. */
export function copyColumns(sources: readonly MergeSource[], maps: readonly Uint32Array[], target: Segment): void {
  sources.forEach(({ segment }, source) => {
    const map = maps[source]!
    for (let column = 0; column < target.numbers.length; column++)
      scatter(segment.numbers[column]!, map, target.numbers[column]!)
    for (let column = 0; column < target.keywords.length; column++)
      scatter(segment.keywords[column]!, map, target.keywords[column]!)
  })
}

function scatter<A extends Float64Array | Uint32Array>(from: A, map: Uint32Array, into: A): void {
  for (let document = 0; document < map.length; document++)
    if (map[document] !== NOWHERE) into[map[document]!] = from[document]!
}

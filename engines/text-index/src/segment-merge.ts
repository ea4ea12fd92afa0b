import { addBlockMaxima, blockMaximaSections, createBlockMaximaBuilder } from './block-maxima.ts'
import { allocateHashTable, compareKeys, findBytes, insertKeys } from './byte-dictionary.ts'
import {
  growableUint8,
  growableUint32,
  pushBytes,
  pushUint32,
  sharedFloat64,
  sharedUint32,
  toShared,
} from './growable.ts'
import { createImpactDictionary, impactCode, impactCodeBytes, impactCodes } from './impact-dictionary.ts'
import { isLive, type LiveBits } from './live-bits.ts'
import type { ResolvedSchema } from './schema.ts'
import type { Segment, SegmentBuffers } from './segment.ts'
import { impactSections } from './segment-builder.ts'
import { invertTags } from './tag-postings.ts'
import { hashBytes } from './utf8-key.ts'

/** What a merge reads: a segment and its live documents when the merge began. */
export interface MergeSource {
  readonly segment: Segment
  readonly live: LiveBits
}

export interface MergedSegment {
  /** Columns are allocated, and filled by `copyColumns` when the merged segment takes over. */
  readonly buffers: SegmentBuffers
  /** Per source: the document's new number, NOWHERE if it was dead when the merge began. */
  readonly maps: readonly Uint32Array[]
}

export const NOWHERE = 0xffffffff

/** How much is done between two looks at the clock. */
const STEP = 4096
/** The same for loops that only add up lengths. */
const OFFSETS_STEP = 16 * STEP

type Sections = Record<string, SharedArrayBuffer>

/**
 * Merges segments into one without their dead documents. A generator, so that the writer's worker can answer updates
 * between two steps: each step is some 4,096 documents or postings, or one whole term (a list of
 * a million postings takes some 20 ms). Columns are not read: they may change until the end.
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

function* hashInSlices(bytes: Uint8Array, offsets: Uint32Array, size: number): Generator<void, SharedArrayBuffer> {
  const table = allocateHashTable(size)
  for (let from = 0; from < size; from += STEP) {
    insertKeys(table, bytes, offsets, from, Math.min(from + STEP, size))
    yield
  }
  return table.buffer
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

/** A term of the merged segment: its ordinal in each source that has it, in parallel lists. */
interface MergedTerms {
  readonly starts: Uint32Array
  readonly sources: Uint32Array
  readonly ordinals: Uint32Array
  /** Live postings, per merged term. */
  readonly postings: Uint32Array
  readonly count: number
  readonly dictionary: Sections
}

/** Postings of a source's term whose documents live on; marks the impacts that they use. */
function countLive(segment: Segment, ordinal: number, map: Uint32Array, used: Uint8Array): number {
  const { postingDocuments, postingImpacts, postingStarts } = segment
  const end = postingStarts[ordinal + 1]!
  let count = 0
  for (let posting = postingStarts[ordinal]!; posting < end; posting++) {
    if (map[postingDocuments[posting]!] === NOWHERE) continue
    used[postingImpacts[posting]!] = 1
    count++
  }
  return count
}

function* mergeTerms(
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  used: readonly Uint8Array[],
): Generator<void, MergedTerms> {
  const starts = growableUint32()
  const from = growableUint32()
  const ordinals = growableUint32()
  const postings = growableUint32()
  const bytes = growableUint8()
  const offsets = growableUint32()
  pushUint32(offsets, 0)
  let work = 0
  for (let owner = 0; owner < sources.length; owner++) {
    const { terms } = sources[owner]!.segment
    for (let term = 0; term < terms.size; term++) {
      const start = terms.offsets[term]!
      const length = terms.offsets[term + 1]! - start
      const key = terms.bytes.subarray(start, start + length)
      const hash = hashBytes(key, 0, length)
      // A term belongs to the first source that has it.
      if (sources.some(({ segment }, at) => at < owner && findBytes(segment.terms, key, length, hash) >= 0)) continue
      const first = from.length
      let live = 0
      for (let source = owner; source < sources.length; source++) {
        const { segment } = sources[source]!
        const ordinal = source === owner ? term : findBytes(segment.terms, key, length, hash)
        if (ordinal < 0) continue
        work += segment.postingStarts[ordinal + 1]! - segment.postingStarts[ordinal]!
        live += countLive(segment, ordinal, maps[source]!, used[source]!)
        pushUint32(from, source)
        pushUint32(ordinals, ordinal)
      }
      if (live === 0) {
        from.length = first
        ordinals.length = first
      } else {
        pushUint32(starts, first)
        pushUint32(postings, live)
        pushBytes(bytes, key)
        pushUint32(offsets, bytes.length)
      }
      work += 16
      if (work > STEP) {
        work = 0
        yield
      }
    }
  }
  const count = starts.length
  pushUint32(starts, from.length)
  const sharedBytes = toShared(bytes)
  const sharedOffsets = toShared(offsets)
  const table = yield* hashInSlices(new Uint8Array(sharedBytes), new Uint32Array(sharedOffsets), count)
  return {
    starts: starts.array,
    sources: from.array,
    ordinals: ordinals.array,
    postings: postings.array,
    count,
    dictionary: { 'terms.bytes': sharedBytes, 'terms.offsets': sharedOffsets, 'terms.table': table },
  }
}

function* mergePostings(
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  fields: number,
): Generator<void, Sections> {
  const used = sources.map(({ segment }) => new Uint8Array(segment.impactFrequencies.length))
  const terms = yield* mergeTerms(sources, maps, used)
  const impacts = createImpactDictionary()
  const recode = sources.map(({ segment }, source) =>
    segment.impactFrequencies.length === 0
      ? new Uint32Array(0)
      : Uint32Array.from(used[source]!, (isUsed, code) =>
          isUsed === 0
            ? 0
            : impactCode(
                impacts,
                segment.impactFrequencies[code]!,
                segment.impactLengths[code]!,
                segment.impactMasks[code]!,
              ),
        ),
  )
  const starts = sharedUint32(terms.count + 1)
  for (let term = 0; term < terms.count; term++) starts[term + 1] = starts[term]! + terms.postings[term]!
  const documents = sharedUint32(starts[terms.count]!)
  const impactBuffer = new SharedArrayBuffer(starts[terms.count]! * impactCodeBytes(impacts.frequencies.length))
  const codes = impactCodes(impactBuffer, impacts.frequencies.length)
  const fieldFrequencies = sharedUint32(terms.count * fields)
  const masks = impacts.masks.array
  const blocks = createBlockMaximaBuilder()
  const target = { documents, codes }
  let work = 0
  for (let term = 0; term < terms.count; term++) {
    const start = starts[term]!
    const end = starts[term + 1]!
    joinLists(sources, maps, recode, terms, term, start, target)
    for (let posting = start; posting < end; posting++)
      for (let mask = masks[codes[posting]!]!; mask !== 0; mask &= mask - 1)
        fieldFrequencies[term * fields + 31 - Math.clz32(mask & -mask)]!++
    addBlockMaxima(blocks, codes, start, end, impacts.frequencies.array, impacts.lengths.array)
    work += end - start + 16
    if (work > STEP) {
      work = 0
      yield
    }
  }
  return {
    ...terms.dictionary,
    'posting.starts': starts.buffer,
    'posting.documents': documents.buffer,
    'posting.impacts': impactBuffer,
    ...impactSections(impacts),
    ...blockMaximaSections(blocks),
    'term.field-frequencies': fieldFrequencies.buffer,
  }
}

/** Joins one term's lists by new document number. Few sources have a term, so the least head is found by looking at all. */
function joinLists(
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  recode: readonly Uint32Array[],
  terms: MergedTerms,
  term: number,
  start: number,
  target: { readonly documents: Uint32Array; readonly codes: Uint16Array | Uint32Array },
): void {
  const first = terms.starts[term]!
  const lists = terms.starts[term + 1]! - first
  const positions = new Uint32Array(lists)
  const ends = new Uint32Array(lists)
  const heads = new Uint32Array(lists)
  const advance = (list: number) => {
    const source = terms.sources[first + list]!
    const { postingDocuments } = sources[source]!.segment
    const map = maps[source]!
    let posting = positions[list]!
    while (posting < ends[list]! && map[postingDocuments[posting]!] === NOWHERE) posting++
    positions[list] = posting
    heads[list] = posting < ends[list]! ? map[postingDocuments[posting]!]! : NOWHERE
  }
  for (let list = 0; list < lists; list++) {
    const { postingStarts } = sources[terms.sources[first + list]!]!.segment
    positions[list] = postingStarts[terms.ordinals[first + list]!]!
    ends[list] = postingStarts[terms.ordinals[first + list]! + 1]!
    advance(list)
  }
  for (let posting = start; posting < start + terms.postings[term]!; posting++) {
    let least = 0
    for (let list = 1; list < lists; list++) if (heads[list]! < heads[least]!) least = list
    const source = terms.sources[first + least]!
    target.documents[posting] = heads[least]!
    target.codes[posting] = recode[source]![sources[source]!.segment.postingImpacts[positions[least]!]!]!
    positions[least]!++
    advance(least)
  }
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

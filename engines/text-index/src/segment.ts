import { type ByteDictionary, openByteDictionary } from './byte-dictionary.ts'
import { impactCodes } from './impact-dictionary.ts'
import type { ResolvedSchema } from './schema.ts'

/** Postings a block: the grain at which the pruned path skips. Lists of one block carry no block data. */
export const BLOCK = 128

/**
 * A segment: documents 0…n−1 **in ascending order of their ids' UTF-8 bytes** (so that a tie inside a segment is
 * settled by the document number), and everything about them in fixed-length shared arrays:
 *
 * ```
 * ids        bytes · offsets · table         id ⇄ document
 * terms      bytes · offsets · table         term ⇄ ordinal
 * postings   starts[term] ─┐                 documents ascending within a term
 *            documents  … [d d d d d d] …    uint32
 *            impacts    … [c c c c c c] …    uint16: code into the three arrays below
 * impact     frequencies[code] · lengths[code] · masks[code]
 * blocks     first[term] ─┐                  only lists longer than 128: entry 0 whole list, then one per block
 *            starts  … [· · ·] …             each entry: the codes no other code of the block dominates
 *            codes   … [c c|c|c c] …
 * frequency  fields[term · F + f]            documents with the term in field f
 * lengths    [document · F + f]              terms in field f
 * stored     bytes · offsets                 the caller's bytes
 * tags.S     offsets[document] · values      ordinals of tag set S, ascending
 *            posting ordinals · starts · documents   the same the other way round
 * ─────────────────────────────────────────  mutable, beside it
 * columns    numbers.C[document] float64 · keywords.C[document] uint32 (0 = absent)
 * live       one bit a document, copied on write by each commit (absent = all live)
 * ```
 */
export interface SegmentBuffers {
  /** Unique within an index, ascending by age, never reused. */
  readonly key: number
  readonly documents: number
  /** Documents that have the field / terms in the field, per field; deleted documents count until merged away. */
  readonly fieldDocuments: readonly number[]
  readonly fieldTerms: readonly number[]
  /** Immutable sections by name. */
  readonly sections: Readonly<Record<string, SharedArrayBuffer>>
  /** Mutable sections by name. */
  readonly columns: Readonly<Record<string, SharedArrayBuffer>>
}

export interface Segment {
  readonly buffers: SegmentBuffers
  readonly key: number
  readonly documents: number
  readonly ids: ByteDictionary
  readonly terms: ByteDictionary
  readonly postingStarts: Uint32Array
  readonly postingDocuments: Uint32Array
  readonly postingImpacts: Uint16Array | Uint32Array
  readonly impactFrequencies: Float64Array
  readonly impactLengths: Uint8Array
  readonly impactMasks: Uint32Array
  readonly blockFirst: Uint32Array
  readonly blockStarts: Uint32Array
  readonly blockCodes: Uint32Array
  readonly fieldFrequencies: Uint32Array
  readonly lengths: Uint32Array
  readonly storedOffsets: Float64Array
  readonly stored: Uint8Array
  readonly tagOffsets: readonly Uint32Array[]
  readonly tagValues: readonly Uint32Array[]
  readonly tagPostingOrdinals: readonly Uint32Array[]
  readonly tagPostingStarts: readonly Uint32Array[]
  readonly tagPostingDocuments: readonly Uint32Array[]
  readonly numbers: readonly Float64Array[]
  readonly keywords: readonly Uint32Array[]
}

export function openSegment(buffers: SegmentBuffers, schema: ResolvedSchema): Segment {
  const section = (name: string) => buffers.sections[name]!
  const dictionary = (name: string) =>
    openByteDictionary({
      bytes: section(`${name}.bytes`),
      offsets: section(`${name}.offsets`),
      table: section(`${name}.table`),
    })
  const tagSections = (name: string) => schema.tags.map((_, set) => new Uint32Array(section(`tags.${set}.${name}`)))
  const impactFrequencies = new Float64Array(section('impact.frequencies'))
  return Object.freeze({
    buffers,
    key: buffers.key,
    documents: buffers.documents,
    ids: dictionary('ids'),
    terms: dictionary('terms'),
    postingStarts: new Uint32Array(section('posting.starts')),
    postingDocuments: new Uint32Array(section('posting.documents')),
    postingImpacts: impactCodes(section('posting.impacts'), impactFrequencies.length),
    impactFrequencies,
    impactLengths: new Uint8Array(section('impact.lengths')),
    impactMasks: new Uint32Array(section('impact.masks')),
    blockFirst: new Uint32Array(section('block.first')),
    blockStarts: new Uint32Array(section('block.starts')),
    blockCodes: new Uint32Array(section('block.codes')),
    fieldFrequencies: new Uint32Array(section('term.field-frequencies')),
    lengths: new Uint32Array(section('lengths')),
    storedOffsets: new Float64Array(section('stored.offsets')),
    stored: new Uint8Array(section('stored.bytes')),
    tagOffsets: tagSections('offsets'),
    tagValues: tagSections('values'),
    tagPostingOrdinals: tagSections('posting-ordinals'),
    tagPostingStarts: tagSections('posting-starts'),
    tagPostingDocuments: tagSections('posting-documents'),
    numbers: schema.numbers.map((_, column) => new Float64Array(buffers.columns[`numbers.${column}`]!)),
    keywords: schema.keywords.map((_, column) => new Uint32Array(buffers.columns[`keywords.${column}`]!)),
  })
}

/** Bytes that a segment occupies, all sections. */
export function segmentBytes(buffers: SegmentBuffers): number {
  let bytes = 0
  for (const part of [buffers.sections, buffers.columns])
    for (const buffer of Object.values(part)) bytes += buffer.byteLength
  return bytes
}

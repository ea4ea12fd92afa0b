import { addBlockMaxima, blockMaximaSections, createBlockMaximaBuilder } from './block-maxima.ts'
import { combinedLength } from './bm25f.ts'
import { buildHashTable } from './byte-dictionary.ts'
import type { DocumentBuffer } from './document-buffer.ts'
import { growableUint8, pushBytes, sharedFloat64, sharedUint32, toShared } from './growable.ts'
import {
  createImpactDictionary,
  type ImpactDictionary,
  impactCode,
  impactCodeBytes,
  impactCodes,
} from './impact-dictionary.ts'
import type { ResolvedSchema } from './schema.ts'
import type { SegmentBuffers } from './segment.ts'
import { invertTags } from './tag-postings.ts'
import { compareUtf8, Utf8Key } from './utf8-key.ts'

type Sections = Record<string, SharedArrayBuffer>

/** Sections `NAME.bytes`, `.offsets`, `.table` of a byte dictionary over these strings, which are distinct. */
function dictionarySections(name: string, count: number, textAt: (ordinal: number) => string): Sections {
  const key = new Utf8Key()
  const bytes = growableUint8()
  const offsets = sharedUint32(count + 1)
  for (let ordinal = 0; ordinal < count; ordinal++) {
    key.set(textAt(ordinal))
    pushBytes(bytes, key.bytes, key.length)
    offsets[ordinal + 1] = bytes.length
  }
  const shared = toShared(bytes)
  return {
    [`${name}.bytes`]: shared,
    [`${name}.offsets`]: offsets.buffer,
    [`${name}.table`]: buildHashTable(new Uint8Array(shared), offsets, count),
  }
}

/** Live documents of the buffer, ascending by id. */
function documentOrder(buffer: DocumentBuffer): Uint32Array {
  const alive = buffer.ids.map((_, document) => document).filter((document) => buffer.isAlive[document])
  return Uint32Array.from(alive.sort((left, right) => compareUtf8(buffer.ids[left]!, buffer.ids[right]!)))
}

interface TermOrder {
  /** Ordinal in the segment + 1 per term of the buffer; 0 = no live document has it. */
  readonly ordinals: Uint32Array
  readonly used: readonly number[]
  readonly starts: Uint32Array<SharedArrayBuffer>
}

/** Counts postings per term over the live documents (the first pass of a counting sort). */
function countPostings(buffer: DocumentBuffer, order: Uint32Array): TermOrder {
  const counts = new Uint32Array(buffer.terms.length)
  for (const document of order) {
    const end = entryEnd(buffer, document)
    for (let entry = buffer.entryStarts.array[document]!; entry < end; entry++)
      counts[buffer.entryTerms.array[entry]!]!++
  }
  const ordinals = new Uint32Array(buffer.terms.length)
  const used: number[] = []
  for (let term = 0; term < counts.length; term++) {
    if (counts[term] === 0) continue
    used.push(term)
    ordinals[term] = used.length
  }
  const starts = sharedUint32(used.length + 1)
  used.forEach((term, ordinal) => {
    starts[ordinal + 1] = starts[ordinal]! + counts[term]!
  })
  return { ordinals, used, starts }
}

function entryEnd(buffer: DocumentBuffer, document: number): number {
  return document + 1 < buffer.ids.length ? buffer.entryStarts.array[document + 1]! : buffer.entryTerms.length
}

/** Impact code of every entry of a live document. */
function codeEntries(
  buffer: DocumentBuffer,
  order: Uint32Array,
  schema: ResolvedSchema,
  impacts: ImpactDictionary,
): Uint32Array {
  const codes = new Uint32Array(buffer.entryTerms.length)
  for (const document of order) {
    const length = combinedLength(schema.weights, buffer.lengths.array, document * schema.fields.length)
    const end = entryEnd(buffer, document)
    for (let entry = buffer.entryStarts.array[document]!; entry < end; entry++)
      codes[entry] = impactCode(impacts, buffer.entryFrequencies.array[entry]!, length, buffer.entryMasks.array[entry]!)
  }
  return codes
}

/** Scatters the entries into posting lists (the second pass of the counting sort). */
function postingSections(buffer: DocumentBuffer, order: Uint32Array, schema: ResolvedSchema): Sections {
  const { ordinals, used, starts } = countPostings(buffer, order)
  const fields = schema.fields.length
  const impacts = createImpactDictionary()
  const entryCodes = codeEntries(buffer, order, schema, impacts)
  const postings = starts[used.length]!
  const documents = sharedUint32(postings)
  const impactBuffer = new SharedArrayBuffer(postings * impactCodeBytes(impacts.frequencies.length))
  const codes = impactCodes(impactBuffer, impacts.frequencies.length)
  const fieldFrequencies = sharedUint32(used.length * fields)
  const cursor = starts.slice(0, used.length)
  for (let document = 0; document < order.length; document++) {
    const source = order[document]!
    const end = entryEnd(buffer, source)
    for (let entry = buffer.entryStarts.array[source]!; entry < end; entry++) {
      const term = ordinals[buffer.entryTerms.array[entry]!]! - 1
      const posting = cursor[term]!++
      documents[posting] = document
      codes[posting] = entryCodes[entry]!
      for (let mask = buffer.entryMasks.array[entry]!; mask !== 0; mask &= mask - 1)
        fieldFrequencies[term * fields + 31 - Math.clz32(mask & -mask)]!++
    }
  }
  const blocks = createBlockMaximaBuilder()
  for (let term = 0; term < used.length; term++)
    addBlockMaxima(blocks, codes, starts[term]!, starts[term + 1]!, impacts.frequencies.array, impacts.lengths.array)
  return {
    ...dictionarySections('terms', used.length, (ordinal) => buffer.terms[used[ordinal]!]!),
    'posting.starts': starts.buffer,
    'posting.documents': documents.buffer,
    'posting.impacts': impactBuffer,
    ...impactSections(impacts),
    ...blockMaximaSections(blocks),
    'term.field-frequencies': fieldFrequencies.buffer,
  }
}

export function impactSections(impacts: ImpactDictionary): Sections {
  return {
    'impact.frequencies': toShared(impacts.frequencies),
    'impact.lengths': toShared(impacts.lengths),
    'impact.masks': toShared(impacts.masks),
  }
}

function storedSections(buffer: DocumentBuffer, order: Uint32Array): Sections {
  const offsets = sharedFloat64(order.length + 1)
  const bounds = (document: number) => {
    const start = buffer.storedStarts.array[document]!
    return [
      start,
      document + 1 < buffer.ids.length ? buffer.storedStarts.array[document + 1]! : buffer.stored.length,
    ] as const
  }
  order.forEach((source, document) => {
    const [start, end] = bounds(source)
    offsets[document + 1] = offsets[document]! + end - start
  })
  const bytes = new SharedArrayBuffer(offsets[order.length]!)
  const view = new Uint8Array(bytes)
  order.forEach((source, document) => {
    const [start, end] = bounds(source)
    view.set(buffer.stored.array.subarray(start, end), offsets[document])
  })
  return { 'stored.offsets': offsets.buffer, 'stored.bytes': bytes }
}

function tagSections(buffer: DocumentBuffer, order: Uint32Array, set: number): Sections {
  const starts = buffer.tagStarts[set]!.array
  const values = buffer.tagValues[set]!
  const endOf = (document: number) => (document + 1 < buffer.ids.length ? starts[document + 1]! : values.length)
  const offsets = sharedUint32(order.length + 1)
  order.forEach((source, document) => {
    offsets[document + 1] = offsets[document]! + endOf(source) - starts[source]!
  })
  const sorted = sharedUint32(offsets[order.length]!)
  order.forEach((source, document) => {
    sorted.set(values.array.subarray(starts[source]!, endOf(source)), offsets[document])
  })
  return {
    [`tags.${set}.offsets`]: offsets.buffer,
    [`tags.${set}.values`]: sorted.buffer,
    ...finish(invertTags(set, offsets, sorted)),
  }
}

/** Runs a sliced computation to its end. */
function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function columnSections(buffer: DocumentBuffer, order: Uint32Array): Sections {
  const columns: Sections = {}
  buffer.numbers.forEach(({ array }, index) => {
    const column = sharedFloat64(order.length)
    for (let document = 0; document < order.length; document++) column[document] = array[order[document]!]!
    columns[`numbers.${index}`] = column.buffer
  })
  buffer.keywords.forEach(({ array }, index) => {
    const column = sharedUint32(order.length)
    for (let document = 0; document < order.length; document++) column[document] = array[order[document]!]!
    columns[`keywords.${index}`] = column.buffer
  })
  return columns
}

/** Turns the live documents of a buffer into a segment. O(postings + documents · log documents). */
export function buildSegment(key: number, schema: ResolvedSchema, buffer: DocumentBuffer): SegmentBuffers {
  const order = documentOrder(buffer)
  const fields = schema.fields.length
  const lengths = sharedUint32(order.length * fields)
  const fieldDocuments = schema.fields.map(() => 0)
  const fieldTerms = schema.fields.map(() => 0)
  for (let document = 0; document < order.length; document++)
    for (let field = 0; field < fields; field++) {
      const length = buffer.lengths.array[order[document]! * fields + field]!
      lengths[document * fields + field] = length
      if (length > 0) fieldDocuments[field]!++
      fieldTerms[field]! += length
    }
  const sections: Sections = {
    ...dictionarySections('ids', order.length, (document) => buffer.ids[order[document]!]!),
    ...postingSections(buffer, order, schema),
    lengths: lengths.buffer,
    ...storedSections(buffer, order),
  }
  for (let set = 0; set < schema.tags.length; set++) Object.assign(sections, tagSections(buffer, order, set))
  return { key, documents: order.length, fieldDocuments, fieldTerms, sections, columns: columnSections(buffer, order) }
}

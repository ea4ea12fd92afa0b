import { addBlockMaxima, blockMaximaSections, createBlockMaximaBuilder } from './block-maxima.ts'
import { findBytes } from './byte-dictionary.ts'
import { growableUint8, growableUint32, pushBytes, pushUint32, sharedUint32, toShared } from './growable.ts'
import {
  createImpactDictionary,
  type ImpactDictionary,
  impactCode,
  impactCodeBytes,
  impactCodes,
} from './impact-dictionary.ts'
import { hashInSlices, type MergeSource, NOWHERE, STEP } from './merge-source.ts'
import type { Segment } from './segment.ts'
import { impactSections } from './segment-builder.ts'
import { hashBytes } from './utf8-key.ts'

type Sections = Record<string, SharedArrayBuffer>

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

/** Per source, the merged code of each of its impacts that a live posting uses. */
function recodeImpacts(
  sources: readonly MergeSource[],
  used: readonly Uint8Array[],
  impacts: ImpactDictionary,
): Uint32Array[] {
  return sources.map(({ segment }, source) => {
    const { impactFrequencies, impactLengths, impactMasks } = segment
    const codes = new Uint32Array(impactFrequencies.length)
    for (let code = 0; code < codes.length; code++)
      if (used[source]![code] === 1)
        codes[code] = impactCode(impacts, impactFrequencies[code]!, impactLengths[code]!, impactMasks[code]!)
    return codes
  })
}

/** Terms, postings, impacts and block maxima of the merged segment; per-field document frequencies are counted anew. */
export function* mergePostings(
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  fields: number,
): Generator<void, Sections> {
  const used = sources.map(({ segment }) => new Uint8Array(segment.impactFrequencies.length))
  const terms = yield* mergeTerms(sources, maps, used)
  const impacts = createImpactDictionary()
  const recode = recodeImpacts(sources, used, impacts)
  const starts = sharedUint32(terms.count + 1)
  for (let term = 0; term < terms.count; term++) starts[term + 1] = starts[term]! + terms.postings[term]!
  const documents = sharedUint32(starts[terms.count]!)
  const impactBuffer = new SharedArrayBuffer(starts[terms.count]! * impactCodeBytes(impacts.frequencies.length))
  const codes = impactCodes(impactBuffer, impacts.frequencies.length)
  const fieldFrequencies = sharedUint32(terms.count * fields)
  const masks = impacts.masks.array
  const blocks = createBlockMaximaBuilder()
  const join = createJoin(sources.length)
  let work = 0
  for (let term = 0; term < terms.count; term++) {
    const start = starts[term]!
    const end = starts[term + 1]!
    openJoin(join, sources, maps, recode, terms, term)
    for (let from = start; from < end; from += STEP) {
      joinSome(join, from, Math.min(from + STEP, end), documents, codes)
      if (end - from > STEP) yield
    }
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

/** One term's lists in the sources that have it, each at its next live posting. Used for one term after the other. */
interface Join {
  lists: number
  readonly impacts: (Uint16Array | Uint32Array)[]
  readonly documents: Uint32Array[]
  readonly maps: Uint32Array[]
  readonly recode: Uint32Array[]
  readonly positions: Uint32Array
  readonly ends: Uint32Array
  /** The new number of each list's next document, NOWHERE at its end. */
  readonly heads: Uint32Array
}

const createJoin = (sources: number): Join => ({
  lists: 0,
  impacts: [],
  documents: [],
  maps: [],
  recode: [],
  positions: new Uint32Array(sources),
  ends: new Uint32Array(sources),
  heads: new Uint32Array(sources),
})

function openJoin(
  join: Join,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  recode: readonly Uint32Array[],
  terms: MergedTerms,
  term: number,
): void {
  const first = terms.starts[term]!
  join.lists = terms.starts[term + 1]! - first
  for (let list = 0; list < join.lists; list++) {
    const source = terms.sources[first + list]!
    const ordinal = terms.ordinals[first + list]!
    const { segment } = sources[source]!
    join.impacts[list] = segment.postingImpacts
    join.documents[list] = segment.postingDocuments
    join.maps[list] = maps[source]!
    join.recode[list] = recode[source]!
    join.positions[list] = segment.postingStarts[ordinal]!
    join.ends[list] = segment.postingStarts[ordinal + 1]!
    skipDead(join, list)
  }
}

function skipDead({ documents, maps, positions, ends, heads }: Join, list: number): void {
  const from = documents[list]!
  const map = maps[list]!
  const end = ends[list]!
  let posting = positions[list]!
  while (posting < end && map[from[posting]!] === NOWHERE) posting++
  positions[list] = posting
  heads[list] = posting < end ? map[from[posting]!]! : NOWHERE
}

/** Writes merged postings start…end, by new document number. Few sources have a term: the least head is looked for. */
function joinSome(join: Join, start: number, end: number, into: Uint32Array, codes: Uint16Array | Uint32Array): void {
  const { impacts, recode, positions, heads, lists } = join
  for (let posting = start; posting < end; posting++) {
    let least = 0
    for (let list = 1; list < lists; list++) if (heads[list]! < heads[least]!) least = list
    into[posting] = heads[least]!
    codes[posting] = recode[least]![impacts[least]![positions[least]!]!]!
    positions[least]!++
    skipDead(join, least)
  }
}

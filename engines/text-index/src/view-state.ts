import { type CollectionStatistics, collectionStatistics, lengthNormalisation } from './bm25f.ts'
import { type KeywordReader, openKeywords } from './keyword-dictionary.ts'
import type { LiveBits } from './live-bits.ts'
import type { Publication } from './publication.ts'
import type { ResolvedSchema } from './schema.ts'
import { openSegment, type Segment } from './segment.ts'

/** A segment as one view sees it. */
export interface ViewSegment {
  readonly segment: Segment
  readonly live: LiveBits
  readonly liveDocuments: number
  /** Reference of the segment's document 0: references are base + document, over all segments. */
  readonly base: number
  /** tf / (tf + k1 · (1 − b + b · length / averageLength)) per impact code, for this view's average length. */
  readonly saturation: Float64Array
}

/** What one commit made visible; it never changes. */
export interface ViewState {
  readonly schema: ResolvedSchema
  readonly publication: Publication
  readonly segments: readonly ViewSegment[]
  readonly statistics: CollectionStatistics
  readonly keywords: readonly KeywordReader[]
  readonly tags: readonly KeywordReader[]
}

function saturate(segment: Segment, normalisation: Float64Array): Float64Array {
  const table = new Float64Array(segment.impactFrequencies.length)
  for (let code = 0; code < table.length; code++) {
    const frequency = segment.impactFrequencies[code]!
    table[code] = frequency / (frequency + normalisation[segment.impactLengths[code]!]!)
  }
  return table
}

/** Opens a publication, keeping what the view before it has open already. O(new segments + impacts). */
export function openView(schema: ResolvedSchema, publication: Publication, before: ViewState | undefined): ViewState {
  const known = new Map(before?.segments.map((entry) => [entry.segment.key, entry.segment]))
  const opened = publication.segments.map(({ buffers }) => known.get(buffers.key) ?? openSegment(buffers, schema))
  const sum = (of: (segment: Segment) => readonly number[]) =>
    schema.fields.map((_, field) => opened.reduce((total, segment) => total + of(segment)[field]!, 0))
  const statistics = collectionStatistics(
    schema.weights,
    sum(({ buffers }) => buffers.fieldDocuments),
    sum(({ buffers }) => buffers.fieldTerms),
  )
  const normalisation = lengthNormalisation(schema.k1, schema.b, statistics.averageLength)
  let base = 0
  const segments = opened.map((segment, at) => {
    const { live, liveDocuments } = publication.segments[at]!
    const entry = Object.freeze({
      segment,
      live: live === null ? null : new Uint32Array(live),
      liveDocuments,
      base,
      saturation: saturate(segment, normalisation),
    })
    base += segment.documents
    return entry
  })
  return Object.freeze({
    schema,
    publication,
    segments,
    statistics,
    keywords: publication.keywords.map(openKeywords),
    tags: publication.tags.map(openKeywords),
  })
}

/** The segment that holds a reference; undefined when no segment does. */
export function segmentOf({ segments }: ViewState, reference: number): ViewSegment | undefined {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (segments[middle]!.base <= reference) low = middle
    else high = middle - 1
  }
  const found = segments[low]
  return found !== undefined && reference >= 0 && reference - found.base < found.segment.documents ? found : undefined
}

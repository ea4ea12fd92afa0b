import type { Batch } from './batch.ts'
import { findKey } from './byte-dictionary.ts'
import type { Filter } from './search-request.ts'
import { Utf8Key } from './utf8-key.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

/** A filter with its names resolved, over the documents of one segment. */
export interface SegmentFilter {
  /** Leaves in the batch those of the documents from `from` to before `to` that it admits, without scores. */
  fill(batch: Batch, from: number, to: number): void
  /** Filters a batch in place. */
  keep(batch: Batch): void
  admits(document: number): boolean
}

/** A filter with its names resolved. Opening it for a segment is cheap, but for ids: O(ids). */
export type CompiledFilter = (segment: ViewSegment) => SegmentFilter

/** Up to this many wanted ordinals are compared one by one. */
const FEW = 8

function createOrdinalTest(wanted: readonly number[]): (ordinal: number) => boolean {
  if (wanted.length === 1) {
    const [only] = wanted
    return (ordinal) => ordinal === only
  }
  if (wanted.length <= FEW) return (ordinal) => wanted.includes(ordinal)
  const set = new Set(wanted)
  return (ordinal) => set.has(ordinal)
}

function move(batch: Batch, from: number, to: number): void {
  batch.documents[to] = batch.documents[from]!
  batch.scores[to] = batch.scores[from]!
}

/** What columns do in tighter loops. */
const fillBy = (admits: (document: number) => boolean) => (batch: Batch, from: number, to: number) => {
  let count = 0
  for (let document = from; document < to; document++) if (admits(document)) batch.documents[count++] = document
  batch.count = count
}

function keywordFilter(column: number, wanted: readonly number[], isWanted: boolean): CompiledFilter {
  const test = createOrdinalTest(wanted)
  return ({ segment }) => {
    const values = segment.keywords[column]!
    const admits = (document: number): boolean => test(values[document]!) === isWanted
    return {
      fill: fillBy(admits),
      keep(batch) {
        let kept = 0
        for (let at = 0; at < batch.count; at++)
          if (test(values[batch.documents[at]!]!) === isWanted) move(batch, at, kept++)
        batch.count = kept
      },
      admits,
    }
  }
}

function tagFilter(set: number, wanted: readonly number[], isWanted: boolean): CompiledFilter {
  const test = createOrdinalTest(wanted)
  return ({ segment }) => {
    const offsets = segment.tagOffsets[set]!
    const values = segment.tagValues[set]!
    const admits = (document: number): boolean => {
      const end = offsets[document + 1]!
      let value = offsets[document]!
      while (value < end && !test(values[value]!)) value++
      return value < end === isWanted
    }
    return {
      fill: fillBy(admits),
      keep(batch) {
        let kept = 0
        for (let at = 0; at < batch.count; at++) if (admits(batch.documents[at]!)) move(batch, at, kept++)
        batch.count = kept
      },
      admits,
    }
  }
}

function rangeFilter(column: number, minimum: number, maximum: number, isWanted: boolean): CompiledFilter {
  return ({ segment }) => {
    const values = segment.numbers[column]!
    return {
      fill(batch, from, to) {
        const { documents } = batch
        let count = 0
        for (let document = from; document < to; document++) {
          const value = values[document]!
          if ((value >= minimum && value <= maximum) === isWanted) documents[count++] = document
        }
        batch.count = count
      },
      keep(batch) {
        let kept = 0
        for (let at = 0; at < batch.count; at++) {
          const value = values[batch.documents[at]!]!
          if ((value >= minimum && value <= maximum) === isWanted) move(batch, at, kept++)
        }
        batch.count = kept
      },
      admits(document) {
        const value = values[document]!
        return (value >= minimum && value <= maximum) === isWanted
      },
    }
  }
}

/** Bits beyond 31 are no work for integer operators: a double holds 53 of them exactly. */
function bitFilter(column: number, bit: number, admitsAbsent: boolean, isWanted: boolean): CompiledFilter {
  const unit = 2 ** bit
  return ({ segment }) => {
    const values = segment.numbers[column]!
    const admits = (document: number): boolean => {
      const value = values[document]!
      const has = Number.isNaN(value) ? admitsAbsent : Math.floor(value / unit) % 2 === 1
      return has === isWanted
    }
    return {
      fill: fillBy(admits),
      keep(batch) {
        let kept = 0
        for (let at = 0; at < batch.count; at++) if (admits(batch.documents[at]!)) move(batch, at, kept++)
        batch.count = kept
      },
      admits,
    }
  }
}

function idsFilter(ids: readonly string[], isWanted: boolean): CompiledFilter {
  const key = new Utf8Key()
  return ({ segment }) => {
    const documents = new Set(ids.map((id) => findKey(segment.ids, key.set(id))))
    const admits = (document: number): boolean => documents.has(document) === isWanted
    return {
      fill: fillBy(admits),
      keep(batch) {
        let kept = 0
        for (let at = 0; at < batch.count; at++)
          if (documents.has(batch.documents[at]!) === isWanted) move(batch, at, kept++)
        batch.count = kept
      },
      admits,
    }
  }
}

/** Resolves names and values. A value that no document ever had is simply in no document. */
export function compileFilter({ schema, keywords, tags }: ViewState, filter: Filter): CompiledFilter {
  const isWanted = filter.not !== true
  switch (filter.kind) {
    case 'keyword': {
      const column = schema.keywords.indexOf(filter.column)
      return keywordFilter(column, known(filter.anyOf.map((value) => keywords[column]!.find(value))), isWanted)
    }
    case 'tag': {
      const set = schema.tags.indexOf(filter.set)
      return tagFilter(set, known(filter.anyOf.map((value) => tags[set]!.find(value))), isWanted)
    }
    case 'range': {
      const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = filter
      return rangeFilter(schema.numbers.indexOf(filter.column), minimum, maximum, isWanted)
    }
    case 'bit':
      return bitFilter(schema.numbers.indexOf(filter.column), filter.bit, filter.orAbsent === true, isWanted)
    case 'ids':
      return idsFilter(filter.anyOf, isWanted)
  }
}

const known = (ordinals: readonly number[]): number[] => ordinals.filter((ordinal) => ordinal !== 0)

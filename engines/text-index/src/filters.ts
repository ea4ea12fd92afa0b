import type { Batch } from './batch.ts'
import { findKey } from './byte-dictionary.ts'
import type { Filter } from './search-request.ts'
import { Utf8Key } from './utf8-key.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

/** A filter with its names resolved: filters a batch of one segment in place. */
export interface BatchFilter {
  /** Called once per segment, before its batches. */
  enter(segment: ViewSegment): void
  keep(batch: Batch): void
}

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

function keywordFilter(column: number, wanted: readonly number[], isWanted: boolean): BatchFilter {
  const test = createOrdinalTest(wanted)
  let values = new Uint32Array(0) as Uint32Array
  return {
    enter({ segment }) {
      values = segment.keywords[column]!
    },
    keep(batch) {
      let kept = 0
      for (let at = 0; at < batch.count; at++)
        if (test(values[batch.documents[at]!]!) === isWanted) move(batch, at, kept++)
      batch.count = kept
    },
  }
}

function tagFilter(set: number, wanted: readonly number[], isWanted: boolean): BatchFilter {
  const test = createOrdinalTest(wanted)
  let offsets = new Uint32Array(0) as Uint32Array
  let values = offsets
  return {
    enter({ segment }) {
      offsets = segment.tagOffsets[set]!
      values = segment.tagValues[set]!
    },
    keep(batch) {
      let kept = 0
      for (let at = 0; at < batch.count; at++) {
        const document = batch.documents[at]!
        const end = offsets[document + 1]!
        let value = offsets[document]!
        while (value < end && !test(values[value]!)) value++
        if (value < end === isWanted) move(batch, at, kept++)
      }
      batch.count = kept
    },
  }
}

function rangeFilter(column: number, minimum: number, maximum: number, isWanted: boolean): BatchFilter {
  let values = new Float64Array(0) as Float64Array
  return {
    enter({ segment }) {
      values = segment.numbers[column]!
    },
    keep(batch) {
      let kept = 0
      for (let at = 0; at < batch.count; at++) {
        const value = values[batch.documents[at]!]!
        if ((value >= minimum && value <= maximum) === isWanted) move(batch, at, kept++)
      }
      batch.count = kept
    },
  }
}

function idsFilter(ids: readonly string[], isWanted: boolean): BatchFilter {
  const key = new Utf8Key()
  let documents = new Set<number>()
  return {
    enter({ segment }) {
      documents = new Set(ids.map((id) => findKey(segment.ids, key.set(id))))
    },
    keep(batch) {
      let kept = 0
      for (let at = 0; at < batch.count; at++)
        if (documents.has(batch.documents[at]!) === isWanted) move(batch, at, kept++)
      batch.count = kept
    },
  }
}

/** Resolves names and values. A value that no document ever had is simply in no document. */
export function compileFilter({ schema, keywords, tags }: ViewState, filter: Filter): BatchFilter {
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
    case 'ids':
      return idsFilter(filter.anyOf, isWanted)
  }
}

const known = (ordinals: readonly number[]): number[] => ordinals.filter((ordinal) => ordinal !== 0)

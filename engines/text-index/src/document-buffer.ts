import { type ColumnUpdate, columnNumber, type IndexDocument } from './document.ts'
import {
  type Growable,
  growableFloat64,
  growableUint8,
  growableUint32,
  pushBytes,
  pushFloat64,
  pushUint32,
} from './growable.ts'
import type { KeywordWriter } from './keyword-dictionary.ts'
import type { ResolvedSchema } from './schema.ts'

/** The writer's dictionaries, one per keyword column and one per tag set. */
export interface WriterDictionaries {
  readonly keywords: readonly KeywordWriter[]
  readonly tags: readonly KeywordWriter[]
}

/** What lies in a document's columns, by column index: NaN and 0 are absent. */
export interface ColumnValues {
  readonly numbers: Float64Array
  readonly keywords: Uint32Array
}

/**
 * Documents that were added since the last flush, as flat arrays: per document a run of (term, combined frequency,
 * field mask). It is the writer's scratch: strings of ids and terms live here until the flush, and nowhere after.
 */
export interface DocumentBuffer {
  readonly ids: string[]
  readonly terms: string[]
  readonly isAlive: boolean[]
  readonly entryStarts: Growable<Uint32Array>
  readonly entryTerms: Growable<Uint32Array>
  readonly entryFrequencies: Growable<Float64Array>
  readonly entryMasks: Growable<Uint32Array>
  readonly lengths: Growable<Uint32Array>
  readonly stored: Growable<Uint8Array>
  readonly storedStarts: Growable<Float64Array>
  readonly tagStarts: readonly Growable<Uint32Array>[]
  readonly tagValues: readonly Growable<Uint32Array>[]
  readonly numbers: readonly Growable<Float64Array>[]
  readonly keywords: readonly Growable<Uint32Array>[]
  /** Documents that are neither replaced nor removed. */
  alive(): number
  has(id: string): boolean
  /** The columns of a document that waits here. */
  columnsOf(id: string): ColumnValues | undefined
  /** Adds or replaces; columns that the document does not name are taken from `inherited`. */
  add(document: IndexDocument, inherited: ColumnValues): void
  /** Whether it waited here. */
  remove(id: string): boolean
  /** Whether it waits here. */
  update(id: string, update: ColumnUpdate): boolean
}

/** Sorts the values from `start` on, and drops repeated ones. */
function sortDistinct(values: Growable<Uint32Array>, start: number): void {
  const { array, length } = values
  if (length - start < 2) return
  array.subarray(start, length).sort()
  let kept = start + 1
  for (let at = kept; at < length; at++) if (array[at] !== array[at - 1]) array[kept++] = array[at]!
  values.length = kept
}

/** Frequencies lie on a grid of 2⁻⁴⁰, so that 0.1 + 0.2 and 0.3 share one impact. */
const GRID = 1.5 * 2 ** 12

export function createDocumentBuffer(schema: ResolvedSchema, dictionaries: WriterDictionaries): DocumentBuffer {
  const documents = new Map<string, number>()
  const termOrdinals = new Map<string, number>()
  const ids: string[] = []
  const terms: string[] = []
  const isAlive: boolean[] = []
  const entryStarts = growableUint32()
  const entryTerms = growableUint32()
  const entryFrequencies = growableFloat64()
  const entryMasks = growableUint32()
  const lengths = growableUint32()
  const stored = growableUint8()
  const storedStarts = growableFloat64()
  const tagStarts = schema.tags.map(growableUint32)
  const tagValues = schema.tags.map(growableUint32)
  const numbers = schema.numbers.map(growableFloat64)
  const keywords = schema.keywords.map(growableUint32)
  /** Per term, its entry in the document at hand, when it lies at or after the document's first entry. */
  const latestEntry = growableUint32()

  function addTerm(term: string, field: number, firstEntry: number): void {
    let ordinal = termOrdinals.get(term)
    if (ordinal === undefined) {
      // Ill-formed text would become the same bytes as other ill-formed text, and keys are distinct.
      if (!term.isWellFormed()) {
        addTerm(term.toWellFormed(), field, firstEntry)
        return
      }
      ordinal = terms.length
      termOrdinals.set(term, ordinal)
      terms.push(term)
      pushUint32(latestEntry, 0)
    }
    // Entries are numbered from 1 here: 0 says that the term was not seen.
    let entry = latestEntry.array[ordinal]! - 1
    if (entry < firstEntry) {
      entry = entryTerms.length
      latestEntry.array[ordinal] = entry + 1
      pushUint32(entryTerms, ordinal)
      pushFloat64(entryFrequencies, 0)
      pushUint32(entryMasks, 0)
    }
    entryFrequencies.array[entry]! += schema.weights[field]!
    entryMasks.array[entry]! |= 1 << field
  }

  function addTerms(document: IndexDocument): void {
    const firstEntry = entryTerms.length
    pushUint32(entryStarts, firstEntry)
    for (let field = 0; field < schema.fields.length; field++) {
      const list = document.terms[field]!
      pushUint32(lengths, list.length)
      for (let at = 0; at < list.length; at++) addTerm(list[at]!, field, firstEntry)
    }
    const { array } = entryFrequencies
    for (let entry = firstEntry; entry < entryTerms.length; entry++) array[entry] = array[entry]! + GRID - GRID
  }

  function addTags(document: IndexDocument): void {
    for (let set = 0; set < schema.tags.length; set++) {
      pushUint32(tagStarts[set]!, tagValues[set]!.length)
      const given = document.tags?.[schema.tags[set]!]
      if (given === undefined) continue
      const values = tagValues[set]!
      const dictionary = dictionaries.tags[set]!
      const start = values.length
      for (let at = 0; at < given.length; at++) pushUint32(values, dictionary.ordinal(given[at]!))
      sortDistinct(values, start)
    }
  }

  function writeColumns(document: number, { numbers: newNumbers, keywords: newKeywords }: ColumnUpdate): void {
    for (const name in newNumbers)
      numbers[schema.numbers.indexOf(name)]!.array[document] = columnNumber(newNumbers[name]!)
    for (const name in newKeywords) {
      const column = schema.keywords.indexOf(name)
      const value = newKeywords[name]!
      keywords[column]!.array[document] = value === null ? 0 : dictionaries.keywords[column]!.ordinal(value)
    }
  }

  function remove(id: string): boolean {
    const document = documents.get(id)
    if (document === undefined) return false
    isAlive[document] = false
    return documents.delete(id)
  }

  return Object.freeze({
    ids,
    terms,
    isAlive,
    entryStarts,
    entryTerms,
    entryFrequencies,
    entryMasks,
    lengths,
    stored,
    storedStarts,
    tagStarts,
    tagValues,
    numbers,
    keywords,
    alive: () => documents.size,
    has: (id: string) => documents.has(id),
    columnsOf(id: string) {
      const document = documents.get(id)
      if (document === undefined) return undefined
      return {
        numbers: Float64Array.from(numbers, ({ array }) => array[document]!),
        keywords: Uint32Array.from(keywords, ({ array }) => array[document]!),
      }
    },
    add(document: IndexDocument, inherited: ColumnValues) {
      remove(document.id)
      const number = ids.length
      documents.set(document.id, number)
      ids.push(document.id)
      isAlive.push(true)
      addTerms(document)
      addTags(document)
      pushFloat64(storedStarts, stored.length)
      pushBytes(stored, document.stored)
      numbers.forEach((column, index) => {
        pushFloat64(column, inherited.numbers[index]!)
      })
      keywords.forEach((column, index) => {
        pushUint32(column, inherited.keywords[index]!)
      })
      writeColumns(number, document)
    },
    remove,
    update(id: string, update: ColumnUpdate) {
      const document = documents.get(id)
      if (document !== undefined) writeColumns(document, update)
      return document !== undefined
    },
  })
}

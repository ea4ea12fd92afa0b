import {
  type ByteDictionary,
  type ByteDictionaryBuffers,
  buildHashTable,
  findKey,
  keyBytes,
  keyText,
  openByteDictionary,
} from './byte-dictionary.ts'
import { compareBytes, Utf8Key } from './utf8-key.ts'

/**
 * The values of one keyword column or tag set, for the whole index: ordinals from 1 (0 = absent), append-only, so that
 * facets over several segments count into one array. Values lie in immutable chunks of consecutive ordinals; a chunk
 * that has reached half the size of the one before it is joined with it, which leaves about log₂(size) chunks.
 */
export interface KeywordChunk extends ByteDictionaryBuffers {
  /** The ordinal of the chunk's first value. */
  readonly first: number
}

interface OpenChunk {
  readonly first: number
  readonly values: ByteDictionary
  readonly buffers: KeywordChunk
}

export interface KeywordReader {
  /** Ordinals are 1…size. */
  readonly size: number
  readonly chunks: readonly KeywordChunk[]
  /** The ordinal of a value, 0 when no document ever had it. */
  find(value: string): number
  /** The value of an ordinal; undefined for 0 and for values that are not published yet. */
  text(ordinal: number): string | undefined
  bytes(ordinal: number): Buffer
  /** Order of the values' UTF-8 bytes. */
  compare(left: number, right: number): number
}

const key = new Utf8Key()

export function openKeywords(chunks: readonly KeywordChunk[]): KeywordReader {
  const open: readonly OpenChunk[] = chunks.map((buffers) => ({
    first: buffers.first,
    values: openByteDictionary(buffers),
    buffers,
  }))
  const last = open.at(-1)
  const size = last === undefined ? 0 : last.first + last.values.size - 1
  const chunkOf = (ordinal: number): OpenChunk => {
    let at = open.length - 1
    while (open[at]!.first > ordinal) at--
    return open[at]!
  }
  const find = (value: string): number => {
    key.set(value)
    for (const { first, values } of open) {
      const found = findKey(values, key)
      if (found >= 0) return first + found
    }
    return 0
  }
  return Object.freeze({
    size,
    chunks,
    find,
    text(ordinal: number) {
      if (ordinal < 1 || ordinal > size) return undefined
      const { first, values } = chunkOf(ordinal)
      return keyText(values, ordinal - first)
    },
    bytes(ordinal: number) {
      const { first, values } = chunkOf(ordinal)
      return keyBytes(values, ordinal - first)
    },
    compare(left: number, right: number) {
      const a = chunkOf(left)
      const b = chunkOf(right)
      const i = left - a.first
      const j = right - b.first
      return compareBytes(
        a.values.bytes,
        a.values.offsets[i]!,
        a.values.offsets[i + 1]!,
        b.values.bytes,
        b.values.offsets[j]!,
        b.values.offsets[j + 1]!,
      )
    },
  })
}

function makeChunk(first: number, keys: readonly Buffer[]): KeywordChunk {
  const bytes = new SharedArrayBuffer(keys.reduce((sum, { length }) => sum + length, 0))
  const offsets = new SharedArrayBuffer((keys.length + 1) * 4)
  const byteView = new Uint8Array(bytes)
  const offsetView = new Uint32Array(offsets)
  let at = 0
  keys.forEach((value, ordinal) => {
    byteView.set(value, at)
    at += value.length
    offsetView[ordinal + 1] = at
  })
  return { first, bytes, offsets, table: buildHashTable(byteView, offsetView, keys.length) }
}

function chunkKeys(chunk: KeywordChunk): Buffer[] {
  const values = openByteDictionary(chunk)
  return Array.from({ length: values.size }, (_, ordinal) => keyBytes(values, ordinal))
}

export interface KeywordWriter {
  /** The ordinal of a value, a new one if it was never seen. */
  ordinal(value: string): number
  /** Whether there are values that no reader knows. */
  hasPending(): boolean
  /** Makes the pending values part of the chunks. */
  publish(): readonly KeywordChunk[]
  reader(): KeywordReader
}

export function createKeywordWriter(chunks: readonly KeywordChunk[]): KeywordWriter {
  let published = openKeywords(chunks)
  let pending = new Map<string, number>()
  return Object.freeze({
    ordinal(value: string) {
      const waiting = pending.get(value)
      if (waiting !== undefined) return waiting
      const known = published.find(value)
      if (known !== 0) return known
      const next = published.size + pending.size + 1
      pending.set(value, next)
      return next
    },
    hasPending: () => pending.size > 0,
    publish() {
      if (pending.size === 0) return published.chunks
      const kept = [...published.chunks]
      let first = published.size + 1
      let keys: Buffer[] = Array.from(pending.keys(), (value) => Buffer.from(value, 'utf8'))
      for (let before = kept.at(-1); before !== undefined; before = kept.at(-1)) {
        if (keys.length * 2 < first - before.first) break
        keys = chunkKeys(before).concat(keys)
        first = before.first
        kept.pop()
      }
      published = openKeywords([...kept, makeChunk(first, keys)])
      pending = new Map()
      return published.chunks
    },
    reader: () => published,
  })
}

import {
  type ByteDictionary,
  type ByteDictionaryBuffers,
  buildHashTable,
  findKey,
  keyBytes,
  keyStartsWith,
  keyText,
  openByteDictionary,
} from './byte-dictionary.ts'
import { createRecentOrdinals } from './recent-ordinals.ts'
import { type TagGroups, tagGroups } from './tag-groups.ts'
import { compareBytes, Utf8Key } from './utf8-key.ts'

/**
 * The values of one keyword column or tag set, for the whole index: ordinals from 1 (0 = absent), append-only, so that
 * facets over several segments count into one array. Values lie in immutable chunks of consecutive ordinals; a chunk
 * that has reached half the size of the one before it is joined with it, which leaves about log₂(size) chunks.
 */
export interface StoredKeywords extends ByteDictionaryBuffers {
  /** The ordinal of the chunk's first value. */
  readonly first: number
}

export interface KeywordChunk extends StoredKeywords {
  /** Per value, the ordinal of the first value of its group (see `tag-groups.ts`); 0 = it has none. */
  readonly groups: SharedArrayBuffer
}

interface OpenChunk {
  readonly first: number
  readonly values: ByteDictionary
}

export interface KeywordReader {
  /** Ordinals are 1…size. */
  readonly size: number
  readonly chunks: readonly KeywordChunk[]
  /** The ordinal of a value, 0 when no document ever had it. */
  find(value: string): number
  /** The value of an ordinal; undefined for 0 and for values that are not published yet. */
  text(ordinal: number): string | undefined
  startsWith(ordinal: number, prefix: Uint8Array): boolean
  /** Order of the values' UTF-8 bytes. */
  compare(left: number, right: number): number
}

const key = new Utf8Key()

export function openKeywords(chunks: readonly KeywordChunk[]): KeywordReader {
  const open: readonly OpenChunk[] = chunks.map((buffers) => ({
    first: buffers.first,
    values: openByteDictionary(buffers),
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
    startsWith(ordinal: number, prefix: Uint8Array) {
      const { first, values } = chunkOf(ordinal)
      return keyStartsWith(values, ordinal - first, prefix)
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

function makeChunk(first: number, keys: readonly Buffer[], groups: readonly number[]): KeywordChunk {
  const bytes = new SharedArrayBuffer(keys.reduce((sum, { length }) => sum + length, 0))
  const offsets = new SharedArrayBuffer((keys.length + 1) * 4)
  const groupBuffer = new SharedArrayBuffer(keys.length * 4)
  const byteView = new Uint8Array(bytes)
  const offsetView = new Uint32Array(offsets)
  let at = 0
  keys.forEach((value, ordinal) => {
    byteView.set(value, at)
    at += value.length
    offsetView[ordinal + 1] = at
  })
  new Uint32Array(groupBuffer).set(groups)
  return { first, bytes, offsets, table: buildHashTable(byteView, offsetView, keys.length), groups: groupBuffer }
}

function chunkKeys(chunk: KeywordChunk): Buffer[] {
  const values = openByteDictionary(chunk)
  return Array.from({ length: values.size }, (_, ordinal) => keyBytes(values, ordinal))
}

/** Chunks as a snapshot keeps them, with their groups found anew: O(values). */
function regroup(chunks: readonly StoredKeywords[], known: TagGroups): KeywordChunk[] {
  return chunks.map((chunk) => {
    const values = openByteDictionary(chunk)
    const groups = new Uint32Array(new SharedArrayBuffer(values.size * 4))
    for (let at = 0; at < values.size; at++) groups[at] = known.groupOf(keyText(values, at), chunk.first + at)
    return { ...chunk, groups: groups.buffer }
  })
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

export function createKeywordWriter(chunks: readonly StoredKeywords[]): KeywordWriter {
  const groups = tagGroups()
  const recent = createRecentOrdinals()
  let published = openKeywords(regroup(chunks, groups))
  let pending = new Map<string, number>()

  function find(value: string): number {
    const known = pending.get(value) ?? published.find(value)
    if (known !== 0) return known
    const next = published.size + pending.size + 1
    pending.set(value, next)
    return next
  }
  return Object.freeze({
    ordinal(value: string) {
      const known = recent.get(value)
      if (known !== 0) return known
      const found = find(value)
      recent.set(value, found)
      return found
    },
    hasPending: () => pending.size > 0,
    publish() {
      if (pending.size === 0) return published.chunks
      const kept = [...published.chunks]
      let first = published.size + 1
      let keys: Buffer[] = Array.from(pending.keys(), (value) => Buffer.from(value, 'utf8'))
      let groupsOfKeys = Array.from(pending, ([value, ordinal]) => groups.groupOf(value, ordinal))
      for (let before = kept.at(-1); before !== undefined; before = kept.at(-1)) {
        if (keys.length * 2 < first - before.first) break
        keys = chunkKeys(before).concat(keys)
        groupsOfKeys = [...new Uint32Array(before.groups), ...groupsOfKeys]
        first = before.first
        kept.pop()
      }
      published = openKeywords([...kept, makeChunk(first, keys, groupsOfKeys)])
      pending = new Map()
      return published.chunks
    },
    reader: () => published,
  })
}

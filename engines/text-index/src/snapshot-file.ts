import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { failure } from './failures.ts'

/**
 * One file of a snapshot:
 *
 * ```
 * "EIPTEXT\n" · header length (uint32, little endian) · header (JSON: content, and name and bytes of each section) · sections
 * ```
 * Arrays are written as they lie in memory, little endian. The manifest holds every file's length and CRC-32.
 */
export interface FileEntry {
  readonly file: string
  readonly bytes: number
  readonly crc32: number
}

export interface SnapshotFile {
  readonly content: unknown
  readonly sections: Readonly<Record<string, SharedArrayBuffer>>
}

const MAGIC = Buffer.from('EIPTEXT\n')
/** Written between two yields. */
const SLICE = 4 << 20

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at)
}

/** Written aside, synced and renamed: under its name a file is whole or not there. Yields every few megabytes. */
export function* writeSnapshotFile(
  directory: string,
  file: string,
  content: unknown,
  sections: Readonly<Record<string, ArrayBufferLike>>,
): Generator<void, FileEntry> {
  const names = Object.keys(sections)
  const header = Buffer.from(
    JSON.stringify({ content, sections: names.map((name) => ({ name, bytes: sections[name]!.byteLength })) }),
  )
  const start = Buffer.alloc(MAGIC.length + 4)
  MAGIC.copy(start)
  start.writeUInt32LE(header.length, MAGIC.length)
  const aside = join(directory, `${file}.partial`)
  const descriptor = openSync(aside, 'w')
  let checksum = 0
  let bytes = 0
  try {
    for (const part of [start, header, ...names.map((name) => new Uint8Array(sections[name]!))])
      for (let at = 0; at < part.length; at += SLICE) {
        const slice = part.subarray(at, at + SLICE)
        writeAll(descriptor, slice)
        checksum = crc32(slice, checksum)
        bytes += slice.length
        yield
      }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(aside, join(directory, file))
  return { file, bytes, crc32: checksum }
}

export const corrupt = (file: string, what: string, cause?: unknown) =>
  failure('text-index.snapshot-corrupt', `the snapshot's file "${file}" ${what}`, { file }, cause)

function readExactly(descriptor: number, file: string, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const read = readSync(descriptor, into, at, into.length - at, null)
    if (read === 0) throw corrupt(file, 'ends too early')
    at += read
  }
}

function openForReading(directory: string, { file, bytes }: FileEntry): number {
  const path = join(directory, file)
  let size: number
  try {
    size = statSync(path).size
  } catch (cause) {
    throw corrupt(file, 'is missing', cause)
  }
  if (size !== bytes) throw corrupt(file, `has ${size} bytes instead of ${bytes}`)
  return openSync(path, 'r')
}

/** Reads a file into shared memory, and refuses it by name unless every byte is as it was written. */
export function readSnapshotFile(directory: string, entry: FileEntry): SnapshotFile {
  const { file } = entry
  const descriptor = openForReading(directory, entry)
  try {
    const start = Buffer.alloc(MAGIC.length + 4)
    readExactly(descriptor, file, start)
    const headerLength = start.readUInt32LE(MAGIC.length)
    if (headerLength > entry.bytes) throw corrupt(file, 'has a header longer than itself')
    const header = Buffer.alloc(headerLength)
    readExactly(descriptor, file, header)
    const { content, sections: list } = parseHeader(file, header)
    let checksum = crc32(header, crc32(start))
    let left = entry.bytes - start.length - headerLength
    const sections: Record<string, SharedArrayBuffer> = {}
    for (const { name, bytes } of list) {
      left -= bytes
      if (!(left >= 0)) throw corrupt(file, 'is shorter than its header says')
      const section = new SharedArrayBuffer(bytes)
      const view = new Uint8Array(section)
      readExactly(descriptor, file, view)
      checksum = crc32(view, checksum)
      sections[name] = section
    }
    if (checksum !== entry.crc32) throw corrupt(file, 'does not have the checksum that the manifest gives')
    return { content, sections }
  } finally {
    closeSync(descriptor)
  }
}

interface Header {
  readonly content: unknown
  readonly sections: readonly { readonly name: string; readonly bytes: number }[]
}

function parseHeader(file: string, header: Buffer): Header {
  try {
    return JSON.parse(header.toString('utf8')) as Header
  } catch (cause) {
    throw corrupt(file, 'has a header that is not JSON', cause)
  }
}

/** Makes renames and removals in a directory durable. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

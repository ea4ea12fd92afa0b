import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { failure } from './failures.ts'
import type { GenerationState } from './generation.ts'
import type { LayoutOptions } from './layout.ts'

/** A file of a snapshot: bytes as they lie in memory, little endian. */
export type FileEntry = Readonly<{ file: string; bytes: number; crc32: number }>

/** The version of everything in a snapshot's directory. */
export const SNAPSHOT_FORMAT = 1
export const MANIFEST = 'manifest.json'

export type Manifest = Readonly<{
  format: number
  options: LayoutOptions & Readonly<{ construction: number }>
  /** One more than in the snapshot before: no file that stands is written over. */
  serial: number
  state: GenerationState
  /** Exact vectors, in order. */
  exact: readonly FileEntry[]
  graph: FileEntry
  side: FileEntry
  live: FileEntry
}>

/** Written between two yields. */
const SLICE = 4 << 20

export const damaged = (file: string, what: string, cause?: unknown) =>
  failure('vector-index.snapshot-damaged', `the snapshot's file "${file}" ${what}`, { file }, cause)

/** Written aside, synced and renamed: under its name a file is whole or not there. Yields every few megabytes. */
export function* writeSnapshotFile(directory: string, file: string, content: Uint8Array): Generator<void, FileEntry> {
  const aside = join(directory, `${file}.partial`)
  const descriptor = openSync(aside, 'w')
  let checksum = 0
  try {
    for (let at = 0; at < content.length; at += SLICE) {
      const slice = content.subarray(at, at + SLICE)
      for (let written = 0; written < slice.length; )
        written += writeSync(descriptor, slice, written, slice.length - written)
      checksum = crc32(slice, checksum)
      yield
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(aside, join(directory, file))
  return { file, bytes: content.length, crc32: checksum }
}

/** Reads a file to the start of `into`, and refuses it by name unless every byte is as it was written. */
export function readSnapshotFile(
  directory: string,
  { file, bytes, crc32: written }: FileEntry,
  into: Uint8Array,
): void {
  const path = join(directory, file)
  if (!existsSync(path)) throw damaged(file, 'is missing')
  const { size } = statSync(path)
  if (size !== bytes || bytes > into.length) throw damaged(file, `has ${size} bytes instead of ${bytes}`)
  const descriptor = openSync(path, 'r')
  let checksum = 0
  try {
    for (let at = 0; at < bytes; ) {
      const read = readSync(descriptor, into, at, Math.min(SLICE, bytes - at), at)
      if (read === 0) throw damaged(file, 'ends too early')
      checksum = crc32(into.subarray(at, at + read), checksum)
      at += read
    }
  } finally {
    closeSync(descriptor)
  }
  if (checksum !== written) throw damaged(file, 'does not have the checksum that the manifest gives')
}

/** A snapshot stands from the rename on. */
export function writeManifest(directory: string, content: Manifest): void {
  const aside = join(directory, `${MANIFEST}.partial`)
  const descriptor = openSync(aside, 'w')
  try {
    writeSync(descriptor, `${JSON.stringify({ crc32: crc32(JSON.stringify(content)), content })}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  // The files that it names are in the directory for good before it is.
  syncDirectory(directory)
  renameSync(aside, join(directory, MANIFEST))
  syncDirectory(directory)
}

/** Null: there is no snapshot. */
export function readManifest(directory: string): Manifest | null {
  const path = join(directory, MANIFEST)
  if (!existsSync(path)) return null
  let parsed: { crc32?: unknown; content?: Partial<Manifest> } | null
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw damaged(MANIFEST, 'is not JSON', cause)
  }
  const content = parsed?.content
  if (content === undefined || parsed?.crc32 !== crc32(JSON.stringify(content)))
    throw damaged(MANIFEST, 'does not have its checksum')
  if (typeof content.format !== 'number' || content.format > SNAPSHOT_FORMAT)
    throw failure(
      'vector-index.snapshot-newer',
      `the snapshot has format ${content.format}; this version reads up to ${SNAPSHOT_FORMAT}`,
    )
  return content as Manifest
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

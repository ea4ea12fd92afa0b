import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { failure } from './failures.ts'
import type { ResolvedSchema } from './schema.ts'
import { corrupt, type FileEntry, syncDirectory } from './snapshot-file.ts'

/** The version of everything in a snapshot's directory. */
export const SNAPSHOT_FORMAT = 1
export const MANIFEST = 'manifest.json'

export interface Manifest {
  readonly format: number
  readonly schemaHash: string
  /** Tells this index's segment files from those of another that was written to the same directory. */
  readonly index: string
  readonly epoch: number
  readonly nextKey: number
  readonly segments: readonly (FileEntry & { readonly key: number; readonly liveDocuments: number })[]
  /** Columns, live bits and dictionaries. */
  readonly state: FileEntry
  /** The caller's. */
  readonly extra: unknown
}

/** A snapshot stands from the rename on. */
export function writeManifest(directory: string, manifest: Manifest): void {
  const content = JSON.stringify(manifest)
  const aside = join(directory, `${MANIFEST}.partial`)
  const descriptor = openSync(aside, 'w')
  try {
    writeSync(descriptor, `${JSON.stringify({ crc32: crc32(content), content: manifest })}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  // The files that it names are in the directory for good before it is.
  syncDirectory(directory)
  renameSync(aside, join(directory, MANIFEST))
  syncDirectory(directory)
}

/** Undefined: there is no snapshot. */
export function readManifest(directory: string): Manifest | undefined {
  const path = join(directory, MANIFEST)
  if (!existsSync(path)) return undefined
  let parsed: { crc32?: unknown; content?: Partial<Manifest> } | null
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw corrupt(MANIFEST, 'is not JSON', cause)
  }
  const content = parsed?.content
  if (content === undefined || parsed?.crc32 !== crc32(JSON.stringify(content)))
    throw corrupt(MANIFEST, 'does not have its checksum')
  if (typeof content.format !== 'number' || content.format > SNAPSHOT_FORMAT)
    throw failure(
      'text-index.snapshot-newer',
      `the snapshot has format ${content.format}; this version reads up to ${SNAPSHOT_FORMAT}`,
    )
  return content as Manifest
}

export function checkSchema(manifest: Manifest, schema: ResolvedSchema): void {
  if (manifest.schemaHash !== schema.hash)
    throw failure(
      'text-index.schema-mismatch',
      `the snapshot was written with schema ${manifest.schemaHash}, not ${schema.hash}`,
    )
}

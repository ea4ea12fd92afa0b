import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { failure } from './failures.ts'
import type { KeywordChunk } from './keyword-dictionary.ts'
import type { Publication, PublishedSegment } from './publication.ts'
import type { ResolvedSchema } from './schema.ts'
import { type FileEntry, syncDirectory, writeSnapshotFile } from './snapshot-file.ts'
import { type Manifest, readManifest, SNAPSHOT_FORMAT, writeManifest } from './snapshot-manifest.ts'

/** A snapshot being written. */
export interface SnapshotTask {
  /** Goes on for about `budgetMs` (a sync to disk may take longer). Whether there is more to do. */
  run(budgetMs: number): boolean
}

export interface SnapshotSource {
  readonly schema: ResolvedSchema
  readonly directory: string
  readonly extra: unknown
  readonly publication: Publication
  readonly nextKey: number
  readonly index: string
  readonly isCommitted: boolean
}

/**
 * Writes what was committed. Segments never change, so each is written once in its life; columns are copied at once (they
 * go on changing), and written with live bits and dictionaries into one file. The manifest comes last: whatever
 * happens before its rename, the snapshot before stands. Then what it does not name is removed.
 */
export function startSnapshot(source: SnapshotSource): SnapshotTask {
  if (!source.isCommitted)
    throw failure(
      'text-index.uncommitted',
      'there are changes that no commit has published; a snapshot would lose them',
    )
  const steps = writeSnapshot(source, stateSections(source.publication))
  return Object.freeze({
    run(budgetMs: number) {
      const deadline = performance.now() + budgetMs
      do {
        if (steps.next().done) return false
      } while (performance.now() < deadline)
      return true
    },
  })
}

function stateSections({ segments, keywords, tags }: Publication): Record<string, ArrayBufferLike> {
  const sections: Record<string, ArrayBufferLike> = {}
  for (const { buffers, live } of segments) {
    if (live !== null) sections[`${buffers.key}.live`] = live
    for (const [name, column] of Object.entries(buffers.columns)) sections[`${buffers.key}.${name}`] = column.slice(0)
  }
  const addChunks = (kind: string, dictionaries: readonly (readonly KeywordChunk[])[]) => {
    dictionaries.forEach((chunks, dictionary) => {
      for (const { first, bytes, offsets, table } of chunks)
        Object.assign(sections, {
          [`${kind}.${dictionary}.${first}.bytes`]: bytes,
          [`${kind}.${dictionary}.${first}.offsets`]: offsets,
          [`${kind}.${dictionary}.${first}.table`]: table,
        })
    })
  }
  addChunks('keywords', keywords)
  addChunks('tags', tags)
  return sections
}

function* writeSnapshot(source: SnapshotSource, state: Record<string, ArrayBufferLike>): Generator<void, void> {
  const { directory, publication, index } = source
  mkdirSync(directory, { recursive: true })
  const before = previousManifest(source)
  const segments: Manifest['segments'][number][] = []
  for (const published of publication.segments) {
    const entry = yield* writeSegment(directory, index, published, before)
    segments.push({ ...entry, key: published.buffers.key, liveDocuments: published.liveDocuments })
  }
  const serial = before === undefined ? 0 : Number(before.state.file.split('-').at(-1)?.split('.')[0]) + 1
  const content = {
    keywords: publication.keywords.map((chunks) => chunks.map(({ first }) => first)),
    tags: publication.tags.map((chunks) => chunks.map(({ first }) => first)),
  }
  const stateEntry = yield* writeSnapshotFile(directory, `state-${index}-${serial}.bin`, content, state)
  const manifest = {
    format: SNAPSHOT_FORMAT,
    schemaHash: source.schema.hash,
    index,
    epoch: publication.epoch,
    nextKey: source.nextKey,
    segments,
    state: stateEntry,
    extra: source.extra,
  }
  writeManifest(directory, manifest)
  removeUnnamed(directory, manifest)
}

/** The manifest in the directory, if it is of this index and can be read: what it names need not be written again. */
function previousManifest({ directory, index }: SnapshotSource): Manifest | undefined {
  try {
    const manifest = readManifest(directory)
    return manifest?.index === index ? manifest : undefined
  } catch {
    // An unreadable manifest is replaced; every file is written anew.
    return undefined
  }
}

function* writeSegment(
  directory: string,
  index: string,
  { buffers }: PublishedSegment,
  before: Manifest | undefined,
): Generator<void, FileEntry> {
  const written = before?.segments.find(({ key }) => key === buffers.key)
  if (written !== undefined) return { file: written.file, bytes: written.bytes, crc32: written.crc32 }
  const { key, documents, fieldDocuments, fieldTerms, sections } = buffers
  const content = { key, documents, fieldDocuments, fieldTerms }
  return yield* writeSnapshotFile(directory, `segment-${index}-${key}.bin`, content, sections)
}

const OURS = /^(segment|state)-.*\.bin(\.partial)?$/

function removeUnnamed(directory: string, { segments, state }: Manifest): void {
  const named = new Set([state.file, ...segments.map(({ file }) => file)])
  for (const file of readdirSync(directory))
    if (OURS.test(file) && !named.has(file)) rmSync(join(directory, file), { force: true })
  syncDirectory(directory)
}

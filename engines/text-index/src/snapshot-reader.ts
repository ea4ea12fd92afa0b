import { type IndexWriter, type IndexWriterOptions, resumeIndexWriter, type WriterState } from './index-writer.ts'
import type { StoredKeywords } from './keyword-dictionary.ts'
import { type IndexSchema, type ResolvedSchema, resolveSchema } from './schema.ts'
import type { SegmentBuffers } from './segment.ts'
import { readSnapshotFile, type SnapshotFile } from './snapshot-file.ts'
import { checkSchema, type Manifest, readManifest } from './snapshot-manifest.ts'

export interface OpenedSnapshot {
  /** Goes on where the snapshot was taken; `writer.publication()` is what readers apply. */
  readonly writer: IndexWriter
  /** What was given to `writeSnapshot`. */
  readonly extra: unknown
}

type SegmentContent = Pick<SegmentBuffers, 'key' | 'documents' | 'fieldDocuments' | 'fieldTerms'>
type ChunkList = readonly (readonly number[])[]

/**
 * Opens the snapshot in a directory; null when there is none. A file that is damaged, newer, or of another schema is
 * refused by name. O(bytes): everything is read and checked.
 */
export function openIndexSnapshot(
  schema: IndexSchema,
  directory: string,
  options: IndexWriterOptions = {},
): OpenedSnapshot | null {
  const resolved = resolveSchema(schema)
  const manifest = readManifest(directory)
  if (manifest === undefined) return null
  checkSchema(manifest, resolved)
  const state = readSnapshotFile(directory, manifest.state)
  const segments = manifest.segments.map((entry) => ({
    buffers: segmentBuffers(resolved, readSnapshotFile(directory, entry), state),
    live: state.sections[`${entry.key}.live`] ?? null,
    liveDocuments: entry.liveDocuments,
  }))
  const writer = resumeIndexWriter(resolved, { ...writerState(manifest, state), segments }, options)
  return Object.freeze({ writer, extra: manifest.extra })
}

function segmentBuffers(
  schema: ResolvedSchema,
  { content, sections }: SnapshotFile,
  state: SnapshotFile,
): SegmentBuffers {
  const { key, documents, fieldDocuments, fieldTerms } = content as SegmentContent
  const columns: Record<string, SharedArrayBuffer> = {}
  for (const [kind, names] of Object.entries({ numbers: schema.numbers, keywords: schema.keywords }))
    names.forEach((_, column) => {
      columns[`${kind}.${column}`] = state.sections[`${key}.${kind}.${column}`]!
    })
  return { key, documents, fieldDocuments, fieldTerms, sections, columns }
}

function writerState(manifest: Manifest, { content, sections }: SnapshotFile): Omit<WriterState, 'segments'> {
  const { keywords, tags } = content as { readonly keywords: ChunkList; readonly tags: ChunkList }
  const chunks = (kind: string, list: ChunkList): StoredKeywords[][] =>
    list.map((firsts, dictionary) =>
      firsts.map((first) => ({
        first,
        bytes: sections[`${kind}.${dictionary}.${first}.bytes`]!,
        offsets: sections[`${kind}.${dictionary}.${first}.offsets`]!,
        table: sections[`${kind}.${dictionary}.${first}.table`]!,
      })),
    )
  const { epoch, nextKey, index } = manifest
  return { epoch, nextKey, index, keywords: chunks('keywords', keywords), tags: chunks('tags', tags) }
}

import { randomBytes } from 'node:crypto'
import { type ColumnUpdate, checkColumns, checkDocument, type IndexDocument } from './document.ts'
import { type ColumnValues, createDocumentBuffer, type DocumentBuffer } from './document-buffer.ts'
import { createKeywordWriter, type StoredKeywords } from './keyword-dictionary.ts'
import { createMerging, type MergeState } from './merging.ts'
import { type IndexStatistics, type Publication, type PublishedSegment, publicationStatistics } from './publication.ts'
import { type IndexSchema, type ResolvedSchema, resolveSchema } from './schema.ts'
import { buildSegment } from './segment-builder.ts'
import { type SnapshotTask, startSnapshot } from './snapshot-writer.ts'
import { openWriterSegments } from './writer-segments.ts'

export interface IndexWriterOptions {
  /** Added documents are sealed into a segment at this number, so that scratch stays bounded in a long import. 65,536. */
  readonly flushDocuments?: number
}

/**
 * The one writer of an index.
 *  - What was added, replaced or deleted is seen by readers after `commit`, all of it or nothing.
 *  - What `updateColumns` writes is seen by the next query, without a commit. (A keyword value that no document ever
 *    had reads as absent until the next commit publishes it: `hasChanges` says so.)
 *  - Nothing blocks readers, and nothing they hold ever changes but columns.
 */
export interface IndexWriter {
  readonly schema: ResolvedSchema
  /**
   * Adds a document, or replaces the one with this id. Whoever knows that this id never came before says `isNew`: it is
   * not looked for in every segment then, which in a long import would be most of the work of adding.
   */
  add(document: IndexDocument, isNew?: boolean): void
  /** Whether there was one. */
  delete(id: string): boolean
  /** Writes columns in place, in the committed document and in one waiting for the commit. False: there is none. */
  updateColumns(id: string, update: ColumnUpdate): boolean
  has(id: string): boolean
  /** Whether a commit would publish something. */
  hasChanges(): boolean
  /** Makes everything so far visible. `null`: nothing changed. */
  commit(): Publication | null
  /** What a reader that starts now needs: the last commit. */
  publication(): Publication
  /**
   * Merges in the background, for about `budgetMs`. `idle`: nothing to do; `working`: call again; `ready`: the next
   * commit puts the merged segment in place.
   */
  mergeSome(budgetMs: number): MergeState
  /** Seals what was added and merges everything into one segment, at once. The next commit puts it in place. */
  mergeAll(): void
  /** Writes a snapshot in slices; the index may change meanwhile. The snapshot is of the moment of this call. */
  startSnapshot(directory: string, extra: unknown): SnapshotTask
  /** Writes a snapshot at once. */
  writeSnapshot(directory: string, extra: unknown): void
  statistics(): IndexStatistics
}

/** Where a writer goes on from: nothing, or a snapshot. */
export interface WriterState {
  /** Random, for telling one index's files from another's. */
  readonly index: string
  readonly epoch: number
  readonly nextKey: number
  readonly segments: readonly PublishedSegment[]
  readonly keywords: readonly (readonly StoredKeywords[])[]
  readonly tags: readonly (readonly StoredKeywords[])[]
}

const FLUSH_DOCUMENTS = 65_536

export function createIndexWriter(schema: IndexSchema, options: IndexWriterOptions = {}): IndexWriter {
  const resolved = resolveSchema(schema)
  const nothing: WriterState = {
    index: randomBytes(4).toString('hex'),
    epoch: 0,
    nextKey: 1,
    segments: [],
    keywords: resolved.keywords.map(() => []),
    tags: resolved.tags.map(() => []),
  }
  return resumeIndexWriter(resolved, nothing, options)
}

/** The writer's dictionaries, and what they have to publish. */
function openDictionaries({ keywords, tags }: WriterState) {
  const open = { keywords: keywords.map(createKeywordWriter), tags: tags.map(createKeywordWriter) }
  const all = [...open.keywords, ...open.tags]
  return {
    ...open,
    hasPending: () => all.some((dictionary) => dictionary.hasPending()),
    publish: () => ({
      keywords: open.keywords.map((dictionary) => dictionary.publish()),
      tags: open.tags.map((dictionary) => dictionary.publish()),
    }),
  }
}

export function resumeIndexWriter(
  schema: ResolvedSchema,
  state: WriterState,
  options: IndexWriterOptions,
): IndexWriter {
  const flushDocuments = options.flushDocuments ?? FLUSH_DOCUMENTS
  const dictionaries = openDictionaries(state)
  const segments = openWriterSegments(schema, dictionaries, state.segments)
  const merging = createMerging(schema)
  const clock = new Int32Array(new SharedArrayBuffer(4))
  const absentColumns: ColumnValues = {
    numbers: new Float64Array(schema.numbers.length).fill(Number.NaN),
    keywords: new Uint32Array(schema.keywords.length),
  }
  let { nextKey } = state
  let buffer: DocumentBuffer = createDocumentBuffer(schema, dictionaries)
  let publication = publish(state.epoch)

  function publish(epoch: number): Publication {
    const { keywords, tags } = dictionaries.publish()
    const shown = segments.publish()
    Atomics.store(clock, 0, epoch)
    return Object.freeze({ schemaHash: schema.hash, epoch, clock: clock.buffer, segments: shown, keywords, tags })
  }

  function flush(): void {
    if (buffer.alive() > 0) segments.seal(buildSegment(nextKey++, schema, buffer))
    if (buffer.ids.length > 0) buffer = createDocumentBuffer(schema, dictionaries)
  }

  const isCommitted = () => buffer.alive() === 0 && !segments.hasChanges() && !dictionaries.hasPending()
  const hasChanges = () => !isCommitted() || merging.isReady()

  function commit(): Publication | null {
    if (!hasChanges()) return null
    flush()
    segments.replace(merging.install(segments.all()))
    publication = publish(publication.epoch + 1)
    return publication
  }

  function begin(directory: string, extra: unknown): SnapshotTask {
    const { index } = state
    return startSnapshot({ schema, directory, extra, publication, nextKey, index, isCommitted: isCommitted() })
  }

  return Object.freeze({
    schema,
    add(document: IndexDocument, isNew = false) {
      checkDocument(schema, document)
      // One look-up in every segment, and nothing made for a document that is not there.
      const replaced = isNew ? undefined : segments.takeOut(document.id)
      buffer.add(document, buffer.columnsOf(document.id) ?? replaced ?? absentColumns)
      if (buffer.ids.length >= flushDocuments) flush()
    },
    delete(id: string) {
      const wasWaiting = buffer.remove(id)
      return segments.bury(id) || wasWaiting
    },
    updateColumns(id: string, update: ColumnUpdate) {
      checkColumns(schema, id, update)
      const isWaiting = buffer.update(id, update)
      return segments.update(id, update) || isWaiting
    },
    has: (id: string) => buffer.has(id) || segments.has(id),
    hasChanges,
    commit,
    publication: () => publication,
    mergeSome: (budgetMs: number) => merging.some(segments.all(), () => nextKey++, budgetMs),
    mergeAll() {
      flush()
      merging.all(segments.all(), () => nextKey++)
    },
    startSnapshot: begin,
    writeSnapshot(directory: string, extra: unknown) {
      const task = begin(directory, extra)
      while (task.run(Number.POSITIVE_INFINITY));
    },
    statistics: () => publicationStatistics(publication),
  })
}

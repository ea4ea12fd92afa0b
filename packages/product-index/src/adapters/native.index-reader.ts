import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { CatalogueVocabulary } from '@eip/engine-query-understanding'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import { createIndexReader, type IndexView, type Publication } from '@eip/engine-text-index'
import { generation } from '../manifest.ts'
import { indexSchema } from '../product-document.ts'
import type {
  IndexStatistics,
  ProductIndexReader,
  RetrievalRequest,
  StoredProduct,
  TermExplanation,
} from '../product-index.port.ts'
import { clausesOf } from '../retrieval-request.ts'
import { createMarks } from './native.candidates.ts'
import type { PublishedVectors, ViewPublication } from './native.messages.ts'
import { publicationReceiver } from './native.publication-parts.ts'
import { type Commit, retrieve } from './native.retrieval.ts'
import { createVectorReaders } from './native.vector-readers.ts'

export interface NativeIndexReader extends ProductIndexReader {
  /** Takes in what the writer has published. Cheap where there is nothing new. */
  refresh(): void
}

/**
 * Reads the view that arrives on `publications`, on this thread; every question is answered over one commit.
 * `makeVocabulary`: has it made on another thread.
 */
export function nativeIndexReader(
  publications: MessagePort,
  makeVocabulary: () => Promise<CatalogueVocabulary>,
): NativeIndexReader {
  const index = createIndexReader(indexSchema)
  const vectors = createVectorReaders()
  const marks = createMarks()
  const received = publicationReceiver()
  let epoch = -1
  let clock: Int32Array | null = null
  let making: Promise<CatalogueVocabulary> | null = null

  const refresh = () => {
    if (clock !== null && Atomics.load(clock, 0) === epoch) return
    let text: Publication | null = null
    let published: readonly PublishedVectors[] | null = null
    for (let next = receiveMessageOnPort(publications); next !== undefined; next = receiveMessageOnPort(publications)) {
      const message = next.message as ViewPublication
      epoch = message.epoch
      clock ??= new Int32Array(message.clock)
      // Each is taken in, also where a later one follows: it may build on what this one brought.
      if (message.text !== null) text = received(message.text)
      published = message.vectors ?? published
    }
    if (text !== null) index.apply(text)
    if (published !== null) vectors.apply(published)
  }
  const statisticsOf = (view: IndexView): IndexStatistics => {
    const { documents, segments, bytes } = view.statistics()
    return { documents, segments, bytes: bytes + vectors.bytes(), epoch, generation, encoders: vectors.statistics() }
  }
  const fresh = (): Commit => {
    refresh()
    const view = index.view()
    return { view, vectors, marks, statistics: statisticsOf(view) }
  }

  return Object.freeze({
    refresh,
    async retrieve(request: RetrievalRequest) {
      return retrieve(fresh(), request)
    },
    async show(ids: readonly string[]) {
      const { view } = fresh()
      return ids.flatMap((id) => {
        const ref = view.find(id)
        return ref === undefined ? [] : [JSON.parse(view.stored(ref).toString('utf8')) as StoredProduct]
      })
    },
    async explain(ids: readonly string[], query: AnalyzedQuery) {
      const { view } = fresh()
      const clauses = clausesOf(query)
      return ids.map((id) => explain(view, id, clauses))
    },
    async vectorOf(id: string, encoder: string) {
      refresh()
      return vectors.vectorOf(id, encoder)
    },
    vocabulary() {
      making ??= makeVocabulary().finally(() => {
        making = null
      })
      return making
    },
    statistics: () => fresh().statistics,
  })
}

function explain(view: IndexView, id: string, clauses: ReturnType<typeof clausesOf>): readonly TermExplanation[] {
  const ref = view.find(id)
  if (ref === undefined || clauses.length === 0) return []
  return view
    .explain(ref, { clauses })
    .map(({ term, documentFrequency, inverseDocumentFrequency, termFrequency, score }) => ({
      term,
      documentFrequency,
      inverseDocumentFrequency,
      termFrequency,
      score,
    }))
}

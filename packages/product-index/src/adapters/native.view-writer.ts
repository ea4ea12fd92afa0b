import type { Positions } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { IndexDocument, IndexWriter, Publication } from '@eip/engine-text-index'
import { contentHash } from '../content-hash.ts'
import { productMapping } from '../product-document.ts'
import type {
  ColumnChange,
  EncoderChange,
  HeldVersionsPage,
  ProductChange,
  VectorChange,
} from '../product-index-writer.port.ts'
import type { VersionLedger } from '../version-ledger.ts'
import { createVectorWriters, type EncoderVectors } from './native.encoder-vectors.ts'
import type { HeldAsked, ViewPublication } from './native.messages.ts'
import { publicationSender } from './native.publication-parts.ts'

/** What a snapshot holds, and what a view goes on from. */
export type ViewState = Readonly<{
  index: IndexWriter
  versions: VersionLedger
  encoders: readonly EncoderVectors[]
  positions: Positions | null
  epoch: number
}>

type AnalysedChange = Readonly<{ id: string; version: number; hash: string | null; document: IndexDocument | null }>

/**
 * The view while it is written: index, vectors, versions and positions change together, in the one thread that holds them.
 *
 *   take(json) ─ analyse, decode ─▶ waiting ─┐ (no reader sees it, no merge or snapshot takes it along)
 *   take(json) ─ analyse, decode ─▶ waiting ─┤
 *   apply(positions) ────────────────────────┴─▶ index + vectors + versions + positions ─ commit ─▶ publish, as one
 */
export interface ViewWriter {
  state(): ViewState
  /** Reads and analyses a part of what the next `apply` puts in. `json`: an array of ProductChange or VectorChange. */
  take(of: 'products' | 'vectors', json: string): void
  /** Puts in what was taken and is newer than what is held; answers with how many changes that were. */
  apply(positions: Positions): Readonly<{ products: number; vectors: number }>
  applyEncoders(changes: readonly EncoderChange[], positions: Positions): void
  updateColumns(changes: readonly ColumnChange[]): void
  held(asked: HeldAsked): HeldVersionsPage
  /** Merges for about `budgetMs`; answers whether there is more to do. */
  mergeSome(budgetMs: number): boolean
  /** Brings vectors into their graphs for about `budgetMs`. `finished`: with this call all are. */
  link(budgetMs: number): 'idle' | 'working' | 'finished'
  unlinked(): number
  /** All of the view, for a reader that begins. */
  publishAll(): void
}

export function createViewWriter(
  start: ViewState,
  analyzer: Analyzer,
  send: (publication: ViewPublication) => void,
): ViewWriter {
  const { index, versions } = start
  const vectors = createVectorWriters(start.encoders)
  const publish = publishing(start.epoch, send)
  const documentOf = productMapping(analyzer)
  let positions = start.positions
  let waiting: AnalysedChange[] = []
  let refused: unknown

  const commit = () => {
    const text = index.commit()
    const published = vectors.commit()
    if (text !== null || published !== null) publish.send(text, published)
  }
  const isNews = ({ id, version }: Readonly<{ id: string; version: number }>) => version > versions.get(id)
  const put = ({ id, version, hash, document }: AnalysedChange) => {
    const isNew = versions.get(id) < 0
    if (document !== null) index.add(document, isNew)
    else if (!isNew) index.delete(id)
    versions.set(id, version, hash)
  }
  const analyse = (change: ProductChange) => {
    if (!isNews(change)) return
    const { id, version, product } = change
    const isFound = product?.active === true
    const hash = product === null ? null : contentHash(product)
    waiting.push({ id, version, hash, document: isFound ? documentOf(product) : null })
  }
  const putAll = (taken: readonly AnalysedChange[]): number => {
    let applied = 0
    for (const change of taken) {
      // Asked again here: the batch itself may hold several versions of a product.
      if (!isNews(change)) continue
      put(change)
      applied++
    }
    return applied
  }

  return Object.freeze({
    state: () => ({ index, versions, encoders: vectors.encoders(), positions, epoch: publish.epoch() }),
    take(of: 'products' | 'vectors', json: string) {
      try {
        if (of === 'vectors') vectors.take(JSON.parse(json) as readonly VectorChange[])
        else for (const change of JSON.parse(json) as readonly ProductChange[]) analyse(change)
      } catch (error) {
        refused ??= error
      }
    },
    apply(newPositions: Positions) {
      const [taken, failed] = [waiting, refused]
      waiting = []
      refused = undefined
      if (failed !== undefined) {
        vectors.drop()
        throw failed
      }
      try {
        const applied = { products: putAll(taken), vectors: vectors.put() }
        positions = { ...positions, ...newPositions }
        return applied
      } finally {
        commit()
      }
    },
    applyEncoders(changes: readonly EncoderChange[], newPositions: Positions) {
      vectors.hold(changes)
      positions = { ...positions, ...newPositions }
      commit()
    },
    updateColumns(changes: readonly ColumnChange[]) {
      for (const { id, numbers, keywords } of changes)
        index.updateColumns(id, { ...(numbers && { numbers }), ...(keywords && { keywords }) })
      // Columns are written in place; only a keyword never seen before has to be published.
      if (index.hasChanges()) commit()
    },
    held(asked: HeldAsked) {
      const isPage = 'first' in asked
      const ids = isPage ? versions.ids(asked.first, asked.limit) : asked.ids.filter((id) => versions.get(id) >= 0)
      const next = isPage && asked.first + ids.length < versions.size ? String(asked.first + ids.length) : null
      const heldOf = (id: string) => ({
        ...{ id, version: versions.get(id), hash: versions.hashOf(id), isFound: index.has(id) },
      })
      return { versions: ids.map(heldOf), next }
    },
    mergeSome(budgetMs: number) {
      const state = index.mergeSome(budgetMs)
      if (state === 'ready') commit()
      return state !== 'idle'
    },
    link(budgetMs: number) {
      const state = vectors.link(budgetMs)
      if (state === 'finished' || (state === 'working' && publish.isQuiet())) commit()
      return state
    },
    unlinked: vectors.unlinked,
    publishAll: () => publish.send(index.publication(), vectors.published()),
  })
}

/** Links make queries faster, not other: readers need not hear of them more often than this. */
const quietMs = 250

/** Numbers what is sent, and tells by the clock in shared memory that it was sent. */
function publishing(startEpoch: number, send: (publication: ViewPublication) => void) {
  const clock = new Int32Array(new SharedArrayBuffer(4))
  const sent = publicationSender()
  let epoch = startEpoch
  let sentAt = Number.NEGATIVE_INFINITY
  return {
    epoch: () => epoch,
    isQuiet: () => performance.now() - sentAt >= quietMs,
    send(text: Publication | null, vectors: ViewPublication['vectors']) {
      epoch++
      sentAt = performance.now()
      send({ epoch, clock: clock.buffer, text: text === null ? null : sent(text), vectors })
      Atomics.store(clock, 0, epoch)
    },
  }
}

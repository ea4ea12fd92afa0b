import type { Positions } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { IndexDocument, IndexWriter, Publication } from '@eip/engine-text-index'
import { contentHash } from '../content-hash.ts'
import { type OwnedNumbers, ownedNumbersOf } from '../owned-columns.ts'
import type { OwnedLedger } from '../owned-ledger.ts'
import { productMapping } from '../product-document.ts'
import type {
  EncoderChange,
  HeldVersionsPage,
  OwnedChange,
  ProductChange,
  VectorChange,
} from '../product-index-writer.port.ts'
import type { VersionLedger } from '../version-ledger.ts'
import { createVectorWriters, type EncoderVectors } from './native.encoder-vectors.ts'
import type { ChangesOf, HeldAsked, ViewPublication } from './native.messages.ts'
import { publicationSender } from './native.publication-parts.ts'

/** What a snapshot holds, and what a view goes on from. */
export type ViewState = Readonly<{
  index: IndexWriter
  /** Of every id that the view knows; −1 where nothing but columns came. */
  versions: VersionLedger
  /** By the entries of `versions`. */
  owned: OwnedLedger
  encoders: readonly EncoderVectors[]
  positions: Positions | null
  epoch: number
}>

type CheckedColumns = Readonly<{ change: OwnedChange; numbers: OwnedNumbers }>
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
  /** Reads and analyses a part of what the next `apply` puts in. `json`: an array of such changes. */
  take(of: ChangesOf, json: string): void
  /** Puts in what was taken and is newer than what is held; answers with how many changes that were. */
  apply(positions: Positions): Readonly<Record<ChangesOf, number>>
  applyEncoders(changes: readonly EncoderChange[], positions: Positions): void
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
  const { index, versions, owned } = start
  const vectors = createVectorWriters(start.encoders)
  const publish = publishing(start.epoch, send)
  const documentOf = productMapping(analyzer)
  let positions = start.positions
  let waiting: AnalysedChange[] = []
  let columns: CheckedColumns[] = []
  let refused: unknown

  const commit = () => {
    const text = index.commit()
    const published = vectors.commit()
    if (text !== null || published !== null) publish.send(text, published)
  }
  const isNews = ({ id, version }: Readonly<{ id: string; version: number }>) => version > versions.get(id)
  const put = ({ id, version, hash, document }: AnalysedChange) => {
    const isNew = versions.get(id) < 0
    const numbers = document === null ? null : owned.numbersOf(versions.entryOf(id))
    if (document !== null) index.add(numbers === null ? document : withNumbers(document, numbers), isNew)
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

  const putColumns = ({ change: { owner, id, version }, numbers }: CheckedColumns): boolean => {
    if (version <= owned.versionOf(owner, versions.entryOf(id))) return false
    if (versions.entryOf(id) < 0) versions.set(id, noProduct)
    owned.set(owner, versions.entryOf(id), version, numbers)
    // Written in place: nothing has to be published.
    index.updateColumns(id, { numbers })
    return true
  }

  return Object.freeze({
    state: () => ({ index, versions, owned, encoders: vectors.encoders(), positions, epoch: publish.epoch() }),
    take(of: ChangesOf, json: string) {
      try {
        if (of === 'vectors') vectors.take(JSON.parse(json) as readonly VectorChange[])
        else if (of === 'columns')
          for (const change of JSON.parse(json) as readonly OwnedChange[])
            columns.push({ change, numbers: ownedNumbersOf(change) })
        else for (const change of JSON.parse(json) as readonly ProductChange[]) analyse(change)
      } catch (error) {
        refused ??= error
      }
    },
    apply(newPositions: Positions) {
      const [taken, takenColumns, failed] = [waiting, columns, refused]
      waiting = []
      columns = []
      refused = undefined
      if (failed !== undefined) {
        vectors.drop()
        throw failed
      }
      try {
        const applied = {
          products: putAll(taken),
          vectors: vectors.put(),
          columns: takenColumns.filter(putColumns).length,
        }
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
    held(asked: HeldAsked) {
      const isPage = 'first' in asked
      const ids = isPage ? versions.ids(asked.first, asked.limit) : asked.ids.filter((id) => versions.entryOf(id) >= 0)
      const next = isPage && asked.first + ids.length < versions.size ? String(asked.first + ids.length) : null
      const heldOf = (id: string) => ({
        ...{ id, version: Math.max(0, versions.get(id)), hash: versions.hashOf(id), isFound: index.has(id) },
        owned: owned.heldOf(versions.entryOf(id)),
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

/** The version of a product of which nothing but columns came. */
const noProduct = -1

/** An index keeps columns that a document does not name, but only as long as the document is in it. */
const withNumbers = (document: IndexDocument, numbers: OwnedNumbers): IndexDocument => ({
  ...document,
  numbers: { ...document.numbers, ...numbers },
})

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

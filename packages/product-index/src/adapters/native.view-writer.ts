import type { Positions } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { IndexDocument, IndexWriter, Publication } from '@eip/engine-text-index'
import { productMapping } from '../product-document.ts'
import type { ColumnChange, ProductChange } from '../product-index-writer.port.ts'
import type { VersionLedger } from '../version-ledger.ts'

/** What a snapshot holds, and what a view goes on from. */
export type ViewState = Readonly<{ index: IndexWriter; versions: VersionLedger; positions: Positions | null }>

type AnalysedChange = Readonly<{ id: string; version: number; document: IndexDocument | null }>

/**
 * The view while it is written: index, versions and positions change together, in the one thread that holds them.
 *
 *   take(json) ─ analyse ─▶ waiting ─┐ (no reader sees it, no merge or snapshot takes it along)
 *   take(json) ─ analyse ─▶ waiting ─┤
 *   apply(positions) ────────────────┴─▶ index + versions + positions ─ commit ─▶ publish
 */
export interface ViewWriter {
  state(): ViewState
  /** Reads and analyses a part of what the next `apply` puts in. `json`: an array of ProductChange. */
  take(json: string): void
  /** Puts in what was taken and is newer than what is held; answers with how many changes that were. */
  apply(positions: Positions): number
  updateColumns(changes: readonly ColumnChange[]): void
  /** Merges for about `budgetMs`; answers whether there is more to do. */
  mergeSome(budgetMs: number): boolean
}

export function createViewWriter(
  start: ViewState,
  analyzer: Analyzer,
  publish: (publication: Publication) => void,
): ViewWriter {
  const { index, versions } = start
  const documentOf = productMapping(analyzer)
  let positions = start.positions
  let waiting: AnalysedChange[] = []
  let refused: unknown

  const commit = () => {
    const publication = index.commit()
    if (publication !== null) publish(publication)
  }
  const isNews = ({ id, version }: Readonly<{ id: string; version: number }>) => version > versions.get(id)
  const put = ({ id, version, document }: AnalysedChange) => {
    if (document === null) index.delete(id)
    else index.add(document)
    versions.set(id, version)
  }

  return Object.freeze({
    state: () => ({ index, versions, positions }),
    take(json: string) {
      try {
        for (const change of JSON.parse(json) as readonly ProductChange[]) {
          if (!isNews(change)) continue
          const { id, version, product } = change
          const isFound = product?.active === true
          waiting.push({ id, version, document: isFound ? documentOf(product) : null })
        }
      } catch (error) {
        refused ??= error
      }
    },
    apply(newPositions: Positions) {
      const [taken, failed] = [waiting, refused]
      waiting = []
      refused = undefined
      if (failed !== undefined) throw failed
      let applied = 0
      try {
        for (const change of taken) {
          // Asked again here: the batch itself may hold several versions of a product.
          if (!isNews(change)) continue
          put(change)
          applied++
        }
        positions = { ...positions, ...newPositions }
      } finally {
        commit()
      }
      return applied
    },
    updateColumns(changes: readonly ColumnChange[]) {
      for (const { id, numbers, keywords } of changes)
        index.updateColumns(id, { ...(numbers && { numbers }), ...(keywords && { keywords }) })
      // Columns are written in place; only a keyword never seen before has to be published.
      if (index.hasChanges()) commit()
    },
    mergeSome(budgetMs: number) {
      const state = index.mergeSome(budgetMs)
      if (state === 'ready') commit()
      return state !== 'idle'
    },
  })
}

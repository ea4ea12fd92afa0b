import type { Positions, Product } from '@eip/contracts'
import type { IndexStatistics, KeywordColumn, NumberColumn, ProductIndexReader } from './product-index.port.ts'

/** The newest state of one product, from `catalog.product-changed`. `product` is null where it was deleted. */
export type ProductChange = Readonly<{ id: string; version: number; product: Product | null }>

/** Of one product, some columns' new values; null makes a column absent. */
export type ColumnChange = Readonly<{
  id: string
  numbers?: Readonly<Partial<Record<NumberColumn, number | null>>>
  keywords?: Readonly<Partial<Record<KeywordColumn, string | null>>>
}>

/**
 * Writes the serving view.
 *  - `apply` is idempotent: a change is taken only if its version is newer than the one the view holds for that product, a deleted one's too.
 *  - When `apply` or `updateColumns` resolved, the next query sees the change, whole.
 *  - A query never sees half of an `apply`: a replaced product is there once, old or new.
 *  - An `apply` that rejects took no positions: given again, it takes what is still missing.
 *  - Calls take effect in the order they were made; while too much is on the way, `apply` waits (back-pressure).
 *  - `updateColumns` leaves alone what it does not name, and passes over products that are not in the view.
 *    A product's next change sets its columns anew, except those that no product carries itself (`availability`): these stay.
 *  - Positions given to `apply` are kept with the state they belong to; after a crash, `resumeFrom` answers positions that the state really holds.
 *    null means that the view holds nothing: read every topic from its start. A partition that is not named is to be read from its start.
 *  - `save` makes what was applied durable; what was not saved comes again from the events.
 */
export interface ProductIndexWriter {
  apply(changes: readonly ProductChange[], positions: Positions): Promise<void>
  updateColumns(changes: readonly ColumnChange[]): Promise<void>
  save(): Promise<void>
  resumeFrom(): Positions | null
  statistics(): IndexStatistics
}

/** The serving view as one process holds it. `close` saves, then lets go of the files. */
export interface ProductIndex {
  readonly writer: ProductIndexWriter
  readonly reader: ProductIndexReader
  close(): Promise<void>
}

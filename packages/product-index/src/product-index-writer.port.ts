import type { Positions, Product } from '@eip/contracts'
import type { ColumnOwner, IndexStatistics, OwnedColumn, ProductIndexReader } from './product-index.port.ts'

/** The newest state of one product, from `catalog.product-changed`. `product` is null where it was deleted. */
export type ProductChange = Readonly<{ id: string; version: number; product: Product | null }>

/**
 * All columns of one owner for one product, from `inventory.stock-changed` or `logistics.score-changed`. What is left out or null is
 * absent; `numbers` null: the owner knows nothing of the product any more.
 */
export type OwnedChange<Owner extends ColumnOwner = ColumnOwner> = Readonly<{
  owner: Owner
  id: string
  version: number
  numbers: Readonly<Partial<Record<OwnedColumn<Owner>, number | null>>> | null
}>

/** The newest vector of one product by one encoder, from `embedding.product-embedded`; null where there is none any more. */
export type VectorChange = Readonly<{
  productId: string
  encoder: string
  version: number
  /** Little-endian float32, base64. */
  vector: string | null
}>

/** Whether the view is to hold an encoder's vectors, from `embedding.model-published`. */
export type EncoderChange = Readonly<{ encoder: string; version: number; isHeld: boolean }>

/** What the view holds of one product. */
export type HeldVersion = Readonly<{
  id: string
  /** Of the newest change of the product that was applied, a deletion's too; 0: nothing but columns came. */
  version: number
  /** `shortHash` of what it said; null where it was deleted, or an earlier version of the program applied it. */
  hash: string | null
  /** Whether it can be found: it is not deleted, and active. */
  isFound: boolean
  /** What each owner of columns last said of it, with its version; an owner that said nothing is left out. */
  owned: Readonly<
    Partial<Record<ColumnOwner, Readonly<{ version: number; numbers: Readonly<Partial<Record<OwnedColumn, number>>> }>>>
  >
}>

/** Part of the answer, and where to go on; null: there is no more. */
export type HeldVersionsPage = Readonly<{ versions: readonly HeldVersion[]; next: string | null }>

/**
 * What the view was given, to be compared with what it should have been.
 *  - It tells what has been applied by now, whole calls of `apply` only.
 *  - `of` answers for the ids that the view knows, in the order asked; the others are left out.
 *  - `after` pages through every id that it knows, deleted and inactive ones too, and those of which nothing but columns came: from null on, then from `next`, each once, though
 *    changes are applied meanwhile. At most 1,000 of each call.
 */
export interface HeldVersions {
  of(ids: readonly string[]): Promise<readonly HeldVersion[]>
  after(cursor: string | null, limit: number): Promise<HeldVersionsPage>
}

/**
 * Writes the serving view.
 *  - `apply` is idempotent: a change is taken only if its version is newer than the one the view holds for that product, a deleted one's too.
 *  - When `apply` or `applyColumns` resolved, the next query sees the change, whole.
 *  - A query never sees half of an `apply`: a replaced product is there once, old or new.
 *  - An `apply` that rejects took no positions: given again, it takes what is still missing.
 *  - Calls take effect in the order they were made; while too much is on the way, `apply` waits (back-pressure).
 *  - `applyColumns` is as `apply`: idempotent by owner and product, each owner with versions of its own. It sets all columns of that
 *    owner and no others. Columns may come before their product, and outlive its changes and its deletion: when it comes back, it has them.
 *  - Positions given to `apply` are kept with the state they belong to; after a crash, `resumeFrom` answers positions that the state really holds.
 *    null means that the view holds nothing: read every topic from its start. A partition that is not named is to be read from its start.
 *  - `applyVectors` is as `apply`: idempotent by product and encoder, seen by the next query, durable with its positions. A vector
 *    may come before its product and stays when the product goes: only what words could find is found by meaning.
 *    A vector that cannot be read, or is of another length than its encoder's, rejects the call by naming product and encoder.
 *  - After `applyEncoders` said that an encoder is not held, its vectors are gone and later ones are passed over, until it is held again.
 *  - `save` makes what was applied durable; what was not saved comes again from the events.
 */
export interface ProductIndexWriter {
  apply(changes: readonly ProductChange[], positions: Positions): Promise<void>
  applyVectors(changes: readonly VectorChange[], positions: Positions): Promise<void>
  applyEncoders(changes: readonly EncoderChange[], positions: Positions): Promise<void>
  applyColumns(changes: readonly OwnedChange[], positions: Positions): Promise<void>
  save(): Promise<void>
  resumeFrom(): Positions | null
  statistics(): IndexStatistics
  readonly held: HeldVersions
  /** Changes in one `apply` that it takes best where more are waiting: each is a commit, and seen as one. */
  readonly batchSize: number
}

/** The serving view as one process holds it. `close` saves, then lets go of the files. */
export interface ProductIndex {
  readonly writer: ProductIndexWriter
  readonly reader: ProductIndexReader
  close(): Promise<void>
}

import type { Product } from '@eip/contracts'
import type { Decision, Standing } from '../domain/product-change.ts'

export type VersionedProduct = Readonly<{ product: Product; version: number }>

/** `active` are those of `products` that may be shown. */
export type ProductCount = Readonly<{ products: number; active: number }>

/** Where an id stands. `hash`: of its content; null once it was deleted. */
export type StandingVersion = Readonly<{ id: string; version: number; hash: string | null; isActive: boolean }>

/**
 * The product master.
 *  - `change` asks `decide` for each request in order, with where its id stands now: after the requests before it, and
 *    after every `change` asked for earlier. Two changes at once never decide on the same standing.
 *  - What `decide` answers is written, and its event goes out, both or neither; when `change` resolves, both are durable.
 *  - When `decide` throws or a write fails, nothing of the whole call stays and nothing is published.
 *  - A deleted product is neither read nor counted; its version is kept and stands in its way for ever.
 *  - `versionsOf` answers for the ids that ever were, deleted ones too, in any order; `versionsAfter` for the next `limit` of them
 *    by id (byte by byte), so that paging from null on names each once.
 *  - `read`, `count` and versions see whole calls of `change` only.
 *  - A product comes back exactly as it was written, whatever characters it holds.
 */
export interface ProductStore {
  change<Request extends Readonly<{ id: string }>, Outcome extends string>(
    requests: readonly Request[],
    decide: (request: Request, standing: Standing | null) => Decision<Outcome>,
  ): Promise<Outcome[]>
  /** null when there is no such product. */
  read(id: string): Promise<VersionedProduct | null>
  count(): Promise<ProductCount>
  versionsOf(ids: readonly string[]): Promise<readonly StandingVersion[]>
  versionsAfter(id: string | null, limit: number): Promise<readonly StandingVersion[]>
}

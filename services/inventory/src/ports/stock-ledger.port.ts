import type { LedgerEntry } from '@eip/contracts'
import type { Decision, Standing, Touched } from '../domain/ledger-change.ts'
import type { Stock } from '../domain/stock.ts'

export type LedgerCount = Readonly<{
  products: number
  outOfStock: number
  low: number
  heldReservations: number
  /** The greatest time that a change was written at; 0: none was. */
  latestAt: number
}>

/**
 * The book of what is on the shelf: stock, reservations, and every entry that led there.
 *  - `change` asks `decide` for each request in order, with how things stand now: after the requests before it, and after every
 *    `change` asked for earlier. Two changes at once, in whatever processes, never decide on the same standing.
 *  - `decide` finds what the request touches, and the products of its reservation.
 *  - What `decide` answers is written, and its events go out, all or nothing of the whole call; when `change` resolves, it is durable.
 *  - When `decide` throws or a write fails, nothing of the call stays and nothing is published.
 *  - Entries are only ever added. Amounts below zero, and more reserved than there is, are refused whoever decides so.
 *  - A product comes back exactly as it was written, whatever characters its id holds; those without stock are left out.
 *  - `stockAfter` answers with the next `limit` products by id (byte by byte), `low`: of those that were low when written.
 *  - `expired` names held reservations whose time was over at `at`, longest over first.
 *  - `unbalanced` names those of the products whose entries, or places, do not sum to their stock.
 */
export interface StockLedger {
  change<Request extends Touched, Outcome>(
    requests: readonly Request[],
    decide: (request: Request, standing: Standing) => Decision<Outcome>,
  ): Promise<Outcome[]>
  stockOf(productIds: readonly string[]): Promise<readonly Stock[]>
  stockAfter(productId: string | null, limit: number, which: 'all' | 'low'): Promise<readonly Stock[]>
  /** Newest first; `before`: the id of an entry. */
  entries(productId: string, before: number | null, limit: number): Promise<readonly LedgerEntry[]>
  expired(at: number, limit: number): Promise<readonly string[]>
  unbalanced(productIds: readonly string[]): Promise<readonly string[]>
  count(): Promise<LedgerCount>
}

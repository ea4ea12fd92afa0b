import type { Kysely } from 'kysely'

/** The handle of one transaction; it works until the function that it was given to returns. */
export interface Transaction<Schema> {
  readonly query: Kysely<Schema>
  /** Calls `hook` once the transaction is durable, and never if it is not. */
  afterCommit(hook: () => void): void
}

/**
 * A service's own database, asked by query builder.
 *  - A transaction is all or nothing: when its function rejects, nothing of it stays and the caller gets the same error.
 *  - Transactions run one after the other, in the order they were asked for; none sees another's half-done work, and neither does `query`.
 *  - When `transaction` resolves, its work is durable.
 *  - `query` inside a transaction of the same database does not hang: it is refused after a time (`database.turn-timeout`).
 *  - A transaction's handle that is used after the end is refused (`database.transaction-over`).
 *  - `close` lets finish what was asked for before; what is asked later is refused (`database.closed`).
 */
export interface Database<Schema> {
  /** For single queries outside a transaction. */
  readonly query: Kysely<Schema>
  transaction<T>(work: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

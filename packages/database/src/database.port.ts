import type { Kysely } from 'kysely'

/** The handle of one transaction; it works until the function that it was given to returns. */
export interface Transaction<Schema> {
  readonly query: Kysely<Schema>
  /** Calls `hook` once the transaction is durable, and never if it is not. */
  afterCommit(hook: () => void): void
  /** Resolves once no other transaction that locked this table is under way: who decides by what it reads asks for it first. */
  lock(table: keyof Schema & string): Promise<void>
}

/** Connections at one moment: at most `limit`, of which some are open; `waiting` counts the calls that wait for one. */
export type ConnectionUse = Readonly<{ limit: number; idle: number; inUse: number; waiting: number }>

/**
 * A service's own database, asked by query builder.
 *  - A transaction is all or nothing: when its function rejects, nothing of it stays and the caller gets the same error.
 *  - No transaction sees another's half-done work, and neither does `query`. One that changes a row waits for those that changed it
 *    before; who decides by what it reads asks for the table's lock first.
 *  - When `transaction` resolves, its work is durable.
 *  - `query` inside a transaction of the same database does not hang: it is refused, at once or after a time (`database.turn-timeout`).
 *  - A transaction's handle that is used after the end is refused (`database.transaction-over`).
 *  - `connections` counts one in use for every query and transaction that runs, and as waiting those that have not begun.
 *  - `close` lets finish what was asked for before; what is asked later is refused (`database.closed`).
 */
export interface Database<Schema, Tx extends Transaction<Schema> = Transaction<Schema>> {
  /** For single queries outside a transaction. */
  readonly query: Kysely<Schema>
  transaction<T>(work: (transaction: Tx) => Promise<T>): Promise<T>
  connections(): ConnectionUse
  close(): Promise<void>
}

import type { Envelope, Topic } from '@eip/contracts'
import type { Outbox } from '../outbox.port.ts'
import { checkEvent } from '../outbox-event.ts'
import { entriesOf, type OutboxRow, outboxReadLimit } from '../outbox-rows.ts'
import type { SqliteDatabase } from './sqlite.database.ts'
import type { SqliteConnection, SqliteTransaction } from './sqlite.transaction.ts'

/** A transaction's handle, whatever else its database holds. */
export type SqliteOutboxTransaction = Pick<SqliteTransaction<unknown>, 'statement' | 'afterCommit'>

function readRows(connection: SqliteConnection, limit: number): OutboxRow[] {
  const select = connection.statement<OutboxRow>('SELECT * FROM outbox_event ORDER BY position LIMIT ?')
  const rows: OutboxRow[] = []
  let characters = 0
  for (const row of select.iterate(limit)) {
    characters += row.envelope.length
    if (rows.length > 0 && characters > outboxReadLimit) break
    rows.push(row)
  }
  return rows
}

/** The outbox in the service's own file; `outboxMigrations` must be among the database's migrations. */
export function sqliteOutbox<Schema>(database: SqliteDatabase<Schema>): Outbox<SqliteOutboxTransaction> {
  const listeners = new Set<() => void>()
  const notify = () => {
    for (const listener of listeners) listener()
  }
  return Object.freeze({
    async add(tx: SqliteOutboxTransaction, topic: Topic, events: readonly Envelope[]) {
      const insert = tx.statement('INSERT INTO outbox_event (topic, envelope) VALUES (?, ?)')
      for (const event of events) {
        checkEvent(topic, event)
        insert.run(topic.name, JSON.stringify(event))
      }
      if (events.length > 0) tx.afterCommit(notify)
    },
    next: async (limit: number) => entriesOf(await database.use((connection) => readRows(connection, limit))),
    async removeThrough(position: number) {
      await database.use((connection) =>
        connection.statement('DELETE FROM outbox_event WHERE position <= ?').run(position),
      )
    },
    // Positions have no gaps, as SQLite numbers from the greatest on and only the front is removed.
    pending: () =>
      database.use((connection) => {
        const count = connection.statement<{ pending: number }>(
          // Two queries in one: each is a single step in the tree, both at once would be a walk through it.
          `SELECT coalesce((SELECT max(position) FROM outbox_event) - (SELECT min(position) FROM outbox_event) + 1, 0)
           AS pending`,
        )
        return count.get()!.pending
      }),
    onArrival(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  })
}

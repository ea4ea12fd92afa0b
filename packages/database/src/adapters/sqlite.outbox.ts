import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { databaseFailure } from '../failure.ts'
import type { MigrationSet } from '../migration.ts'
import type { Outbox, OutboxEntry } from '../outbox.port.ts'
import { timeSlice } from '../time-slice.ts'
import type { SqliteDatabase } from './sqlite.database.ts'
import type { SqliteConnection, SqliteTransaction } from './sqlite.transaction.ts'

export const sqliteOutboxMigrations: MigrationSet = Object.freeze({
  owner: 'outbox',
  migrations: [
    {
      name: '0001-events',
      sql: `CREATE TABLE outbox_event (position INTEGER PRIMARY KEY, topic TEXT NOT NULL, envelope TEXT NOT NULL) STRICT`,
    },
  ],
})

/** A transaction's handle, whatever else its database holds. */
export type SqliteOutboxTransaction = Pick<SqliteTransaction<unknown>, 'statement' | 'afterCommit'>

/** Characters of envelopes read at once, at most: events can be large, and memory stays bounded. */
const readLimit = 8_000_000

type Row = { position: number; topic: string; envelope: string }

function readRows(connection: SqliteConnection, limit: number): Row[] {
  const select = connection.statement<Row>('SELECT * FROM outbox_event ORDER BY position LIMIT ?')
  const rows: Row[] = []
  let characters = 0
  for (const row of select.iterate(limit)) {
    characters += row.envelope.length
    if (rows.length > 0 && characters > readLimit) break
    rows.push(row)
  }
  return rows
}

async function parseRows(rows: readonly Row[]): Promise<OutboxEntry[]> {
  const slice = timeSlice()
  const entries: OutboxEntry[] = []
  for (const { position, topic, envelope } of rows) {
    entries.push({ position, topic, event: JSON.parse(envelope) as Envelope })
    await slice.pause()
  }
  return entries
}

// What is unknown to it may pass, so it need not be carried over: checking is several times faster so.
const checkedFields = envelopeSchema.strip()

function checkEvent(topic: Topic, event: Envelope): void {
  const { error } = checkedFields.safeParse(event)
  if (error) {
    const [issue] = error.issues
    const message = `an event of "${topic.name}" cannot leave: ${issue!.path.join('.')}: ${issue!.message}`
    throw databaseFailure('database.bad-event', message)
  }
  if (event.schema !== topic.schema)
    throw databaseFailure('database.bad-event', `an event of "${topic.name}" has the schema "${event.schema}"`)
}

/** The outbox in the service's own file; `sqliteOutboxMigrations` must be among the database's migrations. */
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
    next: async (limit: number) => parseRows(await database.use((connection) => readRows(connection, limit))),
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

import type { Envelope, Topic } from '@eip/contracts'
import type { MigrationSet } from '../migration.ts'
import type { Outbox } from '../outbox.port.ts'
import { checkEvent } from '../outbox-event.ts'
import { outboxMigrations } from '../outbox-migrations.ts'
import { entriesOf, type OutboxRow, outboxReadLimit } from '../outbox-rows.ts'
import { timeSlice } from '../time-slice.ts'
import type { PostgresDatabase } from './postgres.database.ts'
import { relaySeat } from './postgres.relay-seat.ts'
import type { PostgresConnection, PostgresTransaction } from './postgres.transaction.ts'

/** The outbox's table, and what PostgreSQL has to know of it. */
export const postgresOutboxMigrations: readonly MigrationSet[] = Object.freeze([
  outboxMigrations,
  {
    owner: 'outbox-postgres',
    migrations: [
      {
        name: '0001-vacuum',
        // Every row is removed soon: reading from the front would step over all that is left of them.
        sql: 'ALTER TABLE outbox_event SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)',
      },
    ],
  },
])

/** A transaction's handle, whatever else its database holds. */
export type PostgresOutboxTransaction = Pick<PostgresTransaction<unknown>, 'rows' | 'afterCommit'>

export type PostgresOutbox = Outbox<PostgresOutboxTransaction> & Readonly<{ close(): Promise<void> }>

export type PostgresOutboxOptions = Readonly<{
  /** How often listeners are told while there are events, whoever brought them. Default 250. */
  lookEveryMs?: number
}>

/** Envelopes in one statement; text on its way to the server holds the thread. */
const writeLimit = 250_000

async function insert(tx: PostgresOutboxTransaction, topic: Topic, envelopes: readonly string[]): Promise<void> {
  await tx.rows(
    `INSERT INTO outbox_event (topic, envelope)
     SELECT $1, envelope FROM unnest($2::text[]) WITH ORDINALITY AS given (envelope, place) ORDER BY place`,
    [topic.name, envelopes],
  )
}

async function insertAll(tx: PostgresOutboxTransaction, topic: Topic, events: readonly Envelope[]): Promise<void> {
  const slice = timeSlice()
  let envelopes: string[] = []
  let characters = 0
  for (const event of events) {
    checkEvent(topic, event)
    const envelope = JSON.stringify(event)
    envelopes.push(envelope)
    characters += envelope.length
    if (characters > writeLimit) {
      await insert(tx, topic, envelopes)
      envelopes = []
      characters = 0
    }
    await slice.pause()
  }
  if (envelopes.length > 0) await insert(tx, topic, envelopes)
}

const readRows = (database: PostgresConnection, limit: number) =>
  database.rows<OutboxRow>(
    `SELECT position, topic, envelope
     FROM (
       SELECT *, sum(octet_length(envelope)) OVER (ORDER BY position) AS bytes_so_far
       FROM (SELECT * FROM outbox_event ORDER BY position LIMIT $1) AS oldest
     ) AS measured
     WHERE bytes_so_far <= $2 OR bytes_so_far = octet_length(envelope)
     ORDER BY position`,
    [limit, outboxReadLimit],
  )

/**
 * The outbox in the service's own schema, read by one relay at a time, whichever process has the seat.
 *
 * Positions are given while a transaction runs, so a later one may be committed first:
 *
 *     position   41   42   43   44
 *     committed  yes  —    yes  yes       42 is still under way: it may come
 *
 * `next` reads on past 42: nobody else can have changed its keys since, because their rows were locked before the position was
 * given. What was read is forgotten row by row, never by position alone: 42 stays until it was read itself, and no transaction,
 * however long, holds up the events of others.
 */
export function postgresOutbox<Schema>(
  database: PostgresDatabase<Schema>,
  { lookEveryMs = 250 }: PostgresOutboxOptions = {},
): PostgresOutbox {
  const { address } = database
  const channel = `${address.schema}.outbox`
  const listeners = new Set<() => void>()
  const notify = () => {
    for (const listener of listeners) listener()
  }
  const seat = relaySeat({ address, channel, heard: notify })
  /** Positions that were read and not forgotten yet. */
  let read: readonly number[] = []
  let ticking: NodeJS.Timeout | undefined
  let isTelling = false

  // Told after the commit and not by it: transactions that notify are committed one at a time in the whole server. Where this
  // process ends in between, or nobody could listen, the next look finds the events.
  const tellOthers = async () => {
    if (isTelling || seat.isHeld()) return
    isTelling = true
    await database.rows('SELECT pg_notify($1, $2)', [channel, '']).catch(() => {})
    isTelling = false
  }
  const notifyAll = () => {
    notify()
    void tellOthers()
  }
  const look = async () => {
    const [row] = await database.rows<{ any: boolean }>('SELECT EXISTS (SELECT FROM outbox_event) AS any')
    if (row!.any) notify()
  }
  const tick = () => {
    // The listener finds out itself what is wrong, and knows whom to tell.
    look().catch(notify)
  }
  return Object.freeze({
    async add(tx: PostgresOutboxTransaction, topic: Topic, events: readonly Envelope[]) {
      if (events.length === 0) return
      await insertAll(tx, topic, events)
      tx.afterCommit(notifyAll)
    },
    async next(limit: number) {
      if (!(await seat.take())) {
        read = []
        return []
      }
      const rows = await readRows(database, limit)
      read = [...new Set([...read, ...rows.map((row) => row.position)])]
      return entriesOf(rows)
    },
    async removeThrough(position: number) {
      const done = read.filter((each) => each <= position)
      await database.rows('DELETE FROM outbox_event WHERE position = ANY($1::bigint[])', [done])
      read = read.filter((each) => each > position)
    },
    async pending() {
      const [row] = await database.rows<{ pending: number }>('SELECT count(*) AS pending FROM outbox_event')
      return row!.pending
    },
    onArrival(listener: () => void) {
      listeners.add(listener)
      ticking ??= setInterval(tick, lookEveryMs).unref()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(ticking)
        ticking = undefined
      }
    },
    async close() {
      clearInterval(ticking)
      await seat.close()
    },
  })
}

import { encoderPublished, productEmbedded } from '@eip/contracts'
import { type Outbox, timeSlice } from '@eip/database'
import type { SqliteConnection, SqliteDatabase, SqliteOutboxTransaction, SqliteTransaction } from '@eip/database/sqlite'
import { type CountedEncoder, type EncoderRecord, publishedEvent } from '../domain/encoder-states.ts'
import type { VectorOutcome, VectorStanding } from '../domain/vector-change.ts'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import {
  type EmbeddingTables,
  type EncoderRow,
  recordOf,
  type StandingRow,
  standingOf,
} from './sql.embedding-tables.ts'

const allEncoders = (connection: SqliteConnection): CountedEncoder[] =>
  connection.statement<EncoderRow>('SELECT * FROM encoder ORDER BY number').all().map(recordOf)

function writeEncoder(connection: SqliteConnection, { description, ...record }: EncoderRecord): void {
  const { encoder, kind, name, dimensions, languages } = description
  const upsert = connection.statement(
    `INSERT INTO encoder (id, kind, name, dimensions, languages, state, version, vectors, trained_on, since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, dimensions = excluded.dimensions,
       languages = excluded.languages, state = excluded.state, version = excluded.version, vectors = excluded.vectors,
       trained_on = excluded.trained_on, since = excluded.since`,
  )
  const about = [encoder, kind, name, dimensions, languages === null ? null : JSON.stringify(languages)] as const
  upsert.run(...about, record.state, record.version, record.vectors, record.trainedOn, record.since)
}

type EncoderHead = Pick<EncoderRow, 'number' | 'state' | 'floor'>
const headOf = (connection: SqliteConnection, encoder: string): EncoderHead | undefined =>
  connection.statement<EncoderHead>('SELECT number, state, floor FROM encoder WHERE id = ?').get(encoder)

const standingReader = (connection: SqliteConnection, { number, floor }: EncoderHead) => {
  const select = connection.statement<StandingRow>(
    'SELECT version, product_version, text_hash, has_vector FROM embedding WHERE encoder = ? AND product = ?',
  )
  return (id: string) => standingOf(select.get(number, id), floor)
}

/** Writes standings within a transaction, and keeps count of what that changes. */
function standingWriter(tx: SqliteTransaction<EmbeddingTables>, { number }: EncoderHead) {
  const upsert = tx.statement('INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?, ?, ?)')
  const tally = { products: 0, embedded: 0 }
  return {
    write(id: string, before: VectorStanding, { version, productVersion, textHash, hasVector }: VectorStanding) {
      upsert.run(number, id, version, productVersion, textHash, Number(hasVector))
      tally.products += Number(textHash !== null) - Number(before.textHash !== null)
      tally.embedded += Number(hasVector) - Number(before.hasVector)
    },
    writeTally() {
      const add = tx.statement('UPDATE encoder SET products = products + ?, embedded = embedded + ? WHERE number = ?')
      if (tally.products !== 0 || tally.embedded !== 0) add.run(tally.products, tally.embedded, number)
    },
  }
}

/** The first products of an encoder, forgotten; its counts and floor are brought to what is left. */
function forget(tx: SqliteTransaction<EmbeddingTables>, { number }: EncoderHead, limit: number) {
  const select = tx.statement<StandingRow & { product: string }>(
    `SELECT product, version, product_version, text_hash, has_vector FROM embedding
     WHERE encoder = ? ORDER BY product LIMIT ?`,
  )
  const rows = select.all(number, limit)
  const last = rows.at(-1)
  if (last === undefined) return []
  tx.statement('DELETE FROM embedding WHERE encoder = ? AND product <= ?').run(number, last.product)
  const count = (isCounted: (row: StandingRow) => boolean) => rows.filter(isCounted).length
  // Each row's deletion is one version on.
  const floor = rows.reduce((greatest, row) => Math.max(greatest, row.version + row.has_vector), 0)
  const shrink = tx.statement(
    'UPDATE encoder SET products = products - ?, embedded = embedded - ?, floor = max(floor, ?) WHERE number = ?',
  )
  const living = count(({ text_hash }) => text_hash !== null)
  const embedded = count(({ has_vector }) => has_vector === 1)
  shrink.run(living, embedded, floor, number)
  return rows.map((row) => ({ productId: row.product, standing: standingOf(row, 0) }))
}

export type SqliteEmbeddingLedgerOptions = Readonly<{
  /** With `embeddingLedgerMigrations` and `outboxMigrations` among its migrations. */
  database: SqliteDatabase<EmbeddingTables>
  outbox: Outbox<SqliteOutboxTransaction>
}>

/** The ledger in one SQLite file. */
export function sqliteEmbeddingLedger({ database, outbox }: SqliteEmbeddingLedgerOptions): EmbeddingLedger {
  const ledger: EmbeddingLedger = {
    encoders: () => database.use(allEncoders),
    changeEncoders: (occasion, decide) =>
      database.transaction(async (tx) => {
        const changes = decide(allEncoders(tx))
        for (const record of changes) writeEncoder(tx, record)
        await outbox.add(
          tx,
          encoderPublished,
          changes.map((record) => publishedEvent(record, occasion)),
        )
        return allEncoders(tx)
      }),
    standings: (encoder, productIds) =>
      database.use((connection) => {
        const head = headOf(connection, encoder)
        if (head === undefined) return productIds.map(() => standingOf(undefined, 0))
        return productIds.map(standingReader(connection, head))
      }),
    record: (encoder, requests, decide) =>
      database.transaction(async (tx) => {
        const head = headOf(tx, encoder)
        if (head === undefined || head.state === 'retired') return []
        const read = standingReader(tx, head)
        const writer = standingWriter(tx, head)
        const slice = timeSlice()
        const outcomes: VectorOutcome[] = []
        for (const request of requests) {
          const standing = read(request.id)
          const { outcome, change } = decide(request, standing)
          outcomes.push(outcome)
          if (change !== null) writer.write(change.id, standing, change.standing)
          if (change?.event) await outbox.add(tx, productEmbedded, [change.event])
          await slice.pause()
        }
        writer.writeTally()
        return outcomes
      }),
    withdraw: (encoder, limit, eventOf) =>
      database.transaction(async (tx) => {
        const head = headOf(tx, encoder)
        if (head?.state !== 'retired') return 0
        const forgotten = forget(tx, head, limit)
        const slice = timeSlice()
        for (const { productId, standing } of forgotten) {
          const event = eventOf(productId, standing)
          if (event !== null) await outbox.add(tx, productEmbedded, [event])
          await slice.pause()
        }
        return forgotten.length
      }),
  }
  return Object.freeze(ledger)
}

import { type EmbeddedProduct, type Envelope, encoderPublished, productEmbedded } from '@eip/contracts'
import { type Outbox, oneByOne, timeSlice } from '@eip/database'
import type {
  PostgresConnection,
  PostgresDatabase,
  PostgresOutboxTransaction,
  PostgresTransaction,
} from '@eip/database/postgres'
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

export type PostgresEmbeddingLedgerOptions = Readonly<{
  /** With `embeddingLedgerMigrations` and `postgresOutboxMigrations` among its migrations. */
  database: PostgresDatabase<EmbeddingTables>
  outbox: Outbox<PostgresOutboxTransaction>
}>

type Tx = PostgresTransaction<EmbeddingTables>
type EncoderHead = Pick<EncoderRow, 'number' | 'state' | 'floor'>

const allEncoders = async (connection: PostgresConnection): Promise<CountedEncoder[]> =>
  (await connection.rows<EncoderRow>('SELECT * FROM encoder ORDER BY number')).map(recordOf)

async function writeEncoder(tx: Tx, { description, ...record }: EncoderRecord): Promise<void> {
  const { encoder, kind, name, dimensions, languages } = description
  await tx.rows(
    `INSERT INTO encoder (id, kind, name, dimensions, languages, state, version, vectors, trained_on, since)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, dimensions = excluded.dimensions,
       languages = excluded.languages, state = excluded.state, version = excluded.version, vectors = excluded.vectors,
       trained_on = excluded.trained_on, since = excluded.since`,
    [
      ...[encoder, kind, name, dimensions, languages === null ? null : JSON.stringify(languages)],
      ...[record.state, record.version, record.vectors, record.trainedOn, record.since],
    ],
  )
}

/** Until the end of the transaction nobody else changes this encoder, nor what it has read. */
const lockedHead = async (tx: Tx, encoder: string): Promise<EncoderHead | undefined> =>
  (await tx.rows<EncoderHead>('SELECT number, state, floor FROM encoder WHERE id = $1 FOR NO KEY UPDATE', [encoder]))[0]

/** In one statement, so that standings and floor are of one moment. */
async function standingsOf(
  connection: PostgresConnection,
  encoder: string,
  ids: readonly string[],
): Promise<(id: string) => VectorStanding> {
  const rows = await connection.rows<StandingRow & { product: string | null; floor: number }>(
    `SELECT floor, product, embedding.version, product_version, text_hash, has_vector
     FROM encoder LEFT JOIN embedding ON embedding.encoder = number AND product = ANY($2) WHERE id = $1`,
    [encoder, ids],
  )
  const found = new Map(rows.map((row) => [row.product, row]))
  const floor = rows[0]?.floor ?? 0
  return (id) => standingOf(found.get(id), floor)
}

async function writeStandings(
  tx: Tx,
  { number }: EncoderHead,
  changed: ReadonlyMap<string, VectorStanding>,
  tally: Readonly<{ products: number; embedded: number }>,
): Promise<void> {
  if (changed.size === 0) return
  const standings = [...changed.values()]
  await tx.rows(
    `INSERT INTO embedding (encoder, product, version, product_version, text_hash, has_vector)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
     ON CONFLICT (encoder, product) DO UPDATE SET version = excluded.version,
       product_version = excluded.product_version, text_hash = excluded.text_hash, has_vector = excluded.has_vector`,
    [
      number,
      [...changed.keys()],
      standings.map(({ version }) => version),
      standings.map(({ productVersion }) => productVersion),
      standings.map(({ textHash }) => textHash),
      standings.map(({ hasVector }) => Number(hasVector)),
    ],
  )
  const { products, embedded } = tally
  const add = 'UPDATE encoder SET products = products + $1, embedded = embedded + $2 WHERE number = $3'
  await tx.rows(add, [products, embedded, number])
}

/** The first products of an encoder, forgotten; its counts and floor are brought to what is left. */
async function forget(tx: Tx, { number }: EncoderHead, limit: number) {
  const rows = await tx.rows<StandingRow & { product: string }>(
    `DELETE FROM embedding WHERE encoder = $1
       AND product IN (SELECT product FROM embedding WHERE encoder = $1 ORDER BY product LIMIT $2)
     RETURNING product, version, product_version, text_hash, has_vector`,
    [number, limit],
  )
  const count = (isCounted: (row: StandingRow) => boolean) => rows.filter(isCounted).length
  // Each row's deletion is one version on.
  const floor = rows.reduce((greatest, row) => Math.max(greatest, row.version + row.has_vector), 0)
  await tx.rows(
    'UPDATE encoder SET products = products - $1, embedded = embedded - $2, floor = greatest(floor, $3) WHERE number = $4',
    [count(({ text_hash }) => text_hash !== null), count(({ has_vector }) => has_vector === 1), floor, number],
  )
  const inOrder = rows.toSorted((a, b) => (a.product < b.product ? -1 : 1))
  return inOrder.map((row) => ({ productId: row.product, standing: standingOf(row, 0) }))
}

/**
 * The ledger in one schema. Those who change the products of one encoder wait for each other: its counts stand in its row. Within
 * a process they do so in the order in which they were asked.
 */
export function postgresEmbeddingLedger({ database, outbox }: PostgresEmbeddingLedgerOptions): EmbeddingLedger {
  const inTurn = oneByOne('the embedding ledger')
  const changing = <Answer>(work: (tx: Tx) => Promise<Answer>) => inTurn(() => database.transaction(work))
  const ledger: EmbeddingLedger = {
    encoders: () => allEncoders(database),
    changeEncoders: (occasion, decide) =>
      changing(async (tx) => {
        await tx.lock('encoder')
        const changes = decide(await allEncoders(tx))
        for (const record of changes) await writeEncoder(tx, record)
        const events = changes.map((record) => publishedEvent(record, occasion))
        await outbox.add(tx, encoderPublished, events)
        return allEncoders(tx)
      }),
    async standings(encoder, productIds) {
      return productIds.map(await standingsOf(database, encoder, productIds))
    },
    record: (encoder, requests, decide) =>
      changing(async (tx) => {
        const head = await lockedHead(tx, encoder)
        if (head === undefined || head.state === 'retired') return []
        const ids = requests.map(({ id }) => id)
        const read = await standingsOf(tx, encoder, ids)
        const changed = new Map<string, VectorStanding>()
        const tally = { products: 0, embedded: 0 }
        const events: Envelope<EmbeddedProduct>[] = []
        const outcomes: VectorOutcome[] = []
        const slice = timeSlice()
        for (const request of requests) {
          const before = changed.get(request.id) ?? read(request.id)
          const { outcome, change } = decide(request, before)
          outcomes.push(outcome)
          if (change !== null) {
            const { standing, id, event } = change
            tally.products += Number(standing.textHash !== null) - Number(before.textHash !== null)
            tally.embedded += Number(standing.hasVector) - Number(before.hasVector)
            changed.set(id, standing)
            if (event) events.push(event)
          }
          await slice.pause()
        }
        await writeStandings(tx, head, changed, tally)
        await outbox.add(tx, productEmbedded, events)
        return outcomes
      }),
    withdraw: (encoder, limit, eventOf) =>
      changing(async (tx) => {
        const head = await lockedHead(tx, encoder)
        if (head?.state !== 'retired') return 0
        const forgotten = await forget(tx, head, limit)
        const events = forgotten.map(({ productId, standing }) => eventOf(productId, standing))
        await outbox.add(
          tx,
          productEmbedded,
          events.filter((event) => event !== null),
        )
        return forgotten.length
      }),
  }
  return Object.freeze(ledger)
}

import { productChanged } from '@eip/contracts'
import { type Outbox, oneByOne, timeSlice } from '@eip/database'
import type { PostgresDatabase, PostgresOutboxTransaction, PostgresTransaction } from '@eip/database/postgres'
import type { Decision, ProductChange, Standing } from '../domain/product-change.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { decidedChanges, type StandingOf } from './postgres.product-changes.ts'
import { productReads } from './sql.product-reads.ts'
import { type ProductTables, type StandingRow, standingOf } from './sql.product-tables.ts'

export type PostgresProductStoreOptions = Readonly<{
  /** With `productStoreMigrations` and `postgresOutboxMigrations` among its migrations. */
  database: PostgresDatabase<ProductTables>
  outbox: Outbox<PostgresOutboxTransaction>
}>

type Tx = PostgresTransaction<ProductTables>

/** Another process changed one of the products between the look and the change. */
const hasMovedOn = Symbol('has moved on')

async function standingsIn(tx: Tx, ids: readonly string[]): Promise<StandingOf> {
  const rows = await tx.rows<StandingRow & { id: string }>(
    'SELECT id, version, is_active, content_hash, created_at, updated_at FROM product WHERE id = ANY($1)',
    [ids],
  )
  const found = new Map(rows.map((row) => [row.id, standingOf(row)]))
  return (id) => found.get(id) ?? null
}

/** Locks the products, each process in the same order, if they still stand as they were seen. */
async function lock(tx: Tx, ids: readonly string[], seen: StandingOf): Promise<void> {
  const rows = await tx.rows<{ id: string; version: number }>(
    'SELECT id, version FROM product WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE',
    [ids],
  )
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  for (const id of ids) if (versions.get(id) !== seen(id)?.version) throw hasMovedOn
}

const columnsOf = (changes: readonly ProductChange[]) => [
  changes.map(({ id }) => id),
  changes.map(({ version }) => version),
  changes.map(({ content }) => Number(content?.product.active ?? false)),
  changes.map(({ content }) => content?.hash ?? null),
  changes.map(({ content }) => content?.product.createdAt ?? null),
  changes.map(({ content }) => content?.product.updatedAt ?? null),
  changes.map(({ content }) => content?.text ?? null),
]
const columns = 'id, version, is_active, content_hash, created_at, updated_at, content'
const given = `unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
  WITH ORDINALITY AS given (${columns}, place)`

/** Products in one statement: what they take on their way to the server holds the thread. */
const productsAtOnce = 200

function* inChunks(changes: readonly ProductChange[]): Generator<readonly ProductChange[]> {
  for (let start = 0; start < changes.length; start += productsAtOnce)
    yield changes.slice(start, start + productsAtOnce)
}

async function insert(tx: Tx, changes: readonly ProductChange[]): Promise<void> {
  for (const chunk of inChunks(changes)) {
    const written = await tx.rows(
      `INSERT INTO product (${columns}) SELECT ${columns} FROM ${given} ORDER BY place ON CONFLICT DO NOTHING RETURNING 1`,
      columnsOf(chunk),
    )
    if (written.length < chunk.length) throw hasMovedOn
  }
}

async function update(tx: Tx, changes: readonly ProductChange[]): Promise<void> {
  for (const chunk of inChunks(changes))
    await tx.rows(
      `UPDATE product SET version = given.version, is_active = given.is_active, content_hash = given.content_hash,
         created_at = given.created_at, updated_at = given.updated_at, content = given.content
       FROM ${given} WHERE product.id = given.id`,
      columnsOf(chunk),
    )
}

/**
 * The product master in one schema. A call is a few statements, however many products it is about:
 *
 *     look ─▶ decide ─▶ lock what changes ─▶ insert, update ─▶ events ─▶ count
 *      ▲                       └─ it stands differently now, or is there already ─┐
 *      └────────────────────── roll back ◀────────────────────────────────────────┘
 *
 * Calls of one process follow each other; those of several wait only where they change the same products. The count is one row for
 * all: it comes last, so that it is locked for no longer than the commit takes.
 */
export function postgresProductStore({ database, outbox }: PostgresProductStoreOptions): ProductStore {
  const inTurn = oneByOne('the product store')

  async function changeOnce<Request extends Readonly<{ id: string }>, Outcome extends string>(
    tx: Tx,
    requests: readonly Request[],
    decide: (request: Request, standing: Standing | null) => Decision<Outcome>,
  ): Promise<Outcome[]> {
    const ids = requests.map(({ id }) => id)
    const seen = await standingsIn(tx, ids)
    const { outcomes, changes, events, tally } = await decidedChanges(requests, seen, decide, timeSlice())
    if (events.length === 0) return outcomes
    await lock(
      tx,
      changes.map(({ id }) => id),
      seen,
    )
    await update(
      tx,
      changes.filter(({ id }) => seen(id) !== null),
    )
    await insert(
      tx,
      changes.filter(({ id }) => seen(id) === null),
    )
    await outbox.add(tx, productChanged, events)
    const add = 'UPDATE product_tally SET products = products + $1, active = active + $2'
    if (tally.products !== 0 || tally.active !== 0) await tx.rows(add, [tally.products, tally.active])
    return outcomes
  }
  return Object.freeze({
    change: (requests, decide) =>
      inTurn(async () => {
        while (true)
          try {
            return await database.transaction((tx) => changeOnce(tx, requests, decide))
          } catch (error) {
            if (error !== hasMovedOn) throw error
          }
      }),
    ...productReads(database),
  } satisfies ProductStore)
}

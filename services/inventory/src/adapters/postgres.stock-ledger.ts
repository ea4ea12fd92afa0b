import { stockChanged } from '@eip/contracts'
import { type Outbox, timeSlice } from '@eip/database'
import type { PostgresDatabase, PostgresOutboxTransaction, PostgresTransaction } from '@eip/database/postgres'
import type { Decision, Standing, Touched } from '../domain/ledger-change.ts'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { hasMovedOn, lockedIn } from './postgres.ledger-locks.ts'
import { ledgerReads } from './sql.ledger-reads.ts'
import { type LedgerTables, stockValues } from './sql.ledger-tables.ts'
import { type LedgerWork, ledgerWork } from './sql.ledger-work.ts'

type Tx = PostgresTransaction<LedgerTables>
type Decide<Request, Outcome> = (request: Request, standing: Standing) => Decision<Outcome>
type Cell = string | number | null

/** Rows in one statement: what they take on their way to the server holds the thread. */
const rowsAtOnce = 500

/** Runs `sql` for all rows, some at a time; `$1`, `$2` … are their columns. Answers with how many rows it answered. */
async function forAll(tx: Tx, sql: string, rows: readonly (readonly Cell[])[]): Promise<number> {
  let answered = 0
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const chunk = rows.slice(start, start + rowsAtOnce)
    const columns = chunk[0]!.map((_, column) => chunk.map((row) => row[column]!))
    answered += (await tx.rows(sql, columns)).length
  }
  return answered
}

const given = (...types: readonly ('text' | 'bigint' | 'float8')[]) =>
  `unnest(${types.map((type, place) => `$${place + 1}::${type}[]`).join(', ')}) WITH ORDINALITY`

const stockColumns =
  'product_id, version, on_hand, reserved, low_stock_at, sales_since, sales_log2, sales_expected, sales_expected_at, asked, unmet, is_generated, published_cover, is_low'
const givenStock = `${given(
  ...(['text', 'bigint', 'bigint', 'bigint', 'bigint', 'bigint', 'float8', 'float8'] as const),
  ...(['bigint', 'bigint', 'bigint', 'bigint', 'float8', 'bigint'] as const),
)} AS given (${stockColumns}, line)`
const stockSteps = stockColumns
  .split(', ')
  .slice(1)
  .map((column) => `${column} = given.${column}`)
  .join(', ')

/** What is new must still be new, or another process has made it: then all begins again. */
async function insertNew(tx: Tx, sql: string, rows: readonly (readonly Cell[])[]): Promise<void> {
  if ((await forAll(tx, `${sql} ON CONFLICT DO NOTHING RETURNING 1`, rows)) < rows.length) throw hasMovedOn
}

async function writeReservations(tx: Tx, reservations: LedgerWork<unknown>['reservations']): Promise<void> {
  const columns = 'id, state, lines_hash, expires_at'
  const source = `${given('text', 'text', 'text', 'bigint')} AS given (${columns}, line)`
  const rowsOf = (isNew: boolean) =>
    reservations
      .filter(({ before }) => (before === null) === isNew)
      .map(({ after }) => [after.id, after.state, after.linesHash, after.expiresAt])
  await insertNew(
    tx,
    `INSERT INTO reservation (${columns}) SELECT ${columns} FROM ${source} ORDER BY line`,
    rowsOf(true),
  )
  await forAll(
    tx,
    `UPDATE reservation SET state = given.state, lines_hash = given.lines_hash, expires_at = given.expires_at
     FROM ${source} WHERE reservation.id = given.id`,
    rowsOf(false),
  )
  const lines = reservations.flatMap(({ before, after }) =>
    after.lines
      .filter((line) => !before?.lines.includes(line))
      .map(({ productId, place, quantity, restored }) => [after.id, productId, place, quantity, restored]),
  )
  const lineColumns = 'reservation_id, product_id, place, quantity, restored'
  await forAll(
    tx,
    `INSERT INTO reservation_line (${lineColumns})
     SELECT ${lineColumns} FROM ${given('text', 'text', 'text', 'bigint', 'bigint')} AS given (${lineColumns}, line)
     ON CONFLICT (reservation_id, product_id, place) DO UPDATE SET restored = excluded.restored`,
    lines,
  )
}

async function writeStocks(tx: Tx, stocks: LedgerWork<unknown>['stocks']): Promise<void> {
  const rowsOf = (isNew: boolean) =>
    stocks.filter(({ before }) => (before === null) === isNew).map(({ after }) => stockValues(after))
  await insertNew(
    tx,
    `INSERT INTO stock (${stockColumns}) SELECT ${stockColumns} FROM ${givenStock} ORDER BY line`,
    rowsOf(true),
  )
  await forAll(
    tx,
    `UPDATE stock SET ${stockSteps} FROM ${givenStock} WHERE stock.product_id = given.product_id`,
    rowsOf(false),
  )
  const places = stocks.flatMap(({ before, after }) =>
    after.places
      .filter((each) => !before?.places.includes(each))
      .map(({ place, onHand, reserved }) => [after.productId, place, onHand, reserved]),
  )
  const columns = 'product_id, place, on_hand, reserved'
  await forAll(
    tx,
    `INSERT INTO stock_place (${columns})
     SELECT ${columns} FROM ${given('text', 'text', 'bigint', 'bigint')} AS given (${columns}, line)
     ON CONFLICT (product_id, place) DO UPDATE SET on_hand = excluded.on_hand, reserved = excluded.reserved`,
    places,
  )
}

async function writeEntries(tx: Tx, entries: LedgerWork<unknown>['entries']): Promise<void> {
  const columns = 'at, operation_id, product_id, place, reason, on_hand, reserved, note, written_by, is_generated'
  const source = given('bigint', 'text', 'text', 'text', 'text', 'bigint', 'bigint', 'text', 'text', 'bigint')
  await forAll(
    tx,
    `INSERT INTO stock_ledger (${columns}) SELECT ${columns} FROM ${source} AS given (${columns}, line) ORDER BY line`,
    entries.map((entry) => [
      ...[entry.at, entry.operationId, entry.productId, entry.place, entry.reason, entry.onHand, entry.reserved],
      ...[entry.note, entry.by, Number(entry.isGenerated)],
    ]),
  )
}

async function writeOperations(tx: Tx, operations: LedgerWork<unknown>['operations']): Promise<void> {
  const source = `${given('text', 'text')} AS given (id, content_hash, line)`
  await insertNew(
    tx,
    `INSERT INTO operation (id, content_hash) SELECT id, content_hash FROM ${source} ORDER BY line`,
    operations.map(({ id, hash }) => [id, hash]),
  )
}

/** The tally is one row for all: it comes last, so that it is locked for no longer than the commit takes. */
const writeTally = (tx: Tx, { products, outOfStock, low, held, latestAt }: LedgerWork<unknown>['tally']) =>
  tx.rows(
    `UPDATE stock_tally SET products = products + $1, out_of_stock = out_of_stock + $2, low = low + $3,
       held_reservations = held_reservations + $4, latest_at = greatest(latest_at, $5)`,
    [products, outOfStock, low, held, latestAt],
  )

export type PostgresStockLedgerOptions = Readonly<{
  /** With `stockLedgerMigrations` and `postgresOutboxMigrations` among its migrations. */
  database: PostgresDatabase<LedgerTables>
  outbox: Outbox<PostgresOutboxTransaction>
}>

/**
 * The ledger in one schema. A call is a few statements, however many requests it has:
 *
 *     lock what is touched ─▶ decide ─▶ write, new rows first ─▶ events ─▶ tally
 *      ▲                         └─ it touches more, or what was new is there already ─┐
 *      └────────────────────── roll back ◀──────────────────────────────────────────────┘
 *
 * Everybody locks reservations before stock, each by id, and writes what is new in the same order: nobody waits in a circle.
 */
export function postgresStockLedger({ database, outbox }: PostgresStockLedgerOptions): StockLedger {
  async function write(tx: Tx, work: LedgerWork<unknown>): Promise<void> {
    await writeReservations(tx, work.reservations)
    await writeOperations(tx, work.operations)
    await writeStocks(tx, work.stocks)
    await writeEntries(tx, work.entries)
    await outbox.add(tx, stockChanged, work.events)
    await writeTally(tx, work.tally)
  }
  async function once<Request extends Touched, Outcome>(
    tx: Tx,
    requests: readonly Request[],
    decide: Decide<Request, Outcome>,
  ): Promise<Outcome[]> {
    const work = await ledgerWork(requests, await lockedIn(tx, requests), decide, timeSlice())
    if (work.tally.latestAt > 0) await write(tx, work)
    return work.outcomes
  }
  async function change<Request extends Touched, Outcome>(
    requests: readonly Request[],
    decide: Decide<Request, Outcome>,
  ): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt++)
      try {
        return await database.transaction((tx) => once(tx, requests, decide))
      } catch (error) {
        if (error !== hasMovedOn) throw error
        // So often nobody comes in between: something is asked for that the request does not touch.
        if (attempt === 100) throw new Error('the ledger was changed in between a hundred times')
      }
  }
  return Object.freeze({ change, ...ledgerReads(database) } satisfies StockLedger)
}

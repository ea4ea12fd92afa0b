import { stockChanged } from '@eip/contracts'
import { type Outbox, timeSlice } from '@eip/database'
import type { SqliteDatabase, SqliteOutboxTransaction, SqliteTransaction } from '@eip/database/sqlite'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { ledgerReads } from './sql.ledger-reads.ts'
import {
  type LedgerTables,
  type PlaceColumns,
  placeOf,
  type StockColumns,
  stockOf,
  stockValues,
} from './sql.ledger-tables.ts'
import { type Found, type LedgerWork, ledgerWork } from './sql.ledger-work.ts'

type Tx = SqliteTransaction<LedgerTables>

function foundIn(tx: Tx): Found {
  const stock = tx.statement<StockColumns>('SELECT * FROM stock WHERE product_id = ?')
  const places = tx.statement<PlaceColumns>('SELECT * FROM stock_place WHERE product_id = ? ORDER BY place')
  const reservation = tx.statement<LedgerTables['reservation']>('SELECT * FROM reservation WHERE id = ?')
  const lines = tx.statement<LedgerTables['reservation_line']>(
    'SELECT * FROM reservation_line WHERE reservation_id = ? ORDER BY product_id, place',
  )
  const operation = tx.statement<LedgerTables['operation']>('SELECT * FROM operation WHERE id = ?')
  return {
    stock(productId) {
      const row = stock.get(productId)
      return row ? stockOf(row, places.all(productId).map(placeOf)) : null
    },
    reservation(id) {
      const row = reservation.get(id)
      if (!row) return null
      const { state, lines_hash: linesHash, expires_at: expiresAt } = row
      const found = lines.all(id).map(({ product_id: productId, place, quantity, restored }) => ({
        ...{ productId, place, quantity, restored },
      }))
      return { id, state, linesHash, expiresAt, lines: found }
    },
    operation: (id) => operation.get(id)?.content_hash ?? null,
  }
}

function writeStocks(tx: Tx, stocks: LedgerWork<unknown>['stocks']): void {
  const insert = tx.statement(`INSERT INTO stock VALUES (${'?, '.repeat(13)}?)`)
  const update = tx.statement(
    `UPDATE stock SET version = ?, on_hand = ?, reserved = ?, low_stock_at = ?, sales_since = ?, sales_log2 = ?,
       sales_expected = ?, sales_expected_at = ?, asked = ?, unmet = ?, is_generated = ?, published_cover = ?, is_low = ?
     WHERE product_id = ?`,
  )
  const place = tx.statement(
    `INSERT INTO stock_place VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET on_hand = excluded.on_hand, reserved = excluded.reserved`,
  )
  for (const { before, after } of stocks) {
    const [productId, ...values] = stockValues(after)
    if (before === null) insert.run(productId, ...values)
    else update.run(...values, productId)
    for (const each of after.places)
      if (!before?.places.includes(each)) place.run(productId, each.place, each.onHand, each.reserved)
  }
}

function writeReservations(tx: Tx, reservations: LedgerWork<unknown>['reservations']): void {
  const head = tx.statement(
    `INSERT INTO reservation VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, lines_hash = excluded.lines_hash, expires_at = excluded.expires_at`,
  )
  const line = tx.statement(
    'INSERT INTO reservation_line VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET restored = excluded.restored',
  )
  for (const { before, after } of reservations) {
    head.run(after.id, after.state, after.linesHash, after.expiresAt)
    for (const each of after.lines)
      if (!before?.lines.includes(each)) line.run(after.id, each.productId, each.place, each.quantity, each.restored)
  }
}

function writeRest(tx: Tx, { operations, entries, tally }: LedgerWork<unknown>): void {
  const operation = tx.statement('INSERT INTO operation VALUES (?, ?)')
  for (const { id, hash } of operations) operation.run(id, hash)
  const entry = tx.statement(`INSERT INTO stock_ledger VALUES (NULL, ${'?, '.repeat(9)}?)`)
  for (const { at, operationId, productId, place, reason, onHand, reserved, note, by, isGenerated } of entries)
    entry.run(at, operationId, productId, place, reason, onHand, reserved, note, by, Number(isGenerated))
  tx.statement(
    `UPDATE stock_tally SET products = products + ?, out_of_stock = out_of_stock + ?, low = low + ?,
       held_reservations = held_reservations + ?, latest_at = max(latest_at, ?)`,
  ).run(tally.products, tally.outOfStock, tally.low, tally.held, tally.latestAt)
}

export type SqliteStockLedgerOptions = Readonly<{
  /** With `stockLedgerMigrations` and `outboxMigrations` among its migrations. */
  database: SqliteDatabase<LedgerTables>
  outbox: Outbox<SqliteOutboxTransaction>
}>

/** The ledger in one SQLite file: a call is one transaction, in which each row is read and written once. */
export function sqliteStockLedger({ database, outbox }: SqliteStockLedgerOptions): StockLedger {
  return Object.freeze({
    change: (requests, decide) =>
      database.transaction(async (tx) => {
        const work = await ledgerWork(requests, foundIn(tx), decide, timeSlice())
        if (work.tally.latestAt === 0) return work.outcomes
        writeStocks(tx, work.stocks)
        writeReservations(tx, work.reservations)
        writeRest(tx, work)
        await outbox.add(tx, stockChanged, work.events)
        return work.outcomes
      }),
    ...ledgerReads(database),
  } satisfies StockLedger)
}

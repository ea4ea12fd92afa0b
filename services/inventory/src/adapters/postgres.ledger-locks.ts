import type { PostgresTransaction } from '@eip/database/postgres'
import type { Touched } from '../domain/ledger-change.ts'
import type { Reservation } from '../domain/reservation.ts'
import type { Stock } from '../domain/stock.ts'
import { type LedgerTables, type PlaceColumns, placeOf, type StockColumns, stockOf } from './sql.ledger-tables.ts'
import type { Found } from './sql.ledger-work.ts'

type Tx = PostgresTransaction<LedgerTables>

/** Another process changed what this one looked at before it was locked. */
export const hasMovedOn = Symbol('has moved on')

const unique = (ids: Iterable<string | null>) => [...new Set(ids)].filter((id) => id !== null).sort()

async function reservationsIn(tx: Tx, ids: readonly string[]): Promise<Map<string, Reservation>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<LedgerTables['reservation']>(
    'SELECT * FROM reservation WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [ids],
  )
  const lines = await tx.rows<LedgerTables['reservation_line']>(
    'SELECT * FROM reservation_line WHERE reservation_id = ANY($1) ORDER BY product_id, place',
    [rows.map(({ id }) => id)],
  )
  const byReservation = Map.groupBy(lines, ({ reservation_id }) => reservation_id)
  const linesOf = (id: string) =>
    (byReservation.get(id) ?? []).map(({ product_id: productId, place, quantity, restored }) => ({
      ...{ productId, place, quantity, restored },
    }))
  return new Map(
    rows.map(({ id, state, lines_hash: linesHash, expires_at: expiresAt }) => [
      id,
      { id, state, linesHash, expiresAt, lines: linesOf(id) },
    ]),
  )
}

async function stocksIn(tx: Tx, ids: readonly string[]): Promise<Map<string, Stock>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<StockColumns>(
    'SELECT * FROM stock WHERE product_id = ANY($1) ORDER BY product_id FOR NO KEY UPDATE',
    [ids],
  )
  // Places change with their product only, which is locked now.
  const places = await tx.rows<PlaceColumns>(
    'SELECT * FROM stock_place WHERE product_id = ANY($1) ORDER BY product_id, place',
    [rows.map(({ product_id }) => product_id)],
  )
  const byProduct = Map.groupBy(places, ({ product_id }) => product_id)
  return new Map(rows.map((row) => [row.product_id, stockOf(row, (byProduct.get(row.product_id) ?? []).map(placeOf))]))
}

async function operationsIn(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<LedgerTables['operation']>('SELECT * FROM operation WHERE id = ANY($1)', [ids])
  return new Map(rows.map(({ id, content_hash }) => [id, content_hash]))
}

/**
 * Locks all that the requests touch, reservations before stock, each by id. Nothing else may be asked for: what is, came since,
 * and the answer is `hasMovedOn`.
 */
export async function lockedIn(tx: Tx, requests: readonly Touched[]): Promise<Found> {
  const reservationIds = unique(requests.map(({ reservationId }) => reservationId))
  const reservations = await reservationsIn(tx, reservationIds)
  const held = [...reservations.values()].flatMap(({ lines }) => lines.map(({ productId }) => productId))
  const productIds = unique([...requests.flatMap((request) => request.productIds), ...held])
  const stocks = await stocksIn(tx, productIds)
  const operationIds = unique(requests.map(({ operationId }) => operationId))
  const operations = await operationsIn(tx, operationIds)
  const among = <Thing>(asked: readonly string[], found: ReadonlyMap<string, Thing>) => {
    const known = new Set(asked)
    return (id: string): Thing | null => {
      if (!known.has(id)) throw hasMovedOn
      return found.get(id) ?? null
    }
  }
  return {
    reservation: among(reservationIds, reservations),
    stock: among(productIds, stocks),
    operation: among(operationIds, operations),
  }
}

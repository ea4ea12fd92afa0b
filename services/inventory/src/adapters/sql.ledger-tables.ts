import type { StockReason } from '@eip/contracts'
import type { MigrationSet } from '@eip/database'
import type { ReservationState } from '../domain/reservation.ts'
import type { PlaceStock, Stock } from '../domain/stock.ts'

export type LedgerTables = {
  /** One row per product that ever had stock; `published_…`: what its last event said. */
  stock: {
    product_id: string
    version: number
    on_hand: number
    reserved: number
    low_stock_at: number | null
    sales_since: number
    sales_log2: number | null
    sales_expected: number | null
    sales_expected_at: number
    asked: number
    unmet: number
    is_generated: number
    published_cover: number | null
    is_low: number
  }
  stock_place: { product_id: string; place: string; on_hand: number; reserved: number }
  /** Only ever added to. */
  stock_ledger: {
    id: number
    at: number
    operation_id: string
    product_id: string
    place: string
    reason: StockReason
    on_hand: number
    reserved: number
    note: string
    written_by: string
    is_generated: number
  }
  reservation: { id: string; state: ReservationState; lines_hash: string; expires_at: number }
  reservation_line: {
    reservation_id: string
    product_id: string
    place: string
    quantity: number
    restored: number
  }
  operation: { id: string; content_hash: string }
  /** One row, kept with every change: statistics do not walk through the stock. */
  stock_tally: {
    id: number
    products: number
    out_of_stock: number
    low: number
    held_reservations: number
    latest_at: number
  }
}

export const stockLedgerMigrations: MigrationSet = Object.freeze({
  owner: 'inventory',
  migrations: [
    {
      name: '0001-stock',
      sql: `
        CREATE TABLE stock (
          product_id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          on_hand INTEGER NOT NULL,
          reserved INTEGER NOT NULL CHECK (reserved >= 0),
          low_stock_at INTEGER,
          sales_since INTEGER NOT NULL,
          sales_log2 REAL,
          sales_expected REAL,
          sales_expected_at INTEGER NOT NULL,
          asked INTEGER NOT NULL,
          unmet INTEGER NOT NULL,
          is_generated INTEGER NOT NULL,
          published_cover REAL,
          is_low INTEGER NOT NULL,
          CHECK (on_hand >= reserved)
        ) STRICT;
        CREATE INDEX stock_low ON stock (product_id) WHERE is_low = 1;
        CREATE TABLE stock_place (
          product_id TEXT NOT NULL,
          place TEXT NOT NULL,
          on_hand INTEGER NOT NULL,
          reserved INTEGER NOT NULL CHECK (reserved >= 0),
          PRIMARY KEY (product_id, place),
          CHECK (on_hand >= reserved)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stock_ledger (
          id INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          operation_id TEXT NOT NULL,
          product_id TEXT NOT NULL,
          place TEXT NOT NULL,
          reason TEXT NOT NULL,
          on_hand INTEGER NOT NULL,
          reserved INTEGER NOT NULL,
          note TEXT NOT NULL,
          written_by TEXT NOT NULL,
          is_generated INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX stock_ledger_product ON stock_ledger (product_id, id, on_hand, reserved);
        CREATE TABLE reservation (
          id TEXT PRIMARY KEY,
          state TEXT NOT NULL,
          lines_hash TEXT NOT NULL,
          expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reservation_held ON reservation (expires_at) WHERE state = 'held';
        CREATE TABLE reservation_line (
          reservation_id TEXT NOT NULL,
          product_id TEXT NOT NULL,
          place TEXT NOT NULL,
          quantity INTEGER NOT NULL CHECK (quantity > 0),
          restored INTEGER NOT NULL CHECK (restored >= 0),
          PRIMARY KEY (reservation_id, product_id, place),
          CHECK (restored <= quantity)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE operation (id TEXT PRIMARY KEY, content_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE stock_tally (
          id INTEGER PRIMARY KEY,
          products INTEGER NOT NULL,
          out_of_stock INTEGER NOT NULL,
          low INTEGER NOT NULL,
          held_reservations INTEGER NOT NULL,
          latest_at INTEGER NOT NULL
        ) STRICT;
        INSERT INTO stock_tally VALUES (1, 0, 0, 0, 0, 0)`,
    },
  ],
})

export type StockColumns = LedgerTables['stock']
export type PlaceColumns = LedgerTables['stock_place']

export const placeOf = ({ place, on_hand, reserved }: PlaceColumns): PlaceStock => ({
  place,
  onHand: on_hand,
  reserved,
})

export const stockOf = (row: StockColumns, places: readonly PlaceStock[]): Stock => ({
  ...{ productId: row.product_id, version: row.version, onHand: row.on_hand, reserved: row.reserved, places },
  lowStockAt: row.low_stock_at,
  sales: {
    ...{ since: row.sales_since, log2: row.sales_log2 },
    ...{ expected: row.sales_expected, expectedAt: row.sales_expected_at },
  },
  demand: { asked: row.asked, unmet: row.unmet },
  isGenerated: row.is_generated === 1,
  published: { daysOfCover: row.published_cover, isLow: row.is_low === 1 },
})

/** In the order of the table's columns. */
export const stockValues = ({ sales, demand, published, ...stock }: Stock) =>
  [
    ...([stock.productId, stock.version, stock.onHand, stock.reserved, stock.lowStockAt] as const),
    ...([sales.since, sales.log2, sales.expected, sales.expectedAt, demand.asked, demand.unmet] as const),
    ...([Number(stock.isGenerated), published.daysOfCover, Number(published.isLow)] as const),
  ] as const

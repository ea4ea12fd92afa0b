import type { Order } from '@eip/contracts'
import type { Database, MigrationSet, Outbox, Transaction } from '@eip/database'
import type { StandingOrder } from '../domain/order-change.ts'
import type { FactKind } from '../domain/repurchase.ts'

export type OrderTables = {
  /** `content` is the order as JSON; the other columns are what is asked for. */
  shop_order: {
    order_id: string
    version: number
    customer: string
    state: string
    placed_at: number
    content: string
  }
  /** One row, beside the orders: counting a hundred thousand of them would hold the thread. */
  order_tally: { orders: number }
  /** Orders whose payment is to be given back. */
  refund_due: { order_id: string }
  purchase_span: { customer: string; kind: FactKind; subject: string; first_at: number; last_at: number }
  repurchase_interval: { kind: FactKind; subject: string; days: number; times: number }
}

export const orderStoreMigrations: MigrationSet = Object.freeze({
  owner: 'orders',
  migrations: [
    {
      name: '0001-orders',
      sql: `
        CREATE TABLE shop_order (
          order_id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          customer TEXT NOT NULL,
          state TEXT NOT NULL,
          placed_at INTEGER NOT NULL,
          content TEXT NOT NULL
        ) STRICT;
        CREATE INDEX shop_order_newest ON shop_order (placed_at, order_id);
        CREATE INDEX shop_order_of_customer ON shop_order (customer, placed_at, order_id);
        CREATE INDEX shop_order_in_state ON shop_order (state, placed_at, order_id);
        CREATE TABLE order_tally (orders INTEGER NOT NULL) STRICT;
        INSERT INTO order_tally VALUES (0);
        CREATE TABLE refund_due (order_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE purchase_span (
          customer TEXT NOT NULL,
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          first_at INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          PRIMARY KEY (customer, kind, subject)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE repurchase_interval (
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          days INTEGER NOT NULL,
          times INTEGER NOT NULL,
          PRIMARY KEY (kind, subject, days)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

export type OrderQuery = Transaction<OrderTables>['query']

export type SqlOrderStoreOptions<Tx extends Transaction<OrderTables>> = Readonly<{
  /** With `orderStoreMigrations` and the outbox's among its migrations. */
  database: Database<OrderTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

export const orderOfRow = ({ content }: Readonly<{ content: string }>): Order => JSON.parse(content) as Order

/** Rows in one statement: enough that each costs little, and few enough for the variables that a statement may have. */
const rowsAtOnce = 200

export function* inChunks<Row>(rows: readonly Row[], size = rowsAtOnce): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

/** Where orders stand; those that there are not are left out. */
export async function standingsIn(query: OrderQuery, orderIds: readonly string[]): Promise<Map<string, StandingOrder>> {
  const standings = new Map<string, StandingOrder>()
  for (const ids of inChunks([...new Set(orderIds)])) {
    const rows = await query
      .selectFrom('shop_order')
      .select(['order_id', 'version', 'content'])
      .where('order_id', 'in', ids)
      .execute()
    for (const row of rows) standings.set(row.order_id, { order: orderOfRow(row), version: row.version })
  }
  return standings
}

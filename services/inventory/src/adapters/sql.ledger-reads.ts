import type { Database } from '@eip/database'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { type LedgerTables, placeOf, type StockColumns, stockOf } from './sql.ledger-tables.ts'

type Query = Database<LedgerTables>['query']

async function withPlaces(query: Query, rows: readonly StockColumns[]) {
  if (rows.length === 0) return []
  const ids = rows.map(({ product_id }) => product_id)
  const found = query.selectFrom('stock_place').selectAll().where('product_id', 'in', ids).orderBy('place')
  const places = Map.groupBy(await found.execute(), ({ product_id }) => product_id)
  return rows.map((row) => stockOf(row, (places.get(row.product_id) ?? []).map(placeOf)))
}

/** Both sums of each product beside its stock, in one statement: a change in between would look like a fault. */
function sums(query: Query, productIds: readonly string[]) {
  return query
    .selectFrom('stock')
    .select((stock) => {
      const sumOf = (table: 'stock_ledger' | 'stock_place', column: 'on_hand' | 'reserved') =>
        stock
          .selectFrom(table)
          .select(({ fn }) => fn.sum<number | null>(`${table}.${column}`).as('sum'))
          .whereRef(`${table}.product_id`, '=', 'stock.product_id')
      return [
        'stock.product_id',
        'stock.on_hand',
        'stock.reserved',
        sumOf('stock_ledger', 'on_hand').as('entered_on_hand'),
        sumOf('stock_ledger', 'reserved').as('entered_reserved'),
        sumOf('stock_place', 'on_hand').as('placed_on_hand'),
        sumOf('stock_place', 'reserved').as('placed_reserved'),
      ]
    })
    .where('stock.product_id', 'in', productIds)
    .execute()
}

/** What is asked of the ledger, the same of every database. */
export const ledgerReads = ({ query }: Pick<Database<LedgerTables>, 'query'>): Omit<StockLedger, 'change'> => ({
  async stockOf(productIds) {
    if (productIds.length === 0) return []
    return withPlaces(
      query,
      await query.selectFrom('stock').selectAll().where('product_id', 'in', productIds).orderBy('product_id').execute(),
    )
  },
  async stockAfter(productId, limit, which) {
    const after = query
      .selectFrom('stock')
      .selectAll()
      .where('product_id', '>', productId ?? '')
    const asked = which === 'low' ? after.where('is_low', '=', 1) : after
    return withPlaces(query, await asked.orderBy('product_id').limit(limit).execute())
  },
  async entries(productId, before, limit) {
    const ofProduct = query.selectFrom('stock_ledger').selectAll().where('product_id', '=', productId)
    const asked = before === null ? ofProduct : ofProduct.where('id', '<', before)
    const rows = await asked.orderBy('id', 'desc').limit(limit).execute()
    return rows.map(({ at, operation_id, product_id, on_hand, written_by, is_generated, ...row }) => ({
      ...{ id: row.id, at: new Date(at).toISOString(), operationId: operation_id, productId: product_id },
      ...{ place: row.place, reason: row.reason, onHand: on_hand, reserved: row.reserved, note: row.note },
      ...{ by: written_by, isGenerated: is_generated === 1 },
    }))
  },
  async expired(at, limit) {
    const held = query.selectFrom('reservation').select('id').where('state', '=', 'held').where('expires_at', '<=', at)
    return (await held.orderBy('expires_at').limit(limit).execute()).map(({ id }) => id)
  },
  async unbalanced(productIds) {
    if (productIds.length === 0) return []
    const rows = await sums(query, productIds)
    const isUnequal = (row: (typeof rows)[number]) =>
      [row.entered_on_hand, row.placed_on_hand].some((sum) => (sum ?? 0) !== row.on_hand) ||
      [row.entered_reserved, row.placed_reserved].some((sum) => (sum ?? 0) !== row.reserved)
    return rows.filter(isUnequal).map(({ product_id }) => product_id)
  },
  async count() {
    const row = await query.selectFrom('stock_tally').selectAll().executeTakeFirstOrThrow()
    return {
      ...{ products: row.products, outOfStock: row.out_of_stock, low: row.low },
      ...{ heldReservations: row.held_reservations, latestAt: row.latest_at },
    }
  },
})

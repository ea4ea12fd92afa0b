import type { Database } from '@eip/database'
import { productOf } from '../domain/product-content.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { type ProductTables, versionColumns, versionOf } from './sql.product-tables.ts'

/** What is asked of products, the same of every database. */
export const productReads = ({ query }: Pick<Database<ProductTables>, 'query'>): Omit<ProductStore, 'change'> => ({
  async read(id) {
    const row = await query.selectFrom('product').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row || row.content === null) return null
    return { product: productOf(row.content, row.created_at!, row.updated_at!), version: row.version }
  },
  async versionsOf(ids) {
    if (ids.length === 0) return []
    const rows = await query.selectFrom('product').select(versionColumns).where('id', 'in', ids).execute()
    return rows.map(versionOf)
  },
  async versionsAfter(id, limit) {
    const after = query
      .selectFrom('product')
      .select(versionColumns)
      .where('id', '>', id ?? '')
    return (await after.orderBy('id').limit(limit).execute()).map(versionOf)
  },
  count: () => query.selectFrom('product_tally').select(['products', 'active']).executeTakeFirstOrThrow(),
})

import { type Database, type MigrationSet, type Transaction, timeSlice } from '@eip/database'
import { newestOf, type PriceChange, type PricedProduct } from '../domain/priced-product.ts'
import type { PriceBook } from '../ports/price-book.port.ts'
import { inChunks } from './sql.order-tables.ts'

export type PriceTables = {
  /** `category_path` is JSON; `amount` and `currency` are null where it is not sold. */
  product_price: {
    product_id: string
    version: number
    title: string
    seller: string | null
    category_path: string
    amount: number | null
    currency: string | null
  }
  /** One row: how many products have a price. */
  price_tally: { priced: number }
}

export const priceBookMigrations: MigrationSet = Object.freeze({
  owner: 'orders-prices',
  migrations: [
    {
      name: '0001-prices',
      sql: `
        CREATE TABLE product_price (
          product_id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          title TEXT NOT NULL,
          seller TEXT,
          category_path TEXT NOT NULL,
          amount INTEGER,
          currency TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE price_tally (priced INTEGER NOT NULL) STRICT;
        INSERT INTO price_tally VALUES (0)`,
    },
  ],
})

type Row = PriceTables['product_price']

const rowOf = ({ version, product }: PriceChange): Row => {
  const { productId, title, seller, categoryPath, price } = product
  const said = { title, seller, category_path: JSON.stringify(categoryPath) }
  return { product_id: productId, version, ...said, amount: price?.amount ?? null, currency: price?.currency ?? null }
}

const productOf = (row: Row): PricedProduct => {
  const { product_id: productId, title, seller, category_path: path, amount, currency } = row
  const price = amount === null || currency === null ? null : { amount, currency }
  return { productId, title, seller, categoryPath: JSON.parse(path) as string[], price }
}

type Query = Transaction<PriceTables>['query']

/** Writes what is newer, and answers by how much the products with a price become more. */
async function write(query: Query, rows: readonly Row[]): Promise<number> {
  const ids = rows.map((row) => row.product_id)
  const held = await query
    .selectFrom('product_price')
    .select(['product_id', 'version', 'amount'])
    .where('product_id', 'in', ids)
    .execute()
  const known = new Map(held.map((row) => [row.product_id, row]))
  const newer = rows.filter((row) => row.version > (known.get(row.product_id)?.version ?? -1))
  if (newer.length > 0) await upsert(query, newer)
  const isSold = (row: Readonly<{ amount: number | null }> | undefined) => Number((row?.amount ?? null) !== null)
  return newer.reduce((sum, row) => sum + isSold(row) - isSold(known.get(row.product_id)), 0)
}

async function upsert(query: Query, rows: readonly Row[]): Promise<void> {
  const insert = query.insertInto('product_price').values(rows)
  const update = insert.onConflict((conflict) =>
    conflict.column('product_id').doUpdateSet((given) => ({
      version: given.ref('excluded.version'),
      title: given.ref('excluded.title'),
      seller: given.ref('excluded.seller'),
      category_path: given.ref('excluded.category_path'),
      amount: given.ref('excluded.amount'),
      currency: given.ref('excluded.currency'),
    })),
  )
  await update.execute()
}

/** `database`: with `priceBookMigrations` among its migrations. */
export function sqlPriceBook(database: Database<PriceTables>): PriceBook {
  return Object.freeze({
    async apply(changes) {
      if (changes.length === 0) return
      const rows = newestOf(changes).map(rowOf)
      await database.transaction(async (tx) => {
        // One process at a time: what is counted and compared stays as it was seen.
        await tx.lock('price_tally')
        const slice = timeSlice()
        let more = 0
        for (const chunk of inChunks(rows)) {
          more += await write(tx.query, chunk)
          await slice.pause()
        }
        const add = tx.query.updateTable('price_tally').set((tally) => ({ priced: tally('priced', '+', more) }))
        if (more !== 0) await add.execute()
      })
    },
    async find(productIds) {
      const found = new Map<string, PricedProduct>()
      for (const ids of inChunks(productIds)) {
        const rows = await database.query
          .selectFrom('product_price')
          .selectAll()
          .where('product_id', 'in', ids)
          .execute()
        for (const row of rows) found.set(row.product_id, productOf(row))
      }
      return found
    },
    async count() {
      return (await database.query.selectFrom('price_tally').select('priced').executeTakeFirstOrThrow()).priced
    },
  } satisfies PriceBook)
}

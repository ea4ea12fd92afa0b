import { productChanged } from '@eip/contracts'
import { type MigrationSet, type Outbox, timeSlice } from '@eip/database'
import type { SqliteDatabase, SqliteOutboxTransaction, SqliteTransaction } from '@eip/database/sqlite'
import type { Decision, ProductChange, Standing } from '../domain/product-change.ts'
import { productOf } from '../domain/product-content.ts'
import type { ProductStore } from '../ports/product-store.port.ts'

export type ProductTables = {
  /** One row per id that ever was; hash, dates and `content` (JSON without the dates) are null once it was deleted. */
  product: {
    id: string
    version: number
    is_active: number
    content_hash: string | null
    created_at: string | null
    updated_at: string | null
    content: string | null
  }
  /** One row, kept with every change: counting a million rows would hold the thread. */
  product_tally: { id: number; products: number; active: number }
}

export const sqliteProductStoreMigrations: MigrationSet = Object.freeze({
  owner: 'catalog',
  migrations: [
    {
      name: '0001-products',
      // `content` stands last: asking where an id stands does not read through it.
      sql: `
        CREATE TABLE product (
          id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          is_active INTEGER NOT NULL,
          content_hash TEXT,
          created_at TEXT,
          updated_at TEXT,
          content TEXT
        ) STRICT;
        CREATE TABLE product_tally (id INTEGER PRIMARY KEY, products INTEGER NOT NULL, active INTEGER NOT NULL) STRICT;
        INSERT INTO product_tally VALUES (1, 0, 0)`,
    },
  ],
})

type StandingRow = Omit<ProductTables['product'], 'id' | 'content'>

function standingOf(row: StandingRow | undefined): Standing | null {
  if (!row) return null
  const { version, content_hash, created_at, updated_at, is_active } = row
  if (content_hash === null || created_at === null || updated_at === null) return { version, content: null }
  return {
    version,
    content: { hash: content_hash, createdAt: created_at, updatedAt: updated_at, isActive: is_active === 1 },
  }
}

/** Reads and writes one id at a time within a transaction, and keeps count of what that changes. */
function productWriter(tx: SqliteTransaction<ProductTables>) {
  const select = tx.statement<StandingRow>(
    'SELECT version, is_active, content_hash, created_at, updated_at FROM product WHERE id = ?',
  )
  const insert = tx.statement('INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?)')
  const update = tx.statement(
    `UPDATE product SET version = ?, is_active = ?, content_hash = ?, created_at = ?, updated_at = ?, content = ?
     WHERE id = ?`,
  )
  const tally = { products: 0, active: 0 }

  const write = (standing: Standing | null, { id, version, content }: ProductChange) => {
    const product = content?.product ?? null
    const isActive = Number(product?.active ?? false)
    const values = [
      ...([version, isActive, content?.hash ?? null] as const),
      ...([product?.createdAt ?? null, product?.updatedAt ?? null, content?.text ?? null] as const),
    ]
    if (standing === null) insert.run(id, ...values)
    else update.run(...values, id)
    const before = standing?.content ?? null
    tally.products += Number(content !== null) - Number(before !== null)
    tally.active += isActive - Number(before?.isActive ?? false)
  }
  const writeTally = () => {
    const add = tx.statement('UPDATE product_tally SET products = products + ?, active = active + ?')
    if (tally.products !== 0 || tally.active !== 0) add.run(tally.products, tally.active)
  }
  return { standing: (id: string) => standingOf(select.get(id)), write, writeTally }
}

export type SqliteProductStoreOptions = Readonly<{
  /** With `sqliteProductStoreMigrations` and `sqliteOutboxMigrations` among its migrations. */
  database: SqliteDatabase<ProductTables>
  outbox: Outbox<SqliteOutboxTransaction>
}>

/** The product master in one SQLite file, each product as JSON text beside what is asked of it per change. */
export function sqliteProductStore({ database, outbox }: SqliteProductStoreOptions): ProductStore {
  async function change<Request extends Readonly<{ id: string }>, Outcome extends string>(
    requests: readonly Request[],
    decide: (request: Request, standing: Standing | null) => Decision<Outcome>,
  ): Promise<Outcome[]> {
    return database.transaction(async (tx) => {
      const writer = productWriter(tx)
      const slice = timeSlice()
      const outcomes: Outcome[] = []
      for (const request of requests) {
        const standing = writer.standing(request.id)
        const decision = decide(request, standing)
        outcomes.push(decision.outcome)
        if (decision.change) {
          writer.write(standing, decision.change)
          await outbox.add(tx, productChanged, [decision.change.event])
        }
        await slice.pause()
      }
      writer.writeTally()
      return outcomes
    })
  }
  return Object.freeze({
    change,
    async read(id: string) {
      const select = database.query.selectFrom('product').selectAll().where('id', '=', id)
      const row = await select.executeTakeFirst()
      if (!row || row.content === null) return null
      return { product: productOf(row.content, row.created_at!, row.updated_at!), version: row.version }
    },
    count: () => database.query.selectFrom('product_tally').select(['products', 'active']).executeTakeFirstOrThrow(),
  })
}

import { productChanged } from '@eip/contracts'
import { type Outbox, timeSlice } from '@eip/database'
import type { SqliteDatabase, SqliteOutboxTransaction, SqliteTransaction } from '@eip/database/sqlite'
import type { Decision, ProductChange, Standing } from '../domain/product-change.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { productReads } from './sql.product-reads.ts'
import { type ProductTables, type StandingRow, standingOf } from './sql.product-tables.ts'

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
  /** With `productStoreMigrations` and `outboxMigrations` among its migrations. */
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
    ...productReads(database),
  })
}

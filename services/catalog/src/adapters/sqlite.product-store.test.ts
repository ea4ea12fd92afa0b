import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import { afterEach, beforeEach, describe } from 'vitest'
import { type ProductStoreHarness, productStoreContract } from '../ports/product-store.contract.ts'
import { type ProductTables, sqliteProductStore, sqliteProductStoreMigrations } from './sqlite.product-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eip-catalog-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function open(): Promise<ProductStoreHarness> {
  const database = await openSqliteDatabase<ProductTables>({
    file: join(folder, 'catalog.sqlite'),
    migrations: [sqliteOutboxMigrations, sqliteProductStoreMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqliteProductStore({ database, outbox }),
    sent: async () => (await outbox.next(1_000)).map((entry) => entry.event),
    reopen: async () => {
      await database.close()
      return open()
    },
    close: database.close,
  }
}

describe('sqlite', () => productStoreContract(open))

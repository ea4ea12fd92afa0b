import { join } from 'node:path'
import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe } from 'vitest'
import { type StockLedgerHarness, stockLedgerContract } from '../ports/stock-ledger.contract.ts'
import { type LedgerTables, stockLedgerMigrations } from './sql.ledger-tables.ts'
import { sqliteStockLedger } from './sqlite.stock-ledger.ts'

let folder: TemporaryDirectory
beforeEach(() => {
  folder = temporaryDirectory()
})
afterEach(() => folder[Symbol.dispose]())

async function open(): Promise<StockLedgerHarness> {
  const database = await openSqliteDatabase<LedgerTables>({
    file: join(folder.path, 'inventory.sqlite'),
    migrations: [outboxMigrations, stockLedgerMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    ledger: sqliteStockLedger({ database, outbox }),
    sent: async () => (await outbox.next(10_000)).map(({ event }) => event),
    reopen: async () => {
      await database.close()
      return open()
    },
    close: database.close,
  }
}

describe('sqlite', () => stockLedgerContract(open))

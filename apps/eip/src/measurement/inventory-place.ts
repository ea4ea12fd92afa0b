import { join } from 'node:path'
import { stockChanged } from '@eip/contracts'
import { type Database, type OutboxRelay, outboxMigrations, outboxRelay } from '@eip/database'
import { migratePostgres, openPostgresDatabase, postgresOutbox, postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import type { StockLedger } from '@eip/service-inventory'
import { postgresStockLedger } from '@eip/service-inventory/postgres'
import { type LedgerTables, stockLedgerMigrations } from '@eip/service-inventory/sql'
import { sqliteStockLedger } from '@eip/service-inventory/sqlite'

/** Where a ledger lies: in a folder, or at the address of a PostgreSQL that has a database for it alone. */
export type InventoryPlace = Readonly<{ folder: string }> | Readonly<{ postgres: string }>

export type OpenInventory = Readonly<{
  query: Database<LedgerTables>['query']
  stockLedger: StockLedger
  relayTo(bus: Pick<EventBus, 'publish'>): OutboxRelay
  close(): Promise<void>
}>

const topics = [stockChanged]
const onTrouble = () => {}

async function openFile(folder: string): Promise<OpenInventory> {
  const migrations = [outboxMigrations, stockLedgerMigrations]
  const database = await openSqliteDatabase<LedgerTables>({ file: join(folder, 'inventory.sqlite'), migrations })
  const outbox = sqliteOutbox(database)
  return {
    query: database.query,
    stockLedger: sqliteStockLedger({ database, outbox }),
    relayTo: (bus) => outboxRelay({ outbox, bus, topics, onTrouble }),
    close: database.close,
  }
}

async function openSchema(url: string): Promise<OpenInventory> {
  const migrations = [stockLedgerMigrations, ...postgresOutboxMigrations]
  const address = { url, schema: 'inventory' }
  await migratePostgres(address, migrations)
  const database = await openPostgresDatabase<LedgerTables>({ ...address, migrations, connections: 4 })
  const outbox = postgresOutbox(database)
  return {
    query: database.query,
    stockLedger: postgresStockLedger({ database, outbox }),
    relayTo: (bus) => outboxRelay({ outbox, bus, topics, onTrouble }),
    async close() {
      await outbox.close()
      await database.close()
    },
  }
}

export const openInventory = (place: InventoryPlace): Promise<OpenInventory> =>
  'folder' in place ? openFile(place.folder) : openSchema(place.postgres)

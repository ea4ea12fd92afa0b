import type { MigrationSet } from '@eip/database'
import { migratePostgres, postgresOutboxMigrations } from '@eip/database/postgres'
import { importBookMigrations, productStoreMigrations } from '@eip/service-catalog/sql'
import { embeddingLedgerMigrations } from '@eip/service-embedding/sql'
import { accountStoreMigrations, auditLogMigrations } from '@eip/service-gateway/sql'
import { stockLedgerMigrations } from '@eip/service-inventory/sql'
import { factStoreMigrations } from '@eip/service-logistics/sql'
import { ordersMigrations } from '@eip/service-orders/sql'
import { judgmentStoreMigrations, policyStoreMigrations } from '@eip/service-ranking/sql'
import { queryCountMigrations, synonymStoreMigrations } from '@eip/service-search/sql'
import type { ServiceStores } from './service-stores.ts'

/** What each service's schema on PostgreSQL is made of; the schema has the service's name. */
export const schemaMigrations: Readonly<Record<keyof ServiceStores, readonly MigrationSet[]>> = Object.freeze({
  catalog: [...postgresOutboxMigrations, productStoreMigrations, importBookMigrations],
  embedding: [...postgresOutboxMigrations, embeddingLedgerMigrations],
  search: [...postgresOutboxMigrations, synonymStoreMigrations, queryCountMigrations],
  ranking: [...postgresOutboxMigrations, policyStoreMigrations, judgmentStoreMigrations],
  inventory: [...postgresOutboxMigrations, stockLedgerMigrations],
  logistics: [...postgresOutboxMigrations, factStoreMigrations],
  orders: [...postgresOutboxMigrations, ...ordersMigrations],
  gateway: [accountStoreMigrations, auditLogMigrations],
})

/** Brings every service's schema to what this version needs; answers with what ran. */
export async function migrateAll(url: string): Promise<readonly Readonly<{ schema: string; migration: string }>[]> {
  const ran: { schema: string; migration: string }[] = []
  for (const [schema, sets] of Object.entries(schemaMigrations))
    for (const migration of await migratePostgres({ url, schema }, sets)) ran.push({ schema, migration })
  return ran
}

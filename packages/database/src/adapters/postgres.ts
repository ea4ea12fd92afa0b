export { openPostgresDatabase, type PostgresDatabase, type PostgresDatabaseOptions } from './postgres.database.ts'
export { migratePostgres } from './postgres.migrations.ts'
export {
  type PostgresOutbox,
  type PostgresOutboxTransaction,
  postgresOutbox,
  postgresOutboxMigrations,
} from './postgres.outbox.ts'
export type { PostgresConnection, PostgresTransaction } from './postgres.transaction.ts'
export type { PostgresValue } from './postgres.types.ts'

export { openSqliteDatabase, type SqliteDatabase, type SqliteDatabaseOptions } from './sqlite.database.ts'
export { type SqliteOutboxTransaction, sqliteOutbox } from './sqlite.outbox.ts'
export type { SqliteStatement, SqliteValue } from './sqlite.statement.ts'
export type { SqliteConnection, SqliteTransaction } from './sqlite.transaction.ts'

export { type AccountTables, sqliteAccountStore, sqliteAccountStoreMigrations } from './sqlite.account-store.ts'
export { type AuditTables, sqliteAuditLog, sqliteAuditLogMigrations } from './sqlite.audit-log.ts'

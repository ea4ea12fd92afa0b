export { type AccountTables, accountStoreMigrations, sqlAccountStore } from './sql.account-store.ts'
export { type AuditTables, auditLogMigrations, sqlAuditLog } from './sql.audit-log.ts'

export { memoryAccountStore } from './memory.account-store.ts'
export { memoryAuditLog } from './memory.audit-log.ts'

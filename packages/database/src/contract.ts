export { databaseContract } from './database.contract.ts'
export { type OutboxHarness, outboxContract } from './outbox.contract.ts'

export { type InventoryNeeds, inventory } from './inventory.service.ts'
export type { LedgerCount, StockLedger } from './ports/stock-ledger.port.ts'

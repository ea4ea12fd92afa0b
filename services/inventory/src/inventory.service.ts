import { inventoryContract, stockChanged } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import { defineService } from '@eip/runtime'
import type { MetricsRegistry } from '@eip/telemetry'
import { topics } from './application/follow-orders.ts'
import { inventoryMetrics } from './application/inventory-metrics.ts'
import { type OwnStockNeeds, ownStock } from './application/own-stock.ts'

/** The relay must stand on the outbox that the ledger writes to, and know the topic `stockChanged`. */
export type InventoryNeeds = OwnStockNeeds & Readonly<{ outboxRelay: OutboxRelay; metrics: MetricsRegistry }>

/** Owns what is on the shelf, what of it is promised, and every entry that led there. */
export const inventory = defineService({
  name: 'inventory',
  contract: inventoryContract,
  calls: [],
  consumes: { inventory: topics },
  publishes: [stockChanged],
  build({ outboxRelay, metrics, ...needs }: InventoryNeeds) {
    const stock = ownStock({ ...needs, outboxRelay, metrics: inventoryMetrics(metrics) })
    return {
      handlers: stock.handlers,
      async start() {
        outboxRelay.start()
        stock.start()
      },
      missing: stock.missing,
      drain: stock.stop,
      async stop() {
        await stock.stop()
        await outboxRelay.close()
      },
    }
  },
})

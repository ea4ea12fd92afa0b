import type { InventoryContract } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { EventBus, Reading } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { changeStock } from './change-stock.ts'
import { followOrders } from './follow-orders.ts'
import type { InventoryMetrics } from './inventory-metrics.ts'
import { keepReservations } from './keep-reservations.ts'
import { ledgerWriter } from './ledger-writer.ts'
import { publishDrift } from './publish-drift.ts'
import { readStock } from './read-stock.ts'
import { repeating } from './repeating.ts'

export type OwnStockNeeds = Readonly<{
  stockLedger: StockLedger
  bus: Pick<EventBus, 'subscribe'>
  clock: Clock
  logger: Logger
  /** How long after its end a reservation's goods come back, at most, where nobody asks for any. Default 1,000. */
  expireEveryMs?: number
  /** How often the whole stock is looked through for forecasts that sank. Default an hour. */
  forecastEveryMs?: number
}>

export type OwnStock = Readonly<{
  handlers: Handlers<InventoryContract>
  start(): void
  /** Why it does not hear of orders, or null. */
  missing(): string | null
  stop(): Promise<void>
}>

export function ownStock(
  needs: OwnStockNeeds & Readonly<{ metrics: InventoryMetrics; outboxRelay: Pick<OutboxRelay, 'pending'> }>,
): OwnStock {
  const { stockLedger: ledger, clock, bus, logger, expireEveryMs = 1_000, forecastEveryMs = 3_600_000 } = needs
  const writer = ledgerWriter({ ledger, clock })
  const reads = readStock({ ledger, writer, outboxRelay: needs.outboxRelay })
  const ending: (() => Promise<void>)[] = []
  let orders: Reading | undefined
  const trying = (what: string, work: (signal: AbortSignal) => Promise<void>) => (signal: AbortSignal) =>
    work(signal).catch((error: unknown) => logger.warn({ err: error }, what))
  return Object.freeze({
    handlers: {
      ...reads.handlers,
      ...changeStock({ writer, reads }),
      ...keepReservations({ writer, metrics: needs.metrics }),
    },
    start() {
      orders = followOrders({ bus, writer, logger })
      ending.push(repeating(trying('expired reservations were not freed', writer.freeExpired), expireEveryMs))
      const drift = (signal: AbortSignal) => publishDrift({ ledger, writer }, signal)
      ending.push(repeating(trying('forecasts were not looked through', drift), forecastEveryMs))
    },
    missing: () => orders?.trouble() ?? null,
    async stop() {
      await orders?.close()
      orders = undefined
      await Promise.all(ending.splice(0).map((end) => end()))
      await writer.settled()
    },
  })
}

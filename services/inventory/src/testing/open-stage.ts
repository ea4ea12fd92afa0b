import { join } from 'node:path'
import {
  type Envelope,
  type InventoryContract,
  inventoryContract,
  type Order,
  orderChanged,
  type StockChanged,
  stockChanged,
} from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { type Client, inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { type FakeClock, fakeClock, temporaryDirectory, until } from '@eip/testkit'
import { postgresStockLedger } from '../adapters/postgres.stock-ledger.ts'
import { type LedgerTables, stockLedgerMigrations } from '../adapters/sql.ledger-tables.ts'
import { sqliteStockLedger } from '../adapters/sqlite.stock-ledger.ts'
import { inventory } from '../inventory.service.ts'

/** One running service, with a client that speaks to it. */
export type Running = Readonly<{
  client: Client<InventoryContract>
  /** Ends it, as a process that is told to. */
  stop(): Promise<void>
}>

/** Files and a bus that outlive the services on them. Nothing is faked but the time. */
export type Stage = AsyncDisposable &
  Readonly<{
    clock: FakeClock
    /** What came on the topic, in order, from its start on. */
    published: readonly Envelope<StockChanged>[]
    /** Gives events of orders, and waits until they are handled. */
    tell(...events: readonly Envelope<Order>[]): Promise<void>
    start(): Promise<Running>
  }>

/** In memory, on one SQLite file, or in one schema at the address of a PostgreSQL. */
export type Place = 'sqlite' | Readonly<{ postgres: string }>

async function ledgersAt(place: Place) {
  if (place === 'sqlite') {
    const folder = temporaryDirectory()
    const open = async () => {
      const database = await openSqliteDatabase<LedgerTables>({
        file: join(folder.path, 'inventory.sqlite'),
        migrations: [outboxMigrations, stockLedgerMigrations],
      })
      const outbox = sqliteOutbox(database)
      return { stockLedger: sqliteStockLedger({ database, outbox }), outbox, leave: database.close }
    }
    return { open, dispose: async () => folder[Symbol.dispose]() }
  }
  const schema: TemporarySchema = await temporarySchema(place.postgres, [
    stockLedgerMigrations,
    ...postgresOutboxMigrations,
  ])
  const open = async () => {
    const { database, outbox, leave } = await schema.join<LedgerTables>()
    return { stockLedger: postgresStockLedger({ database, outbox }), outbox, leave }
  }
  return { open, dispose: schema.dispose }
}

type Ledgers = Awaited<ReturnType<typeof ledgersAt>>

async function startInventory(ledgers: Ledgers, bus: EventBus, clock: FakeClock): Promise<Running> {
  const { stockLedger, outbox, leave } = await ledgers.open()
  const relay = outboxRelay({ outbox, bus, topics: [stockChanged], onTrouble: () => {}, retryDelayMs: 1 })
  const needs = { stockLedger, outboxRelay: relay, bus, clock, logger: silentLogger, metrics: metricsRegistry() }
  const service = inventory.build({ ...needs, expireEveryMs: 20, forecastEveryMs: 20 }, () => {
    throw new Error('inventory calls nobody')
  })
  await service.start?.()
  let isStopped = false
  return {
    client: inProcessClient(serveContract(inventoryContract, service.handlers)),
    async stop() {
      if (isStopped) return
      isStopped = true
      await service.drain?.()
      await service.stop?.()
      await leave()
    },
  }
}

export async function openStage(place: Place = 'sqlite'): Promise<Stage> {
  const ledgers = await ledgersAt(place)
  const clock = fakeClock()
  const bus = await memoryEventBus()
  const published: Envelope<StockChanged>[] = []
  const following = await bus.follow({
    topics: [stockChanged],
    handle: async (deliveries) => {
      published.push(...deliveries.map(({ event }) => event as Envelope<StockChanged>))
    },
  })
  const running: Running[] = []
  return {
    ...{ clock, published },
    async tell(...events) {
      await bus.publish(orderChanged, events)
      await until('the orders are handled', async () => {
        const lag = await bus.lag('inventory', [orderChanged])
        return Object.values(lag).every((behind) => behind === 0)
      })
    },
    async start() {
      const service = await startInventory(ledgers, bus, clock)
      running.push(service)
      return service
    },
    async [Symbol.asyncDispose]() {
      for (const service of running) await service.stop()
      await following.close()
      await bus.close()
      await ledgers.dispose()
    },
  }
}

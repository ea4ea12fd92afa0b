import {
  cartAction,
  type Envelope,
  inventoryContract,
  type OrdersContract,
  orderChanged,
  ordersContract,
  type Product,
  productChanged,
  purchase,
} from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { type Client, inProcessClient, serveContract } from '@eip/rpc'
import type { Peer } from '@eip/runtime'
import { silentLogger } from '@eip/telemetry'
import { aProduct, envelopeOf, type FakeClock, fakeClock, until } from '@eip/testkit'
import {
  type OrdersTables,
  ordersMigrations,
  sqlCartStore,
  sqlCheckoutBook,
  sqlOrderStore,
  sqlPriceBook,
  stubPayment,
} from '../adapters/sql.ts'
import { type OrdersRunning, orders } from '../orders.service.ts'
import type { Payment } from '../ports/payment.port.ts'
import { type FakeStock, fakeStock } from './fake-stock.ts'
import { type Fault, faultLine } from './faults.ts'

export type Running = Readonly<{
  client: Client<OrdersContract>
  missing(): string | null
  sweep(): Promise<void>
  /** How often it has spoken to stores and neighbours. */
  calls(): number
  stop(): Promise<void>
}>

export type Stage = AsyncDisposable &
  Readonly<{
    clock: FakeClock
    bus: EventBus
    stock: FakeStock
    /** Everything that came on the service's topics, in order, by topic. */
    published(topic: string): readonly Envelope[]
    hasPublished(topic: string, count: number): Promise<unknown>
    /** Tells of products; the lives that run know their prices then. */
    sell(products: readonly (Partial<Product> & { id: string })[], version?: number): Promise<void>
    payment: Payment
    paymentOf(key: string): Promise<string | null>
    /** A life of the service that knows all prices. */
    start(fault?: Fault): Promise<Running>
    /** One that may not be ready yet; `subscribe` in place of the bus' own. */
    begin(subscribe?: EventBus['subscribe']): Promise<Running>
  }>

/** Long enough that a test's own calls of `sweep` are the only ones. */
const never = 2 ** 31 - 1

/** One database, one bus and one stock, and as many lives of the service on them as a test wants. */
export async function openStage(received: Readonly<Record<string, number>> = {}): Promise<Stage> {
  const clock = fakeClock()
  const bus = await memoryEventBus()
  const database = await openSqliteDatabase<OrdersTables>({
    file: ':memory:',
    migrations: [outboxMigrations, ...ordersMigrations],
  })
  const stock = fakeStock(clock, received)
  const topics = [orderChanged, purchase, cartAction]
  const seen: { topic: string; event: Envelope }[] = []
  const following = await bus.follow({
    topics,
    handle: async (deliveries) => {
      seen.push(...deliveries.map(({ event, position }) => ({ event, topic: position.topic })))
    },
  })
  const published = (topic: string) => seen.filter((each) => each.topic === topic).map(({ event }) => event)
  const running: Running[] = []

  async function begin(fault: Fault | null = null, subscribe = bus.subscribe): Promise<Running> {
    const line = faultLine(fault)
    const outbox = sqliteOutbox(database)
    const relay = outboxRelay({ outbox, bus, topics, onTrouble: () => {}, retryDelayMs: 1 })
    const stores = {
      orders: line.through(sqlOrderStore({ database, outbox }), false),
      carts: line.through(sqlCartStore({ database, outbox }), false),
      checkouts: line.through(sqlCheckoutBook({ database, outbox }), false),
      prices: sqlPriceBook(database),
      payment: line.through(stubPayment(database), true),
    }
    const peer: unknown = (contract: unknown) => {
      if (contract !== inventoryContract) throw new Error('orders calls inventory alone')
      return line.through(stock, true)
    }
    const ownBus = { ...bus, subscribe }
    const needs = { ...stores, outboxRelay: relay, bus: ownBus, clock, logger: silentLogger, sweepEveryMs: never }
    const service = orders.build(needs, peer as Peer) as OrdersRunning
    await service.start?.()
    // The one that it begins with: what a test does comes after it.
    await service.sweep()
    let isStopped = false
    const life: Running = {
      client: inProcessClient(serveContract(ordersContract, service.handlers, { watch: { failed: () => {} } })),
      missing: () => service.missing?.() ?? null,
      sweep: service.sweep,
      calls: line.calls,
      async stop() {
        if (isStopped) return
        isStopped = true
        await service.drain?.()
        await service.stop?.()
      },
    }
    running.push(life)
    return life
  }
  async function start(fault?: Fault): Promise<Running> {
    const life = await begin(fault)
    await until('all prices are known', () => life.missing() === null)
    return life
  }
  return {
    ...{ clock, bus, stock, published, start, payment: stubPayment(database) },
    begin: (subscribe) => begin(null, subscribe),
    hasPublished: (topic, count) => until(`${count} events of ${topic} came`, () => published(topic).length >= count),
    async sell(products, version = 1) {
      await bus.publish(
        productChanged,
        products.map((product) => envelopeOf(product.id, version, aProduct(product))),
      )
      if (running.length === 0) return
      const lag = () => bus.lag('orders', [productChanged])
      await until('the prices came in', async () => (await lag())[productChanged.name] === 0)
    },
    async paymentOf(key) {
      const asked = database.query.selectFrom('stub_payment').select('state').where('payment_key', '=', key)
      return (await asked.executeTakeFirst())?.state ?? null
    },
    async [Symbol.asyncDispose]() {
      for (const life of running) await life.stop()
      await following.close()
      await bus.close()
      await database.close()
    },
  }
}

export const usd = (amount: number) => ({ amount, currency: 'USD' })
export const cartId = 'cart-0123456789abcdef'

/** What a shopper sends to buy the cart at this total. */
export const buying = (checkoutId: string, total: number, fields: Readonly<Record<string, unknown>> = {}) => ({
  ...{ checkoutId, cartId, customer: 'ann', expected: usd(total), paymentToken: 'card', ...fields },
})

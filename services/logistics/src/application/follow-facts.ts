import {
  type Order,
  orderChanged,
  type Product,
  productChanged,
  type StockChanged,
  stockChanged,
  type Topic,
} from '@eip/contracts'
import { type Delivery, type EventBus, type Reading, startReading } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import type { FactStore } from '../ports/fact-store.port.ts'
import { learnOrders } from './learn-orders.ts'
import { learnProducts } from './learn-products.ts'
import { learnStock } from './learn-stock.ts'
import { tellScores } from './tell-scores.ts'

export const topics: readonly Topic[] = Object.freeze([orderChanged, stockChanged, productChanged])
export const group = 'logistics'
const batchSize = 500

type Needs = Readonly<{
  bus: EventBus
  factStore: FactStore
  clock: Clock
  logger: Logger
  step: number
  /** Rates moved: products that no event was about may follow. */
  moved(): void
}>

/**
 * What happened, one commit for each batch: facts, sums and scores go out together, or come again. What is known is told before the
 * group is there.
 */
export function followFacts({ bus, factStore, clock, logger, step, moved }: Needs): Reading {
  const handle = async (deliveries: readonly Delivery[]) => {
    const of = ({ name }: Topic) => deliveries.filter(({ position }) => position.topic === name)
    const orders = of(orderChanged).map(({ event }) => ({
      ...{ orderId: event.key, version: event.version },
      order: event.deleted ? null : (event.payload as Order | null),
    }))
    const stocks = of(stockChanged).flatMap(({ event: { key: id, version, occurredAt: at, deleted, payload } }) =>
      deleted ? [] : [{ id, version, at, ...(payload as StockChanged).demand }],
    )
    const products = of(productChanged).map(({ event }) => ({
      ...{ id: event.key, version: event.version },
      product: event.deleted ? null : (event.payload as Product | null),
    }))
    await factStore.change(async (facts) => {
      const touched = [
        ...(await learnProducts(facts, products)),
        ...(await learnOrders(facts, orders, clock)),
        ...(await learnStock(facts, stocks, clock.now())),
      ]
      await tellScores(facts, touched, { clock, step })
    })
    if (orders.length > 0) moved()
  }
  const onTrouble = (error: unknown) => logger.error({ err: error }, 'deliveries are not learned from')
  return startReading(bus, { group, topics, handle, batchSize, onTrouble })
}

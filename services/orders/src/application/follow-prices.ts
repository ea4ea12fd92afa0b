import { type Envelope, type Product, productChanged, type Topic } from '@eip/contracts'
import { type Delivery, type EventBus, type Reading, startReading } from '@eip/event-bus'
import { isTemporary } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { priceChangeOf } from '../domain/priced-product.ts'
import type { PriceBook } from '../ports/price-book.port.ts'

type Needs = Readonly<{ bus: EventBus; prices: PriceBook; logger: Logger }>

export const priceGroup = 'orders'
export const priceTopics: readonly Topic[] = Object.freeze([productChanged])

/** Keeps the price book as the catalogue says. `missing` until all is in it that was on the bus at the start. */
export function followPrices({ bus, prices, logger }: Needs) {
  let reading: Reading | null = null
  let fault: string | null = null
  /** Events that were waiting at the start, less those handled since. */
  let behind = Number.POSITIVE_INFINITY

  const handle = async (deliveries: readonly Delivery[]) => {
    try {
      await prices.apply(deliveries.map(({ event }) => priceChangeOf(event as Envelope<Product>)))
      fault = null
    } catch (error) {
      // The events are fine: the bus gives them again until the database is back.
      if (isTemporary(error)) fault = error.message
      throw error
    }
    behind = Math.max(0, behind - deliveries.length)
  }
  /** Compacted and parked events are never handled: that there are none left says it too. */
  const lookWhetherNothingIsLeft = async () => {
    const lag = await bus.lag(priceGroup, priceTopics)
    const left = Object.values(lag).reduce((sum, events) => sum + events, 0)
    behind = left === 0 ? 0 : Math.min(behind, left)
  }
  return Object.freeze({
    async start() {
      const onTrouble = (error: unknown) => logger.error({ err: error }, 'prices are not followed')
      // The prices that it has are as good as before: nobody waits for the group.
      reading = startReading(bus, { group: priceGroup, topics: priceTopics, handle, onTrouble })
      await lookWhetherNothingIsLeft()
    },
    missing(): string | null {
      const trouble = fault ?? reading?.trouble() ?? null
      if (trouble !== null) return trouble
      if (behind === 0) return null
      lookWhetherNothingIsLeft().catch((error) => logger.warn({ err: error }, 'the bus does not tell the lag'))
      return `the price book is behind by ${Number.isFinite(behind) ? behind : 'an unknown number of'} products`
    },
    async stop() {
      await reading?.close()
      reading = null
    },
  })
}

import { once } from 'node:events'
import { type Product, productChanged } from '@eip/contracts'
import { type Delivery, type EventBus, positionsAfter, type Subscription } from '@eip/event-bus'
import { isFailure } from '@eip/kernel'
import type { ProductChange, ProductIndexWriter } from '@eip/product-index/writer'
import type { Logger } from '@eip/telemetry'

export const group = 'indexer'
export const topics = Object.freeze([productChanged])

/** Every batch becomes a commit of the index: small ones cost more than they save. */
const batchSize = 1_000

export type ViewKeeping = Readonly<{
  start(): Promise<void>
  /** null once everything is in the view that was on the bus when keeping began. */
  missing(): string | null
  /** Stops taking events, finishes those at hand, and saves. May be called again. */
  stop(): Promise<void>
}>

type Needs = Readonly<{
  bus: EventBus
  writer: ProductIndexWriter
  logger: Logger
  indexed: (documents: number) => void
}>

/** Reads product changes from where the view itself stands, not from where the bus thinks the group is. */
export function keepViewTrue({ bus, writer, logger, indexed }: Needs): ViewKeeping {
  let subscription: Subscription | null = null
  let fault: string | null = null
  /** Events that were waiting when keeping began, less those handled since. */
  let behind = Number.POSITIVE_INFINITY
  let isFinished = false

  const handle = async (deliveries: readonly Delivery[], signal: AbortSignal) => {
    try {
      await writer.apply(deliveries.map(changeOf), positionsAfter({}, deliveries))
    } catch (error) {
      if (isFailure(error) && error.kind === 'unavailable') await standStill(error, signal)
      throw error
    }
    indexed(deliveries.length)
    behind = Math.max(0, behind - deliveries.length)
  }
  /** Without a writer every event would fail and be parked in turn; they are fine, and stay where they are. */
  const standStill = async (error: Error, signal: AbortSignal) => {
    if (fault === null) logger.error({ err: error }, 'indexing stands still')
    fault = error.message
    if (!signal.aborted) await once(signal, 'abort')
  }
  /** Compacted and parked events are never handled: that there are none left says it too. */
  const lookWhetherNothingIsLeft = async () => {
    const left = Object.values(await bus.lag(group, topics)).reduce((sum, events) => sum + events, 0)
    behind = left === 0 ? 0 : Math.min(behind, left)
  }

  return Object.freeze({
    async start() {
      const resumeFrom = writer.resumeFrom()
      if (resumeFrom === null) logger.info({ group }, 'the serving view is empty: reading all events from the start')
      // Positions that are not named begin at the start.
      subscription = await bus.subscribe({ group, topics, handle, batchSize, resumeFrom: resumeFrom ?? {} })
      await lookWhetherNothingIsLeft()
    },
    missing() {
      if (fault !== null) return fault
      if (behind === 0) return null
      lookWhetherNothingIsLeft().catch((error) => logger.warn({ err: error }, 'the bus does not tell the lag'))
      return `the serving view is behind by ${Number.isFinite(behind) ? behind : 'an unknown number of'} events`
    },
    async stop() {
      await subscription?.close()
      if (isFinished || subscription === null) return
      isFinished = true
      await writer.save().catch((error) => {
        logger.error(
          { err: error },
          'the serving view could not be saved: the events since its last snapshot come again',
        )
      })
    },
  })
}

// The bus has checked the payload against the topic's schema.
const changeOf = ({ event }: Delivery): ProductChange => ({
  id: event.key,
  version: event.version,
  product: event.deleted ? null : (event.payload as Product | null),
})

import { once } from 'node:events'
import { encoderPublished, productChanged, productEmbedded, type Topic } from '@eip/contracts'
import { type Delivery, type EventBus, positionsAfter, type Subscription } from '@eip/event-bus'
import { isFailure } from '@eip/kernel'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import type { Logger } from '@eip/telemetry'
import { encoderChangeOf, productChangeOf, vectorChangeOf } from './change-of-event.ts'

export const group = 'indexer'
export const topics: readonly Topic[] = Object.freeze([productChanged, productEmbedded, encoderPublished])

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

/** Reads what changes the view from where the view itself stands, not from where the bus thinks the group is. */
export function keepViewTrue({ bus, writer, logger, indexed }: Needs): ViewKeeping {
  let subscription: Subscription | null = null
  let fault: string | null = null
  /** Events that were waiting when keeping began, less those handled since. */
  let behind = Number.POSITIVE_INFINITY
  let isFinished = false

  /** Each topic's events in their order, with positions of their own: they belong to what has been applied. */
  const apply = async (deliveries: readonly Delivery[]) => {
    const of = ({ name }: Topic) => deliveries.filter(({ position }) => position.topic === name)
    const [encoders, products, vectors] = [of(encoderPublished), of(productChanged), of(productEmbedded)]
    // First of all: vectors of an encoder that is not held are passed over.
    if (encoders.length > 0) await writer.applyEncoders(encoders.map(encoderChangeOf), positionsAfter({}, encoders))
    if (products.length > 0) await writer.apply(products.map(productChangeOf), positionsAfter({}, products))
    indexed(products.length)
    if (vectors.length > 0) await writer.applyVectors(vectors.map(vectorChangeOf), positionsAfter({}, vectors))
  }
  const handle = async (deliveries: readonly Delivery[], signal: AbortSignal) => {
    try {
      await apply(deliveries)
      // The view's own positions do not bring a retried event again: it is saved before the bus forgets it.
      if (deliveries.some(({ isRetried }) => isRetried)) await writer.save()
    } catch (error) {
      if (isFailure(error) && error.kind === 'unavailable') await standStill(error, signal)
      throw error
    }
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

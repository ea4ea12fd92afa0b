import {
  encoderPublished,
  productChanged,
  productEmbedded,
  scoreChanged,
  stockChanged,
  type Topic,
} from '@eip/contracts'
import { type Delivery, type EventBus, positionsAfter, type Subscription } from '@eip/event-bus'
import { isTemporary } from '@eip/kernel'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import type { Logger } from '@eip/telemetry'
import {
  encoderChangeOf,
  logisticsColumnsOf,
  productChangeOf,
  stockColumnsOf,
  vectorChangeOf,
} from './change-of-event.ts'

export const topics: readonly Topic[] = Object.freeze([
  ...[productChanged, stockChanged, scoreChanged, productEmbedded, encoderPublished],
])

export type ViewKeeping = Readonly<{
  start(): Promise<void>
  /** null once everything is in the view that was on the bus when keeping began. */
  missing(): string | null
  /** Why it stands still, or null. */
  trouble(): string | null
  /** Told by who compared it with the one that serves: nothing is missing any more that was on the bus at the start. */
  notBehind(): void
  /** Nothing is put into the view from when this resolves until the function that it answers with is called. */
  hold(): Promise<() => void>
  /** Stops taking events and finishes those at hand. */
  close(): Promise<void>
  /** As `close`, then saves. May be called again. */
  stop(): Promise<void>
}>

export type ViewKeepingNeeds = Readonly<{
  bus: EventBus
  writer: ProductIndexWriter
  group: string
  logger: Logger
  indexed: (documents: number) => void
}>

/**
 * Reads what changes the view from where the view itself stands, not from where the bus thinks the group is; where others write
 * to the same view already, from where they are.
 */
export function keepViewTrue({ bus, writer, group, logger, indexed }: ViewKeepingNeeds): ViewKeeping {
  let subscription: Subscription | null = null
  let fault: string | null = null
  /** Events that were waiting when keeping began, less those handled since. */
  let behind = Number.POSITIVE_INFINITY
  let isFinished = false
  const gate = openGate()

  /** Each topic's events in their order, with positions of their own: they belong to what has been applied. */
  const apply = async (deliveries: readonly Delivery[]) => {
    const of = ({ name }: Topic) => deliveries.filter(({ position }) => position.topic === name)
    const [encoders, products, vectors] = [of(encoderPublished), of(productChanged), of(productEmbedded)]
    const [stock, scores] = [of(stockChanged), of(scoreChanged)]
    // First of all: vectors of an encoder that is not held are passed over.
    if (encoders.length > 0) await writer.applyEncoders(encoders.map(encoderChangeOf), positionsAfter({}, encoders))
    if (products.length > 0) await writer.apply(products.map(productChangeOf), positionsAfter({}, products))
    indexed(products.length)
    // Both owners' in one call: each call is a refresh of its own.
    if (stock.length + scores.length > 0)
      await writer.applyColumns(
        [...stock.map(stockColumnsOf), ...scores.map(logisticsColumnsOf)],
        positionsAfter({}, [...stock, ...scores]),
      )
    if (vectors.length > 0) await writer.applyVectors(vectors.map(vectorChangeOf), positionsAfter({}, vectors))
  }
  const take = async (deliveries: readonly Delivery[]) => {
    await apply(deliveries)
    // The view's own positions do not bring a retried event again: it is saved before the bus forgets it.
    if (deliveries.some(({ isRetried }) => isRetried)) await writer.save()
    behind = Math.max(0, behind - deliveries.length)
  }
  /** Without what the view lies on every event fails; they are fine, and the bus gives them again until it is back. */
  const handle = async (deliveries: readonly Delivery[]) => {
    try {
      await gate.pass(() => take(deliveries))
      fault = null
    } catch (error) {
      if (isTemporary(error)) {
        if (fault === null) logger.error({ err: error }, 'indexing stands still')
        fault = error.message
      }
      throw error
    }
  }
  /** Compacted and parked events are never handled: that there are none left says it too. */
  const lookWhetherNothingIsLeft = async () => {
    const left = Object.values(await bus.lag(group, topics)).reduce((sum, events) => sum + events, 0)
    behind = left === 0 ? 0 : Math.min(behind, left)
  }

  const close = async () => subscription?.close()

  return Object.freeze({
    async start() {
      const resumeFrom = writer.resumeFrom()
      if (resumeFrom === null) logger.info({ group }, 'the serving view is empty: reading all events from the start')
      // Positions that are not named begin at the start.
      const { batchSize } = writer
      subscription = await bus.subscribe({ group, topics, handle, batchSize, resumeFrom: resumeFrom ?? {} })
      await lookWhetherNothingIsLeft()
    },
    missing() {
      if (fault !== null) return fault
      if (behind === 0) return null
      lookWhetherNothingIsLeft().catch((error) => logger.warn({ err: error }, 'the bus does not tell the lag'))
      return `the serving view is behind by ${Number.isFinite(behind) ? behind : 'an unknown number of'} events`
    },
    trouble: () => fault,
    notBehind() {
      behind = 0
    },
    hold: gate.hold,
    close,
    async stop() {
      await close()
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

/** Lets one piece of work through at a time, and none while it is held. */
function openGate() {
  let before: Promise<unknown> = Promise.resolve()
  /** Waits for all that was asked for earlier; whoever asks later waits until `done` is called. */
  const enter = async (): Promise<() => void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const earlier = before
    before = promise
    await earlier
    return resolve
  }
  return {
    hold: enter,
    async pass(work: () => Promise<void>) {
      const done = await enter()
      await work().finally(done)
    },
  }
}

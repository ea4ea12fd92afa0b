import { setTimeout as wait } from 'node:timers/promises'
import { type Product, productChanged } from '@eip/contracts'
import { type EncoderText, textHash } from '@eip/engine-text-encoder'
import type { Delivery, EventBus, Subscription } from '@eip/event-bus'
import { type Clock, isFailure } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { decayedRate } from '../domain/decayed-rate.ts'
import { encoderTextOf } from '../domain/encoder-text.ts'
import {
  decideVector,
  isOld,
  isSameText,
  type ReadProduct,
  type VectorOutcome,
  type VectorRequest,
} from '../domain/vector-change.ts'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import type { EmbeddingMetrics } from './embedding-metrics.ts'
import { occasionAt } from './occasion.ts'
import type { SteadyEncoder } from './steady-encoder.ts'

export const topics = Object.freeze([productChanged])

/** Every encoder reads on its own, from the first change on. */
export const groupOf = (encoder: string): string => `embedding.${encoder}`

/** Products that are encoded and written at once: what a stop waits for, and what a crash encodes again. */
const chunkSize = 32
const batchSize = 8 * chunkSize

/** One encoder that reads product changes. */
export interface EncoderFeed {
  /** True once it reads; before that its artefact is being opened, or does not open. */
  isReading(): boolean
  /** Why it does not go on, or null. */
  trouble(): string | null
  /** Products that it gave a vector, a second, of late. */
  perSecond(): number
  /** Stops reading, finishes the chunk at hand. What is not read yet comes at the next start. */
  close(): Promise<void>
}

export type FeedOptions = Readonly<{
  encoder: string
  steady: SteadyEncoder
  bus: EventBus
  ledger: EmbeddingLedger
  clock: Clock
  logger: Logger
  metrics: EmbeddingMetrics
  retryDelayMs: number
}>

type ToRead = Readonly<{ delivery: Delivery; text: EncoderText; textHash: string }>

const isZero = (vector: Float32Array) => vector.every((value) => value === 0)

function readProduct({ textHash }: ToRead, vector: Float32Array | null): ReadProduct {
  if (vector === null) return { outcome: 'failed', textHash }
  return isZero(vector) ? { outcome: 'unreadable', textHash } : { outcome: 'embedded', textHash, vector }
}
const requestOf = ({ event }: Delivery, read: ReadProduct): VectorRequest => ({
  ...{ id: event.key, productVersion: event.version, market: event.market, trace: event.trace, read },
})

/** The last delivery of each product: those before it would be overwritten at once. */
const lastOfEach = (deliveries: readonly Delivery[]): Delivery[] => [
  ...new Map(deliveries.map((delivery) => [delivery.event.key, delivery])).values(),
]

/** Reads chunks of deliveries with an encoder, into the ledger. */
function chunkReader({ encoder, steady, ledger, clock, metrics, logger }: FeedOptions, vectors: (n: number) => void) {
  /** What tells nothing new is left out; deletions need no encoder. */
  async function sift(deliveries: readonly Delivery[]) {
    const standings = await ledger.standings(
      encoder,
      deliveries.map(({ event }) => event.key),
    )
    const requests: VectorRequest[] = []
    const toRead: ToRead[] = []
    for (const [index, delivery] of deliveries.entries()) {
      const { event } = delivery
      const standing = standings[index]!
      if (isOld(standing, event.version)) continue
      if (event.deleted) {
        requests.push(requestOf(delivery, { outcome: 'removed' }))
        continue
      }
      // The bus has checked the payload against the topic's schema.
      const text = encoderTextOf(event.payload as Product)
      const hash = textHash(text)
      if (!isSameText(standing, hash)) toRead.push({ delivery, text, textHash: hash })
    }
    return { requests, toRead }
  }
  function count(outcomes: readonly VectorOutcome[], unchanged: number): void {
    const counts = new Map<VectorOutcome, number>(unchanged > 0 ? [['unchanged', unchanged]] : [])
    for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    for (const [outcome, products] of counts) metrics.read(encoder, outcome, products)
    vectors(counts.get('embedded') ?? 0)
  }
  return async (deliveries: readonly Delivery[], signal: AbortSignal): Promise<void> => {
    const start = performance.now()
    const { requests, toRead } = await sift(deliveries)
    const unchanged = deliveries.length - requests.length - toRead.length
    const texts = toRead.map(({ text }) => text)
    for (const [index, vector] of (await steady.encode(texts, signal)).entries()) {
      const each = toRead[index]!
      if (vector === null) logger.warn({ encoder, product: each.delivery.event.key }, 'a product cannot be encoded')
      requests.push(requestOf(each.delivery, readProduct(each, vector)))
    }
    const occasion = occasionAt(clock.now())
    const decide = (request: VectorRequest, standing: Parameters<typeof decideVector>[2]) =>
      decideVector(encoder, request, standing, occasion)
    count(requests.length === 0 ? [] : await ledger.record(encoder, requests, decide), unchanged)
    metrics.batch((performance.now() - start) / 1_000)
  }
}

/** Opens the encoder, then reads for it; both in the background, and for as long as it takes. */
export function feedEncoder(options: FeedOptions): EncoderFeed {
  const { encoder, steady, bus, clock, logger, retryDelayMs } = options
  const closing = new AbortController()
  const rate = decayedRate(clock.now)
  const readChunk = chunkReader(options, rate.add)
  let subscription: Subscription | null = null
  let trouble: string | null = null

  /** What is not the fault of an event must not have it parked: without a ledger every event would be, in turn. */
  async function insist(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await work()
        trouble = null
        return
      } catch (error) {
        signal.throwIfAborted()
        if (isFailure(error) && error.code === 'database.bad-event') throw error
        if (trouble === null) logger.error({ err: error, encoder }, 'embedding stands still')
        trouble = error instanceof Error ? error.message : String(error)
        await wait(retryDelayMs, undefined, { signal })
      }
    }
  }
  async function handle(deliveries: readonly Delivery[], signal: AbortSignal): Promise<void> {
    const products = lastOfEach(deliveries)
    for (let start = 0; start < products.length; start += chunkSize) {
      signal.throwIfAborted()
      await insist(() => readChunk(products.slice(start, start + chunkSize), signal), signal)
    }
  }
  async function begin(): Promise<void> {
    await steady.ready(closing.signal)
    const group = groupOf(encoder)
    await insist(async () => {
      subscription ??= await bus.subscribe({ group, topics, handle, batchSize, retryDelayMs })
    }, closing.signal)
  }
  const beginning = begin().catch((error) => {
    if (!closing.signal.aborted) logger.error({ err: error, encoder }, 'an encoder reads nothing')
  })

  return Object.freeze({
    isReading: () => subscription !== null,
    trouble: () => steady.trouble() ?? trouble,
    perSecond: rate.perSecond,
    async close() {
      closing.abort()
      await beginning
      await subscription?.close()
      await steady.close()
    },
  })
}

import { encoderPublished, type PublishedEncoder } from '@eip/contracts'
import type { TextEncoder } from '@eip/engine-text-encoder'
import type { Delivery, EventBus } from '@eip/event-bus'
import type { ProductIndexReader } from '@eip/product-index'
import type { Logger } from '@eip/telemetry'
import { chooseEncoder } from '../domain/encoder-choice.ts'
import { followTopics } from './follow-topics.ts'
import { type MeasureNearness, nearnessFloor } from './nearness-floor.ts'

export const encoderTopics = Object.freeze([encoderPublished])

export type LoadedEncoder = Readonly<{ published: PublishedEncoder; encoder: TextEncoder; floorOf: MeasureNearness }>

/** The encoder that queries are read by, in a thread of its own. */
export type ServingEncoder = Readonly<{
  /** null: there is none whose vectors the view holds. */
  current(): LoadedEncoder | null
  /** That one, or another whose vectors the view holds, loaded for as long as it is asked for; null where it holds none. */
  named(encoder: string): Promise<LoadedEncoder | null>
  /** Says that an encoder has died: it is opened anew. */
  died(encoder: TextEncoder): void
  start(): Promise<void>
  /** What is still missing, or null; an encoder that cannot be loaded is no reason not to serve. */
  missing(): string | null
  stop(): Promise<void>
}>

export type ServingEncoderNeeds = Readonly<{
  bus: EventBus
  index: Pick<ProductIndexReader, 'statistics' | 'retrieve' | 'vectorOf'>
  /** Fetches the artefact and opens it. */
  openEncoder: (encoder: string) => Promise<TextEncoder>
  logger: Logger
}>

/** How soon a new encoder is looked for whose vectors were still on their way into the view. */
const lookAgainMs = 500
/** How long an encoder that does not serve is kept when nobody asks for it any more. */
const idleMs = 600_000
/** How long an encoder that could not be loaded is left alone. */
const retryMs = 30_000

/**
 * Follows what embedding publishes. The one that serves is loaded once the view holds its vectors; until then the one
 * before goes on: query and products must be read by the same encoder.
 */
export function servingEncoder({ bus, index, openEncoder, logger }: ServingEncoderNeeds): ServingEncoder {
  const published = new Map<string, PublishedEncoder>()
  const failedAt = new Map<string, number>()
  let current: LoadedEncoder | null = null
  let loading: Promise<void> | null = null
  let looking: NodeJS.Timeout | undefined
  let isStopped = false

  const handle = async (deliveries: readonly Delivery[]) => {
    for (const { event } of deliveries) {
      if (event.deleted) published.delete(event.key)
      else published.set(event.key, event.payload as PublishedEncoder)
    }
    settle()
  }
  const wanted = () => {
    const now = performance.now()
    const usable = [...published.values()].filter(({ encoder }) => now - (failedAt.get(encoder) ?? -retryMs) >= retryMs)
    return chooseEncoder(usable, index.statistics().encoders, current?.published.encoder ?? null)
  }
  const settle = () => {
    if (isStopped || loading !== null) return
    const next = wanted()
    if (next?.encoder === current?.published.encoder) return
    loading = change(next).finally(() => {
      loading = null
    })
  }
  const change = async (next: PublishedEncoder | null) => {
    const before = current
    try {
      current = next === null ? null : await load(next)
      logger.info({ encoder: next?.encoder ?? null }, 'queries are read by another encoder')
    } catch (error) {
      failedAt.set(next!.encoder, performance.now())
      logger.error({ err: error, encoder: next?.encoder }, 'the encoder cannot be loaded')
      return
    }
    await before?.encoder.close()
  }

  const load = async (next: PublishedEncoder): Promise<LoadedEncoder> => {
    const encoder = await openEncoder(next.encoder)
    try {
      return { published: next, encoder, floorOf: await nearnessFloor(index, next.encoder) }
    } catch (error) {
      await encoder.close()
      throw error
    }
  }

  const died = (encoder: TextEncoder) => {
    if (current?.encoder !== encoder) return
    logger.warn({ encoder: current.published.encoder }, 'the encoder has died and is opened anew')
    current = null
    encoder.close().catch(() => {}) // There is nothing left to close.
    settle()
  }

  const aside = encoderAside(load)
  const named = async (encoder: string): Promise<LoadedEncoder | null> => {
    if (current?.published.encoder === encoder) return current
    const known = published.get(encoder)
    const isHeld = index.statistics().encoders.some((each) => each.encoder === encoder)
    if (known === undefined || !isHeld || !['serving', 'standby'].includes(known.state)) return null
    return aside.take(known)
  }

  const following = followTopics(bus, encoderTopics, handle)

  return Object.freeze({
    current: () => current,
    named,
    died,
    async start() {
      await following.start()
      looking = setInterval(settle, lookAgainMs).unref()
    },
    missing: () => (following.hasCaughtUp() ? null : 'the published encoders are not all known yet'),
    async stop() {
      isStopped = true
      clearInterval(looking)
      await following.stop()
      await loading
      const last = current
      current = null
      await last?.encoder.close()
      await aside.close()
    },
  })
}

/** One encoder beside the one that serves, for who compares; another one, or ten idle minutes, close it. */
function encoderAside(load: (published: PublishedEncoder) => Promise<LoadedEncoder>) {
  let held: Readonly<{ encoder: string; loaded: Promise<LoadedEncoder> }> | null = null
  let idle: NodeJS.Timeout | undefined
  const close = async () => {
    clearTimeout(idle)
    const last = held
    held = null
    await last?.loaded.then(({ encoder }) => encoder.close()).catch(() => {}) // It could not be loaded.
  }
  const take = async (published: PublishedEncoder): Promise<LoadedEncoder> => {
    const { encoder } = published
    if (held?.encoder !== encoder) {
      const closed = close()
      const loaded = closed.then(() => load(published))
      held = { encoder, loaded }
      loaded.catch(() => {
        if (held?.loaded === loaded) held = null
      })
    }
    clearTimeout(idle)
    idle = setTimeout(close, idleMs).unref()
    return held!.loaded
  }
  return { take, close }
}

import type { ArtifactStore } from '@eip/artifacts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { type CountedEncoder, isFed } from '../domain/encoder-states.ts'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import type { EmbeddingMetrics } from './embedding-metrics.ts'
import { type EncoderFeed, feedEncoder } from './feed-encoder.ts'
import { type OpenEncoder, openArtifact } from './open-artifact.ts'
import { steadyEncoder } from './steady-encoder.ts'

export type FeedsOptions = Readonly<{
  bus: EventBus
  artifacts: ArtifactStore
  ledger: EmbeddingLedger
  openEncoder: OpenEncoder
  clock: Clock
  logger: Logger
  metrics: EmbeddingMetrics
  retryDelayMs: number
}>

/** One feed for each encoder that reads, and none for others. */
export interface EncoderFeeds {
  of(encoder: string): EncoderFeed | null
  /** Opens and closes feeds until they are those of the encoders as they stand. */
  matchTo(known: readonly CountedEncoder[]): Promise<void>
  closeAll(): Promise<void>
}

export function encoderFeeds(options: FeedsOptions): EncoderFeeds {
  const { bus, ledger, clock, logger, metrics, retryDelayMs } = options
  const feeds = new Map<string, EncoderFeed>()
  const feedOf = (encoder: string): EncoderFeed => {
    const open = () => openArtifact(options, encoder)
    const steady = steadyEncoder({ open, retryDelayMs, logger: logger.child({ encoder }) })
    return feedEncoder({ encoder, steady, bus, ledger, clock, logger, metrics, retryDelayMs })
  }
  return Object.freeze({
    of: (encoder: string) => feeds.get(encoder) ?? null,
    async matchTo(known: readonly CountedEncoder[]) {
      for (const record of known) {
        const { encoder } = record.description
        const feed = feeds.get(encoder)
        if (isFed(record) && feed === undefined) feeds.set(encoder, feedOf(encoder))
        if (!isFed(record) && feed !== undefined) {
          await feed.close()
          feeds.delete(encoder)
        }
      }
    },
    async closeAll() {
      await Promise.all([...feeds.values()].map((feed) => feed.close()))
    },
  })
}

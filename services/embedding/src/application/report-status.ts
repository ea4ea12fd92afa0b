import type { EmbeddingStatus } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import { type EncoderState, isFed, publishedOf } from '../domain/encoder-states.ts'
import type { EncoderMeasure } from './embedding-metrics.ts'
import { groupOf } from './feed-encoder.ts'
import type { EncoderKeeping, KeptEncoder } from './keep-encoders.ts'
import type { TrainingProgress } from './train-once.ts'

const order: readonly EncoderState[] = ['serving', 'filling', 'standby', 'retired']

type Needs = Readonly<{
  keeping: EncoderKeeping
  progress: () => TrainingProgress | null
  trouble: () => string | null
}>

/** Encoders, the one that serves first, and what is being trained. */
export function reportStatus({ keeping, progress, trouble }: Needs): () => Promise<EmbeddingStatus> {
  const statusOf = async ({ record, feed }: KeptEncoder) => ({
    ...publishedOf(record),
    languages: record.description.languages === null ? null : [...record.description.languages],
    embedded: record.embedded,
    lag: isFed(record) ? await keeping.lag(record.description.encoder) : null,
    perSecond: feed?.perSecond() ?? 0,
    trouble: feed?.trouble() ?? null,
  })
  return async () => {
    const kept = await keeping.kept()
    const sorted = kept.toReversed().sort((a, b) => order.indexOf(a.record.state) - order.indexOf(b.record.state))
    return {
      encoders: await Promise.all(sorted.map(statusOf)),
      training: progress(),
      trouble: trouble(),
    }
  }
}

/** The same for charts. */
export const measureEncoders =
  ({ keeping, bus }: Readonly<{ keeping: EncoderKeeping; bus: EventBus }>) =>
  async (): Promise<readonly EncoderMeasure[]> => {
    const counts = await bus.parking.groups()
    return Promise.all(
      (await keeping.kept()).map(async ({ record }) => {
        const { encoder } = record.description
        const group = groupOf(encoder)
        if (!isFed(record)) return { encoder, group, lag: null, vectors: record.embedded, parked: 0 }
        const parked = counts.find((each) => each.group === group)?.messages ?? 0
        return { encoder, group, lag: await keeping.lag(encoder), vectors: record.embedded, parked }
      }),
    )
  }

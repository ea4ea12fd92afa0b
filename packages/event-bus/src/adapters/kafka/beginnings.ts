import type { Positions } from '@eip/contracts'
import { positionKey } from '../../position.ts'
import type { TopicPartitions } from './dealing.ts'
import type { KafkaLog } from './kafka-log.ts'

export type BeginningsOptions = Readonly<{ log: KafkaLog; group: string; resumeFrom: Positions | undefined }>

/** Where a partition goes on, and whether it is the first time in this life of the group that somebody has it. */
export type Begin = Readonly<{ next: number; isFirst: boolean }>

/**
 * Where partitions that came to us go on (for lives see `group-life.ts`):
 *
 *   offsets committed in    this life                    an earlier one, or none
 *   with own positions      the committed ones           our positions, else the start
 *   without                 the committed ones           the committed ones, else the start
 *
 * Offsets of this life tell of the state that we build too, and are never older than what we read of it before we joined; a
 * replay may have moved them back. Those of an earlier life may tell of a state that is gone, be they further than ours or not.
 */
export async function beginnings(
  { log: { offsets, place }, group, resumeFrom }: BeginningsOptions,
  parts: readonly TopicPartitions[],
  life: string,
): Promise<ReadonlyMap<string, Begin>> {
  const names = parts.map(({ topic }) => topic)
  const [committed, starts] = await Promise.all([offsets.committed(place.prefix + group, names), offsets.starts(names)])
  const all = parts.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
  return new Map(
    all.map(({ topic, partition }) => {
      const key = positionKey({ topic: topic.slice(place.prefix.length), partition })
      const stored = committed.get(topic)?.[partition]
      const isFirst = stored?.life !== life
      const asked = isFirst && resumeFrom !== undefined ? (resumeFrom[key] ?? 0) : stored?.offset
      // What lies before the start of the log is not there any more; nothing committed is -1.
      return [key, { next: Math.max(asked ?? 0, starts.get(topic)?.[partition] ?? 0), isFirst }] as const
    }),
  )
}

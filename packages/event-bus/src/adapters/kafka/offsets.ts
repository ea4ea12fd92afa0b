import { ListOffsetTimestamps } from '@platformatic/kafka'
import type { KafkaClient } from './client.ts'
import { persistently } from './persistence.ts'

/** Offsets by topic (as the cluster calls it) and partition. */
export type OffsetsByTopic = ReadonlyMap<string, readonly number[]>

/** What a group has committed, and in which of its lives (see `group-life.ts`). */
export type Committed = Readonly<{ offset: number; life: string }>

const nothing: Committed = Object.freeze({ offset: -1, life: '' })

export interface Offsets {
  /** The first offset that the log still holds. */
  starts(topics: readonly string[]): Promise<OffsetsByTopic>
  /** The first offset that is not there yet. */
  ends(topics: readonly string[]): Promise<OffsetsByTopic>
  /** The first offset stored at or after the time, or that of the end. */
  storedFrom(topics: readonly string[], time: number): Promise<OffsetsByTopic>
  /** By topic and partition; the offset is -1 where nothing was committed. */
  committed(groupId: string, topics: readonly string[]): Promise<ReadonlyMap<string, readonly Committed[]>>
}

export function offsetsOf(client: KafkaClient): Offsets {
  async function partitionsOf(topics: readonly string[]) {
    const leaders = await client.leaders(topics)
    return (topic: string): readonly number[] => [...(leaders.get(topic) ?? []).keys()]
  }

  const listed = (topics: readonly string[], timestamp: bigint) =>
    persistently(client, 'offsets', async () => {
      if (topics.length === 0) return new Map<string, readonly number[]>()
      const each = await partitionsOf(topics)
      const asked = topics.map((name) => ({
        name,
        partitions: each(name).map((partitionIndex) => ({ partitionIndex, timestamp })),
      }))
      const answers = await client.admin.listOffsets({ topics: asked })
      const found = new Map(topics.map((topic) => [topic, each(topic).map(() => -1)]))
      for (const { name, partitions } of answers) {
        for (const { partitionIndex, offset } of partitions) (found.get(name) ?? [])[partitionIndex] = Number(offset)
      }
      return found
    })

  const ends = (topics: readonly string[]) => listed(topics, ListOffsetTimestamps.LATEST)

  async function storedFrom(topics: readonly string[], time: number): Promise<OffsetsByTopic> {
    const [found, last] = await Promise.all([listed(topics, BigInt(Math.max(0, time))), ends(topics)])
    const orEnd = (topic: string, end: number, partition: number) => {
      const offset = found.get(topic)?.[partition] ?? -1
      return offset < 0 ? end : offset
    }
    return new Map([...last].map(([topic, own]) => [topic, own.map((end, partition) => orEnd(topic, end, partition))]))
  }

  const committed = (groupId: string, topics: readonly string[]) =>
    persistently(client, `offsets of group "${groupId}"`, async () => {
      const each = await partitionsOf(topics)
      const asked = topics.map((name) => ({ name, partitionIndexes: [...each(name)] }))
      const [group] = await client.admin.listConsumerGroupOffsets({ groups: [{ groupId, topics: asked }] })
      const found = new Map(topics.map((topic) => [topic, each(topic).map(() => nothing)]))
      for (const { name, partitions } of group?.topics ?? []) {
        for (const { partitionIndex, committedOffset, metadata } of partitions) {
          ;(found.get(name) ?? [])[partitionIndex] = { offset: Number(committedOffset), life: metadata ?? '' }
        }
      }
      return found
    })

  return Object.freeze({
    starts: (topics: readonly string[]) => listed(topics, ListOffsetTimestamps.EARLIEST),
    ends,
    storedFrom,
    committed,
  })
}

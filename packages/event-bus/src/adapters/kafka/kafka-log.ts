import type { Topic } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { TopicHead } from '../../event-log.port.ts'
import type { Observe } from '../../log/observation.ts'
import type { OpenTopic } from '../../log/open-topic.ts'
import { type Appender, kafkaAppender } from './appender.ts'
import { type KafkaClient, type KafkaPlace, kafkaClient } from './client.ts'
import { type GroupNotes, groupNotes } from './group-notes.ts'
import { type Offsets, offsetsOf } from './offsets.ts'
import { assertUsable } from './opening.ts'
import { openTopic, type TopicSettings } from './topics.ts'

export type GroupTimes = Readonly<{ sessionTimeoutMs: number; rebalanceTimeoutMs: number; heartbeatMs: number }>

export type KafkaLogOptions = Readonly<{
  place: KafkaPlace
  topics: TopicSettings
  group: GroupTimes
  clock: Clock
  observe: Observe
}>

/** What all readers and writers of one bus share. */
export interface KafkaLog extends KafkaLogOptions {
  /** For questions that are answered at once. */
  readonly client: KafkaClient
  readonly offsets: Offsets
  readonly appender: Appender
  readonly notes: GroupNotes
  newClient(requestTimeoutMs?: number): KafkaClient
  /** Makes or checks the topic, once for each process. */
  open(topic: Topic): Promise<TopicHead & Readonly<{ partitions: number }>>
  /** Opened topics with their true ends at this moment. */
  openedNow(topics: readonly Topic[]): Promise<ReadonlyMap<string, OpenTopic>>
  rangeOf(name: string, partition: number): Promise<Readonly<{ start: number; end: number }>>
  close(): Promise<void>
}

const topicOfNotes = 'event-bus.group-notes'

export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaLog> {
  const { place } = options
  const client = kafkaClient(place)
  try {
    await assertUsable(client, place)
    const settings = { ...options.topics, partitions: 1, compactAfterMs: 0 }
    await openTopic(client, place.prefix + topicOfNotes, 'state', settings)
  } catch (error) {
    await client.close()
    throw error
  }
  return logOver(options, client)
}

function logOver(options: KafkaLogOptions, client: KafkaClient): KafkaLog {
  const { place } = options
  const opening = new Map<string, Promise<TopicHead & Readonly<{ partitions: number }>>>()
  const offsets = offsetsOf(client)
  const appender = kafkaAppender(place)
  const newClient = (requestTimeoutMs?: number) => kafkaClient(place, requestTimeoutMs)
  const failed = (reason: string) => options.observe({ kind: 'log-failed', group: undefined, reason })
  const topic = place.prefix + topicOfNotes
  const notes = groupNotes({ topic, waiting: newClient(), client, offsets, appender, failed })

  function open({ name, kind }: Topic) {
    const key = `${kind} ${name}`
    const known = opening.get(key)
    if (known !== undefined) return known
    const made = openTopic(client, place.prefix + name, kind, options.topics)
    const promise = made.then((partitions) => ({ name, kind, partitions }))
    opening.set(key, promise)
    promise.catch(() => opening.delete(key))
    return promise
  }

  async function openedNow(topics: readonly Topic[]) {
    const opened = await Promise.all(topics.map(open))
    const ends = await offsets.ends(opened.map(({ name }) => place.prefix + name))
    return new Map(
      opened.map(({ name, kind }) => [name, { name, kind, ends: ends.get(place.prefix + name) ?? [] }] as const),
    )
  }

  async function rangeOf(name: string, partition: number) {
    const [starts, ends] = await Promise.all([offsets.starts([name]), offsets.ends([name])])
    return { start: starts.get(name)?.[partition] ?? 0, end: ends.get(name)?.[partition] ?? 0 }
  }

  return Object.freeze({
    ...options,
    client,
    offsets,
    appender,
    notes,
    newClient,
    open,
    openedNow,
    rangeOf,
    async close() {
      await appender.close()
      await notes.close()
      await client.close()
    },
  })
}

import type { Topic } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { EventBus, FollowOptions, ReplayFrom, SubscribeOptions } from '../event-bus.port.ts'
import { inShell, type Shell } from '../log/bus-shell.ts'
import { movesTo } from '../log/groups.ts'
import { lane } from '../log/lane.ts'
import type { Observe } from '../log/observation.ts'
import { publisher } from '../log/publisher.ts'
import type { KafkaSecurity } from './kafka/client.ts'
import { startKafkaFollowing } from './kafka/kafka-following.ts'
import { type KafkaLog, openKafkaLog } from './kafka/kafka-log.ts'
import { kafkaParking } from './kafka/kafka-parking.ts'
import { kafkaPublishing } from './kafka/publishing.ts'
import { lagOfGroup, replayGroup } from './kafka/replaying.ts'
import { startKafkaSubscription } from './kafka/subscription.ts'

export type { KafkaSecurity } from './kafka/client.ts'

export type KafkaEventBusOptions = Readonly<{
  /** `host:port` of one broker at least; the others are found by it. */
  brokers: readonly string[]
  clientId: string
  /** What the names of topics and groups begin with in the cluster, as `eip.`. Default nothing. */
  prefix?: string
  security?: KafkaSecurity
  /** Partitions of topics that are made from now on, 1 to 1,000; a topic with fewer is refused. Default 8. */
  partitions?: number
  /** Copies of each partition. Default 1; 3 where there are three brokers. */
  replication?: number
  /** A superseded event of a state topic is kept at least this long, for readers that want every change. Default 10 minutes. */
  compactAfterMs?: number
  /** An event of a behaviour topic is removed this long after it was stored, or later. Default 30 days. */
  retainMs?: number
  /** Further settings of topics that are made, as the broker names them. */
  topicSettings?: Readonly<Record<string, string>>
  /** A member of a group that is silent this long is given up. Default 30 seconds. */
  sessionTimeoutMs?: number
  /** A running `handle` may take this long to end when partitions move. Default one minute. */
  rebalanceTimeoutMs?: number
  /** How often members say that they live and hear that partitions move. Default 3 seconds. */
  heartbeatMs?: number
  clock?: Clock
  observe?: Observe
}>

export interface KafkaEventBus extends EventBus {
  /** How many brokers the cluster has now, by its own word. Rejects where none answers. */
  brokers(): Promise<number>
}

/**
 * The bus of several processes: a Kafka topic for each topic, a consumer group for each group.
 *
 *   publish ─▶ envelope checked ─▶ recent ids ─▶ appender: one request at a time, acknowledged by all copies
 *   subscribe ─▶ membership (which partitions) + tail (reads ahead, bounded) ─▶ the reader of every bus ─▶ offsets, notes
 *   follow ─▶ tail of every partition ─▶ the same reader
 *   parking, retry, replay ─▶ one topic of notes, see `kafka/group-notes.ts`
 *
 * Fails within seconds if no broker can be used: `event-bus.unreachable`, `.credentials-refused`, `.old-broker`,
 * `.topic-refused`. Later outages are waited out; what is published meanwhile waits a minute.
 */
export async function kafkaEventBus(options: KafkaEventBusOptions): Promise<KafkaEventBus> {
  const { brokers, clientId, prefix = '', security = {}, partitions = 8, replication = 1 } = options
  check(brokers.length > 0, 'option "brokers" names at least one broker (KAFKA_BROKERS)')
  check(isCount(partitions, 1_000), `option "partitions" is a whole number from 1 to 1,000, not ${partitions}`)
  check(isCount(replication, 100), `option "replication" is a whole number from 1 on, not ${replication}`)
  check(
    /^[\w.-]{0,100}$/.test(prefix),
    'option "prefix" has at most 100 letters, digits, ".", "_" and "-" (KAFKA_TOPIC_PREFIX)',
  )
  const { compactAfterMs = 600_000, retainMs = 30 * 86_400_000, topicSettings: settings = {} } = options
  const { sessionTimeoutMs = 30_000, rebalanceTimeoutMs = 60_000, heartbeatMs = 3_000 } = options
  const log = await openKafkaLog({
    place: { brokers, clientId, prefix, security },
    topics: { partitions, replication, compactAfterMs, retainMs, settings },
    group: { sessionTimeoutMs, rebalanceTimeoutMs, heartbeatMs },
    clock: options.clock ?? systemClock,
    observe: options.observe ?? (() => undefined),
  })
  return Object.freeze({
    ...inShell((shell) => partsOver(log, shell)),
    brokers: async () => (await log.client.admin.metadata({ topics: [], forceUpdate: true })).brokers.size,
  })
}

function partsOver(log: KafkaLog, shell: Shell) {
  const partitionsOf = new Map<string, number>()
  const writer = publisher(
    kafkaPublishing(log, (topic) => partitionsOf.get(topic) as number),
    async (topic) => partitionsOf.set(topic.name, (await log.open(topic)).partitions),
  )

  async function subscribe(asked: SubscribeOptions) {
    const opened = await log.openedNow(asked.topics)
    const lanes = [...opened.values()].flatMap((topic) => topic.ends.map((_, partition) => lane(topic, partition, 0)))
    if (asked.resumeFrom !== undefined) movesTo(lanes, asked.resumeFrom, () => 0)
    shell.assertOpen()
    return shell.keep(await startKafkaSubscription({ ...asked, log, opened }))
  }

  return {
    publish: writer.publish,
    published: writer.settled,
    subscribe,
    follow: async (asked: FollowOptions) => shell.keep(await startKafkaFollowing(log, asked)),
    replay: (group: string, topics: readonly Topic[], from: ReplayFrom) => replayGroup(log, group, topics, from),
    lag: (group: string, topics: readonly Topic[]) => lagOfGroup(log, group, topics),
    parking: kafkaParking(log),
    close: log.close,
  }
}

const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most

function check(isRight: boolean, sentence: string): void {
  if (!isRight) throw eventBusFailure('event-bus.bad-options', sentence)
}

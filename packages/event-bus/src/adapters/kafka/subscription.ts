import { eventBusFailure } from '../../event-bus.failure.ts'
import type { SubscribeOptions, Subscription } from '../../event-bus.port.ts'
import type { OpenTopic } from '../../log/open-topic.ts'
import { readingOf } from '../../log/options.ts'
import { type ReadableLog, type Reader, startReader } from '../../log/reader.ts'
import { reasonOf } from './client.ts'
import type { KafkaLog } from './kafka-log.ts'
import { joinGroup, type Membership } from './membership.ts'
import { partitionLanes } from './partition-lanes.ts'
import { type RetryQueue, retryQueue } from './retry-queue.ts'
import { notesOf } from './settling.ts'
import { startTail, type Tail } from './tail.ts'

export type KafkaSubscriptionOptions = SubscribeOptions &
  Readonly<{ log: KafkaLog; opened: ReadonlyMap<string, OpenTopic> }>

/** Beyond the longest wait in a request: that for a group to gather. */
const answerAfterGatheringMs = 30_000

/**
 * A reader that is a member of its Kafka group until it is closed:
 *
 *   membership ── which partitions ──▶ lanes ◀── read ahead ── tail
 *        ▲                               │
 *        └── offsets ── reader: take, handle, settle ── notes of what is parked and retried
 */
export async function startKafkaSubscription(options: KafkaSubscriptionOptions): Promise<Subscription> {
  const { log, group } = options
  const { prefix } = log.place
  const failed = (reason: string) => log.observe({ kind: 'log-failed', group, reason })
  // A reader's topics end where its tail has come to.
  const topics = new Map([...options.opened].map(([name, own]) => [name, { ...own, ends: own.ends.map(() => 0) }]))
  const queue = retryQueue(log.notes, group)
  const tail = startTail({
    client: log.newClient(),
    nameOf: (topic) => prefix + topic,
    rangeOf: (topic, partition) => log.rangeOf(prefix + topic, partition),
    grown: () => reader.wake(),
    failed,
  })
  const commit: Membership['commit'] = (offsets) => membership.commit(offsets)
  const lanes = partitionLanes({ log, group, topics, resumeFrom: options.resumeFrom, tail, queue, commit })
  const reader: Reader = startReader({
    ...readingOf(options),
    log: readableLog(options, tail, queue, commit),
    lanes: lanes.all,
    released: () => undefined,
    clock: log.clock,
    observe: log.observe,
  })
  const silence = log.notes.hear(group, () => {
    lanes.look().catch((error: unknown) => failed(String(error)))
    reader.wake()
  })
  const membership = joinGroup({
    ...log.group,
    groupId: prefix + group,
    topics: [...topics.keys()].map((topic) => prefix + topic),
    client: log.newClient(log.group.rebalanceTimeoutMs + answerAfterGatheringMs),
    assign: (parts, life) => lanes.assign(parts, life).then(reader.wake),
    async revoke() {
      lanes.withdraw()
      await reader.settled()
      lanes.release()
    },
    lost: lanes.giveUp,
    failed,
  })
  return joinedOrClosed(group, membership, async () => {
    silence()
    await reader.close()
    await Promise.all([membership.close(), tail.close()])
  })
}

async function joinedOrClosed(
  group: string,
  membership: Membership,
  close: () => Promise<void>,
): Promise<Subscription> {
  try {
    await membership.joined
    return { close }
  } catch (error) {
    await close()
    throw eventBusFailure('event-bus.log-failed', `group "${group}" does not take us: ${reasonOf(error)}`, {}, error)
  }
}

/** The log as this reader sees it; what it parks is noted before its offsets move. */
function readableLog(
  { log, group }: KafkaSubscriptionOptions,
  tail: Tail,
  queue: RetryQueue,
  commit: Membership['commit'],
): ReadableLog {
  return {
    read: async (from, limit, characters) => tail.read(from, limit, characters),
    async settle(_, settlement) {
      tail.advanced()
      // A message that was parked again in the settlement before must be known as such, or its new note would go as handled.
      if (settlement.retried.length > 0) await log.notes.upToDate()
      await log.notes.write(notesOf(log.notes, group, settlement))
      const next = settlement.next.map((position) => ({ ...position, topic: log.place.prefix + position.topic }))
      if (next.length > 0) await commit(next)
    },
    parking: { read: (_, from, limit, characters) => queue.read(from, limit, characters) },
  }
}

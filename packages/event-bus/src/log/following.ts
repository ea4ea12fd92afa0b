import type { Clock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { Following, FollowOptions } from '../event-bus.port.ts'
import type { EventLog } from '../event-log.port.ts'
import { lane } from './lane.ts'
import type { Observe } from './observation.ts'
import type { OpenTopic } from './open-topic.ts'
import { followGroup } from './options.ts'
import { startReader } from './reader.ts'

export type FollowingOptions = FollowOptions &
  Readonly<{ opened: readonly OpenTopic[]; log: EventLog; clock: Clock; observe: Observe; closed(): void }>

const retryDelayMs = 100

/** A reader of its own offsets, from the start on; nothing that its `handle` rejects is ever given up. */
export function startFollowing(options: FollowingOptions): Following & { wake(topic: string): void } {
  const { opened } = options
  const lanes = opened.flatMap((topic) => topic.ends.map((_, partition) => lane(topic, partition, 0)))
  const goals = lanes.map((lane) => lane.topic.ends[lane.partition] ?? 0)
  const caughtUp = Promise.withResolvers<void>()
  // Who does not ask whether it caught up must not be stopped by a rejection that nobody handles.
  caughtUp.promise.catch(() => undefined)
  const look = () => {
    if (lanes.every((lane, index) => lane.next >= (goals[index] as number))) caughtUp.resolve()
  }
  const reader = startReader({
    group: followGroup,
    log: options.log,
    topics: new Map(options.topics.map((topic) => [topic.name, topic])),
    lanes: () => lanes,
    released: look,
    handle: options.handle,
    batchSize: options.batchSize ?? 500,
    maximumAttempts: Number.POSITIVE_INFINITY,
    retryDelayMs,
    isCommitting: false,
    clock: options.clock,
    observe: options.observe,
  })
  look()
  return Object.freeze({
    caughtUp: caughtUp.promise,
    wake(topic: string) {
      if (opened.some(({ name }) => name === topic)) reader.wake()
    },
    async close() {
      await reader.close()
      caughtUp.reject(eventBusFailure('event-bus.closed', 'following was closed before it had caught up'))
      options.closed()
    },
  })
}

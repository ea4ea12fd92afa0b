import type { Clock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { Following, FollowOptions } from '../event-bus.port.ts'
import type { Lane } from './lane.ts'
import type { Observe } from './observation.ts'
import { followGroup } from './options.ts'
import { type ReadableLog, startReader } from './reader.ts'

/** A lane of each partition, and the offset there at which the follower has caught up. */
export type FollowingOptions = FollowOptions &
  Readonly<{ lanes: readonly Lane[]; goals: readonly number[]; log: ReadableLog; clock: Clock; observe: Observe }>

const retryDelayMs = 100

/** A reader of its own offsets, from the start on; nothing that its `handle` rejects is ever given up. */
export function startFollowing(options: FollowingOptions): Following & { wake(topic: string): void } {
  const { lanes, goals } = options
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
      if (lanes.some((lane) => lane.topic.name === topic)) reader.wake()
    },
    async close() {
      await reader.close()
      caughtUp.reject(eventBusFailure('event-bus.closed', 'following was closed before it had caught up'))
    },
  })
}

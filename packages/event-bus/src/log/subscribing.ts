import type { Clock } from '@eip/kernel'
import type { SubscribeOptions, Subscription } from '../event-bus.port.ts'
import type { EventLog } from '../event-log.port.ts'
import { type Groups, movesTo } from './groups.ts'
import type { Observe } from './observation.ts'
import { startReader } from './reader.ts'

export type SubscribingOptions = SubscribeOptions &
  Readonly<{
    groups: Groups
    log: EventLog
    clock: Clock
    observe: Observe
    assertOpen(): void
    readings: Set<Subscription>
  }>

/** A reader that is a member of its group until it is closed. */
export async function startSubscription(options: SubscribingOptions): Promise<Subscription> {
  const { groups, resumeFrom } = options
  const group = groups.of(options.group)
  const lanes = await groups.lanesOf(group, options.topics)
  // A partition that the reader's own offsets do not name has given its state nothing yet.
  if (resumeFrom !== undefined) await group.move(movesTo(lanes, resumeFrom, () => 0))
  options.assertOpen()
  const topics = new Map(options.topics.map((topic) => [topic.name, topic]))
  const reader = startReader({
    group: options.group,
    log: options.log,
    topics,
    lanes: () => group.lanesOf(member),
    released: group.released,
    handle: options.handle,
    batchSize: options.batchSize ?? 500,
    maximumAttempts: options.maximumAttempts ?? 5,
    retryDelayMs: options.retryDelayMs ?? 100,
    isCommitting: true,
    clock: options.clock,
    observe: options.observe,
  })
  const member = { topics: new Set(topics.keys()), reader }
  group.enter(member)
  const subscription = Object.freeze({
    async close() {
      group.leave(member)
      await reader.close()
      options.readings.delete(subscription)
    },
  })
  // In the same breath as `assertOpen`: a bus that closes must know of every reader.
  options.readings.add(subscription)
  return subscription
}

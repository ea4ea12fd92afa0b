import { eventBusFailure } from '../event-bus.failure.ts'
import type { FollowOptions, SubscribeOptions } from '../event-bus.port.ts'

/** The name under which messages are parked that a follower cannot read. No group of readers may have it. */
export const followGroup = 'follow'

const maximumBatchSize = 10_000

function check(isRight: boolean, sentence: string): void {
  if (!isRight) throw eventBusFailure('event-bus.bad-options', sentence)
}

export function checkFollow({ topics, batchSize }: FollowOptions): void {
  const names = new Set(topics.map((topic) => topic.name))
  check(topics.length > 0 && names.size === topics.length, 'option "topics" names at least one topic, and none twice')
  const isSize =
    batchSize === undefined || (Number.isInteger(batchSize) && batchSize > 0 && batchSize <= maximumBatchSize)
  check(isSize, `option "batchSize" is a whole number from 1 to ${maximumBatchSize}, not ${batchSize}`)
}

export function checkSubscribe(options: SubscribeOptions): void {
  checkFollow(options)
  const { group, maximumAttempts, retryDelayMs } = options
  const isName = group.length > 0 && group.length <= 128 && group !== followGroup
  check(isName, `option "group" has 1 to 128 characters and is not "${followGroup}"`)
  const isCount = maximumAttempts === undefined || (Number.isInteger(maximumAttempts) && maximumAttempts > 0)
  check(isCount, `option "maximumAttempts" is a whole number from 1 on, not ${maximumAttempts}`)
  const isDelay = retryDelayMs === undefined || (Number.isFinite(retryDelayMs) && retryDelayMs >= 0)
  check(isDelay, `option "retryDelayMs" is not negative, not ${retryDelayMs}`)
}

/** What a reader does for a group, with what is taken for granted filled in. */
export const readingOf = ({ group, topics, handle, ...options }: SubscribeOptions) => ({
  group,
  topics: new Map(topics.map((topic) => [topic.name, topic])),
  handle,
  batchSize: options.batchSize ?? 500,
  maximumAttempts: options.maximumAttempts ?? 5,
  retryDelayMs: options.retryDelayMs ?? 100,
  isCommitting: true,
})

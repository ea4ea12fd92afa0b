import type { Position } from '@eip/contracts'
import type { OpenTopic } from './open-topic.ts'

/**
 * One partition as one group (or one follower) sees it.
 *
 *   offsets   … 41 42 43 44 45 46 47 48 …
 *                     ↑ next        ↑ carefulUntil
 *
 * A batch that failed left everything before `carefulUntil` to be handed over alone, so that the bad message shows itself.
 */
export type Lane = {
  readonly topic: OpenTopic
  readonly partition: number
  /** The offset to handle next; what lies before it is done. */
  next: number
  carefulUntil: number
  /** Calls of `handle` that failed for the message at `next`. */
  failed: number
  /** Not before this moment of `performance.now()`. */
  retryAt: number
  /** Set while a reader works on it: a key is handled by one reader at a time. */
  held: boolean
  /** Counts replays: work that was taken before one must not move `next` after it. */
  epoch: number
}

export const lane = (topic: OpenTopic, partition: number, next: number): Lane => ({
  topic,
  partition,
  next,
  carefulUntil: 0,
  failed: 0,
  retryAt: 0,
  held: false,
  epoch: 0,
})

export const isCareful = (lane: Lane): boolean => lane.next < lane.carefulUntil
export const hasMore = (lane: Lane): boolean => lane.next < (lane.topic.ends[lane.partition] ?? 0)
export const positionOf = (lane: Lane, offset = lane.next): Position => ({
  topic: lane.topic.name,
  partition: lane.partition,
  offset,
})

export function advance(lane: Lane, next: number): void {
  lane.next = next
  // Everything that is still to be handed over alone has failed once already: with its batch.
  lane.failed = isCareful(lane) ? 1 : 0
  lane.retryAt = 0
}

export function holdBack(lane: Lane, until: number, waitMs: number): void {
  if (!isCareful(lane)) lane.carefulUntil = until
  lane.failed += 1
  lane.retryAt = performance.now() + waitMs
}

export function moveTo(lane: Lane, next: number): void {
  lane.epoch += 1
  lane.next = next
  lane.carefulUntil = 0
  lane.failed = 0
  lane.retryAt = 0
}

/** Free lanes with work, beginning at another one in each turn; one that is careful is taken alone. */
export function lanesToTake(lanes: readonly Lane[], turn: number): readonly Lane[] {
  const now = performance.now()
  const ready = lanes.filter((lane) => !lane.held && hasMore(lane) && lane.retryAt <= now)
  const start = turn % Math.max(1, ready.length)
  const turned = [...ready.slice(start), ...ready.slice(0, start)]
  const first = turned[0]
  return first !== undefined && isCareful(first) ? [first] : turned.filter((lane) => !isCareful(lane))
}

/** Milliseconds until a lane that is held back may be tried again; infinite if there is none. */
export function waitingTime(lanes: readonly Lane[]): number {
  const waiting = lanes.filter((lane) => !lane.held && hasMore(lane))
  return Math.max(1, Math.min(...waiting.map((lane) => lane.retryAt - performance.now())))
}

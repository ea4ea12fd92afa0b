import type { Position } from '@eip/contracts'
import type { OpenTopic } from './open-topic.ts'

/**
 * One partition as one group (or one follower) sees it.
 *
 *   offsets   … 41 42 43 44 45 46 47 48 …
 *                     ↑ next        ↑ carefulUntil
 *
 * A batch that failed left everything before `carefulUntil` to be handed over alone, so that the bad message shows itself.
 *
 * A group's lane has a second one beside it, of the retried messages of that partition: its offsets are places in their queue,
 * and the two share `hold`.
 */
export type Lane = {
  readonly topic: OpenTopic
  readonly partition: number
  /** The offset to handle next; what lies before it is done. */
  next: number
  carefulUntil: number
  /** Calls of `handle` that failed for the message at `next`. */
  failed: number
  /** Calls of `handle` in a row, the last one too, that lacked something else than the message. */
  lacking: number
  /** Not before this moment of `performance.now()`. */
  retryAt: number
  /** Set while a reader works on it: a key is handled by one reader at a time. */
  readonly hold: { isHeld: boolean }
  /** Counts replays: work that was taken before one must not move `next` after it. */
  epoch: number
  /** Of retried messages: their turn comes when the partition's own lane has come to `until`. */
  readonly after: { readonly lane: Lane; until: number } | undefined
}

export const lane = (topic: OpenTopic, partition: number, next: number): Lane => ({
  topic,
  partition,
  next,
  carefulUntil: 0,
  failed: 0,
  lacking: 0,
  retryAt: 0,
  hold: { isHeld: false },
  epoch: 0,
  after: undefined,
})

/** The lane of the retried messages of another lane's partition; `queue` is a topic whose ends are those of the queues. */
export const retryLane = (beside: Lane, queue: OpenTopic): Lane => ({
  ...lane(queue, beside.partition, 0),
  hold: beside.hold,
  after: { lane: beside, until: endOf(beside) },
})

export const endOf = (lane: Lane): number => lane.topic.ends[lane.partition] ?? 0
export const isOfRetries = (lane: Lane): boolean => lane.after !== undefined

export const isCareful = (lane: Lane): boolean => lane.next < lane.carefulUntil
export const hasMore = (lane: Lane): boolean => lane.next < endOf(lane)
const hasItsTurn = ({ after }: Lane): boolean => after === undefined || after.lane.next >= after.until
/** There is something to take, be it after a wait. */
const isWaiting = (lane: Lane): boolean => !lane.hold.isHeld && hasMore(lane) && hasItsTurn(lane)
export const positionOf = (lane: Lane, offset = lane.next): Position => ({
  topic: lane.topic.name,
  partition: lane.partition,
  offset,
})

export function advance(lane: Lane, next: number): void {
  lane.next = next
  // Everything that is still to be handed over alone has failed once already: with its batch.
  lane.failed = isCareful(lane) ? 1 : 0
  lane.lacking = 0
  lane.retryAt = 0
}

export function holdBack(lane: Lane, until: number, waitMs: number): void {
  if (!isCareful(lane)) lane.carefulUntil = until
  lane.failed += 1
  lane.retryAt = performance.now() + waitMs
}

/** As `holdBack`, for what does not count against the messages: they come again as they came. */
export function letWait(lane: Lane, waitMs: number): void {
  lane.lacking += 1
  lane.retryAt = performance.now() + waitMs
}

export function moveTo(lane: Lane, next: number): void {
  lane.epoch += 1
  lane.next = next
  lane.carefulUntil = 0
  lane.failed = 0
  lane.lacking = 0
  lane.retryAt = 0
}

/** Free lanes of one kind with work, beginning at another one in each turn; one that is careful is taken alone. */
export function lanesToTake(lanes: readonly Lane[], turn: number): readonly Lane[] {
  const now = performance.now()
  const ready = lanes.filter((lane) => isWaiting(lane) && lane.retryAt <= now)
  const start = turn % Math.max(1, ready.length)
  const turned = [...ready.slice(start), ...ready.slice(0, start)]
  const first = turned[0]
  if (first === undefined || isCareful(first)) return turned.slice(0, 1)
  return turned.filter((lane) => !isCareful(lane) && isOfRetries(lane) === isOfRetries(first))
}

/** Milliseconds until a lane that is held back may be tried again; infinite if there is none. */
export function waitingTime(lanes: readonly Lane[]): number {
  const waiting = lanes.filter(isWaiting)
  return Math.max(1, Math.min(...waiting.map((lane) => lane.retryAt - performance.now())))
}

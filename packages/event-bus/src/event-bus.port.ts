import type { Envelope, Position, Positions, Topic } from '@eip/contracts'

/** An event as a reader gets it. */
export type Delivery<Payload = unknown> = Readonly<{
  position: Position
  event: Envelope<Payload>
  attempt: number
  /** It was parked, and somebody asked for it to be given again. */
  isRetried: boolean
}>

/** A message that a group set aside: its bytes as received, and why. */
export type ParkedMessage = Readonly<{
  group: string
  position: Position
  attempts: number
  reason: string
  parkedAt: number
  body: string
}>

/** How much a group has set aside, in all and by topic. */
export type ParkedCount = Readonly<{ group: string; messages: number; topics: Readonly<Record<string, number>> }>

/**
 * What groups have set aside, and the way back.
 *  - `groups` names every group that holds parked messages, `follow` too, by name. `list` has the newest thousand, oldest first.
 *  - `retry` gives parked messages to the readers of their group again, as new first attempts with their bytes as parked; if nobody
 *    reads, to the next one who does. They leave the parking when `retry` resolves; until they are handled, `lag` counts them.
 *  - Who fails again is parked again, with the new reason and its attempts counted anew. At every moment a message is parked, or on
 *    its way, or handled: nothing that ends the process loses it, and asking twice gives it once. What is not parked counts as `absent`.
 *  - A retried message comes after all that its partition held when `retry` was asked, so it is older than what its key has seen
 *    since: consumers apply by version. It keeps its position and moves no offset. A reader that keeps its offsets beside its state
 *    makes that state durable before `handle` of a message with `isRetried` resolves: those offsets do not bring it again.
 *  - For `follow`, `retry` forgets that the message was passed over: followers that run would fail at it again, and those to come
 *    read it anyway, and park it again if they cannot.
 */
export interface Parking {
  groups(): Promise<readonly ParkedCount[]>
  list(group: string): Promise<readonly ParkedMessage[]>
  retry(group: string, positions: readonly Position[]): Promise<Readonly<{ retried: number; absent: number }>>
}

export type Handler = (deliveries: readonly Delivery[], signal: AbortSignal) => Promise<void>

export type SubscribeOptions = Readonly<{
  group: string
  topics: readonly Topic[]
  handle: Handler
  /** Deliveries in one call of `handle`, at most. Default 500. */
  batchSize?: number
  /**
   * Calls of `handle` for one message before it is parked (a failed batch counts, and is never the last). Default 5.
   * Temporary failures (`isTemporary`) do not count: the messages come again until what the handler lacks is back.
   */
  maximumAttempts?: number
  /** First wait before a redelivery, in milliseconds; it doubles with every attempt, up to 30 seconds. Default 100. */
  retryDelayMs?: number
  /**
   * Where to go on, for a reader that keeps its offsets beside its state, read from there right before it subscribes. Readers of
   * one group at one time build one state together.
   *  - Who comes into a group without readers overrules what it had committed, forwards and backwards: the state may be a new one,
   *    or an older one that was put back. Partitions not named begin at the start.
   *  - Who comes to other readers goes on where those have come to, at once and whenever partitions change hands later: what they
   *    committed is in the state, and further than positions that were read before. Nothing is passed over; what a reader that
   *    died had not committed comes again.
   *  - So a state is put back, or changed for another, while its group has no readers; else `replay` says where they go on.
   */
  resumeFrom?: Positions | undefined
}>

export type FollowOptions = Readonly<{ topics: readonly Topic[]; handle: Handler; batchSize?: number }>

export interface Subscription {
  /** Stops taking, waits for the running `handle`, commits what it finished. */
  close(): Promise<void>
}

export interface Following extends Subscription {
  /** Resolves once everything that was in the topics when following began has been handled. */
  readonly caughtUp: Promise<void>
}

export type ReplayFrom = 'start' | 'end' | Readonly<{ time: number }> | Readonly<{ positions: Positions }>

/**
 * The one stream of events.
 *  - `publish` resolves when the events are durable, all or none of one call; an event id that a topic holds is not appended again.
 *    The envelope is checked here, the payload where it is read. An event has at most 1 Mi characters of JSON, a call 32 Mi.
 *  - Events of one key in one topic are delivered in the order they were published; between topics there is no order.
 *  - Delivery is at least once: offsets are committed after `handle` resolved, and what was not committed comes again, to this or the next reader of the group.
 *  - Readers of one group share the work: a key is handled by one of them at a time. Groups do not know of each other. A new group begins at the start.
 *    `handle` of one subscription runs once at a time; its batch may mix topics and partitions, each in its order.
 *  - A batch whose `handle` rejects is tried again; from the second attempt on, message by message, so that one bad message holds back its key's partition only until it is parked.
 *  - A message that cannot be read (broken envelope, payload against its schema) or that failed `maximumAttempts` times, the last time alone, is parked with its reason, never skipped silently and never lost.
 *  - `follow` gives every follower all that the topics hold, from the start on, and says when it has caught up. It commits nothing; what its `handle` rejects is tried again;
 *    what cannot be read is parked under the name `follow`, which no group may have. `caughtUp` rejects if the following is closed before.
 *  - A state topic is compacted: each key's last event is kept and the one of its greatest version, a deletion too, and offsets do not change. Behaviour expires by age.
 *    A topic keeps its kind.
 *  - `replay` sets a group's offsets to the start, the end, a time (everything recorded at or after it comes) or given positions (partitions not named stay); running readers of the group go on from there.
 *    Positions that the log never had are refused, in `resumeFrom` too.
 *  - `publish` waits when the bus is behind (back-pressure): memory stays bounded however fast one publishes. Slow readers hold nobody up, and one read each in memory.
 *  - `close` of a reader waits for the running `handle`, whose signal tells it to hurry; `close` of the bus closes its readers and finishes what was published.
 */
export interface EventBus {
  publish(topic: Topic, events: readonly Envelope[]): Promise<void>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  follow(options: FollowOptions): Promise<Following>
  replay(group: string, topics: readonly Topic[], from: ReplayFrom): Promise<void>
  /**
   * Events published and not yet handled, by topic, for a group: a difference of offsets, so removed ones count until they are
   * passed; and the retried ones that are on their way.
   */
  lag(group: string, topics: readonly Topic[]): Promise<Readonly<Record<string, number>>>
  readonly parking: Parking
  close(): Promise<void>
}

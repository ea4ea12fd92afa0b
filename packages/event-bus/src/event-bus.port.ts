import type { Envelope, Position, Positions, Topic } from '@eip/contracts'

/** An event as a reader gets it. */
export type Delivery<Payload = unknown> = Readonly<{ position: Position; event: Envelope<Payload>; attempt: number }>

/** A message that a group set aside: its bytes as received, and why. */
export type ParkedMessage = Readonly<{
  group: string
  position: Position
  attempts: number
  reason: string
  parkedAt: number
  body: string
}>

export type Handler = (deliveries: readonly Delivery[], signal: AbortSignal) => Promise<void>

export type SubscribeOptions = Readonly<{
  group: string
  topics: readonly Topic[]
  handle: Handler
  /** Deliveries in one call of `handle`, at most. Default 500. */
  batchSize?: number
  /** Calls of `handle` for one message before it is parked. Default 5. */
  maximumAttempts?: number
  /** First wait before a redelivery, in milliseconds; it doubles with every attempt. Default 100. */
  retryDelayMs?: number
  /** Where to go on, for a reader that keeps its offsets beside its state; the group's committed offsets are then overruled. */
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
 *  - `publish` resolves when the events are durable, all or none of one call; an event id that a topic already holds is not appended again.
 *  - Events of one key in one topic are delivered in the order they were published; between topics there is no order.
 *  - Delivery is at least once: offsets are committed after `handle` resolved, and what was not committed comes again, to this or the next reader of the group.
 *  - Readers of one group share the work: a key is handled by one of them at a time. Groups do not know of each other. A new group begins at the start.
 *  - A batch whose `handle` rejects is tried again; from the second attempt on, message by message, so that one bad message holds back its key's partition only until it is parked.
 *  - A message that cannot be read (broken envelope, payload against its schema) or that failed `maximumAttempts` times is parked with its reason, never skipped silently and never lost.
 *  - `follow` gives every follower all that the topics hold, from the start on, and says when it has caught up. It commits nothing; what its `handle` rejects is tried again.
 *  - A state topic is compacted: at least each key's last event is kept, a deletion too, and offsets do not change.
 *  - `replay` sets a group's offsets to the start, the end, a time (by recordedAt) or given positions; running readers of the group go on from there.
 *  - `publish` waits when the bus is behind (back-pressure): memory stays bounded however fast one publishes.
 */
export interface EventBus {
  publish(topic: Topic, events: readonly Envelope[]): Promise<void>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  follow(options: FollowOptions): Promise<Following>
  replay(group: string, topics: readonly Topic[], from: ReplayFrom): Promise<void>
  /** Events published and not yet handled, by topic, for a group. */
  lag(group: string, topics: readonly Topic[]): Promise<Readonly<Record<string, number>>>
  parked(group: string): Promise<readonly ParkedMessage[]>
  close(): Promise<void>
}

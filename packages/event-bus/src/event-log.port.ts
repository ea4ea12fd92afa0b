import type { Position, Topic } from '@eip/contracts'
import type { ParkedMessage } from './event-bus.port.ts'

/** One event on its way into a log: what the log must know of it, and its bytes. */
export type LogRow = Readonly<{ id: string; key: string; version: number; recordedAt: number; body: string }>

/** What a read found from one position on: bodies with their offsets, and where the next read goes on. */
export type LogSlice = Readonly<{ offsets: readonly number[]; bodies: readonly string[]; next: number }>

/** The retried messages of one partition that wait for a group: how many, and the first place behind all that ever were. */
export type RetryQueue = Readonly<{ messages: number; end: number }>

/** How many messages of one topic a group has set aside. */
export type TopicCount = Readonly<{ group: string; topic: string; messages: number }>

/**
 * What groups have set aside, and what of it is to be given to them again: a queue for each group and partition.
 *  - `retry` moves parked messages to the ends of their queues in one atomic step; `forget` removes them. Both answer how many were parked.
 *  - Places in a queue only grow and are never used again. They are not dense.
 *  - `queues` answers by partition; `read` as the log's, but its positions are places in the queues: `offsets` are those of the
 *    messages themselves, and `next` is a place.
 */
export interface ParkingLot {
  counts(): Promise<readonly TopicCount[]>
  list(group: string, limit: number): Promise<readonly ParkedMessage[]>
  retry(group: string, positions: readonly Position[]): Promise<number>
  forget(group: string, positions: readonly Position[]): Promise<number>
  queues(group: string, topic: string): Promise<readonly RetryQueue[]>
  read(group: string, from: readonly Position[], limit: number, characters: number): Promise<readonly LogSlice[]>
}

/** What a group has done: offsets to store, places before which its queues of retried messages are done, and messages to park. */
export type Settlement = Readonly<{
  next: readonly Position[]
  retried: readonly Position[]
  parked: readonly ParkedMessage[]
}>

export type TopicHead = Pick<Topic, 'name' | 'kind'>

/** Called after every durable append, before its `append` resolves: the topic's next free offset by partition. */
export type AppendListener = (topic: string, ends: readonly number[]) => void

/**
 * What differs between the embedded buses: where events lie. Groups, redelivery and parking are written once, above it.
 *  - `append` resolves when all rows are durable, or rejects and holds none; ids that the topic holds are passed over.
 *  - The partition of a row is `partitionOf(key)`; offsets grow by one and are never used again, whatever is removed.
 *  - `read` answers one slice for each position asked, in that order; all of them together hold at most `limit` bodies and stop
 *    after the first that brings them to `characters`. Removed offsets are passed over: `next` is then beyond them.
 *  - `positions` answers by partition: what the group committed (0 if nothing), or the first offset from which every
 *    event recorded at or after the time can be read.
 *  - `settle` does all of a settlement in one atomic step; the same position parked again replaces its note.
 */
export interface EventLog {
  /** Opens a topic, making it at the first time; answers with the next free offset by partition. */
  openTopic(topic: TopicHead): Promise<readonly number[]>
  append(topic: string, rows: readonly LogRow[]): Promise<void>
  read(from: readonly Position[], limit: number, characters: number): Promise<readonly LogSlice[]>
  positions(topic: string, of: Readonly<{ group: string }> | Readonly<{ time: number }>): Promise<readonly number[]>
  settle(group: string, settlement: Settlement): Promise<void>
  readonly parking: ParkingLot
  close(): Promise<void>
}

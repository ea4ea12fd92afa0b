import type { Position, Topic } from '@eip/contracts'
import type { ParkedMessage } from './event-bus.port.ts'

/** One event on its way into a log: what the log must know of it, and its bytes. */
export type LogRow = Readonly<{ id: string; key: string; version: number; recordedAt: number; body: string }>

/** What a read found from one position on: bodies with their offsets, and where the next read goes on. */
export type LogSlice = Readonly<{ offsets: readonly number[]; bodies: readonly string[]; next: number }>

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
 *  - `settle` stores offsets and parked messages in one atomic step; the same place parked again replaces its note.
 */
export interface EventLog {
  /** Opens a topic, making it at the first time; answers with the next free offset by partition. */
  openTopic(topic: TopicHead): Promise<readonly number[]>
  append(topic: string, rows: readonly LogRow[]): Promise<void>
  read(from: readonly Position[], limit: number, characters: number): Promise<readonly LogSlice[]>
  positions(topic: string, of: Readonly<{ group: string }> | Readonly<{ time: number }>): Promise<readonly number[]>
  settle(group: string, next: readonly Position[], parked: readonly ParkedMessage[]): Promise<void>
  parked(group: string, limit: number): Promise<readonly ParkedMessage[]>
  close(): Promise<void>
}

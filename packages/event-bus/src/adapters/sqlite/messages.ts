import type { Position } from '@eip/contracts'
import type { ParkedMessage } from '../../event-bus.port.ts'
import type { LogSlice, RetryQueue, Settlement, TopicCount, TopicHead } from '../../event-log.port.ts'

/** What the worker is started with. */
export type WorkerStart = Readonly<{ file: string; partitions: number; compactAfterMs: number; retainMs: number }>

/** Rows by column: five arrays are cloned between threads faster than a thousand objects. */
export type RowColumns = Readonly<{
  ids: readonly string[]
  keys: readonly string[]
  versions: readonly number[]
  recordedAt: readonly number[]
  bodies: readonly string[]
}>

/** What each request asks, and what it answers. */
export type Operations = {
  openTopic: { ask: TopicHead; answer: readonly number[] }
  append: { ask: Readonly<{ topic: string; now: number; rows: RowColumns }>; answer: null }
  read: {
    ask: Readonly<{ from: readonly Position[]; limit: number; characters: number }>
    answer: readonly LogSlice[]
  }
  positions: {
    ask: Readonly<{ topic: string; of: Readonly<{ group: string }> | Readonly<{ time: number }> }>
    answer: readonly number[]
  }
  settle: { ask: Settlement & Readonly<{ group: string }>; answer: null }
  counts: { ask: null; answer: readonly TopicCount[] }
  parked: { ask: Readonly<{ group: string; limit: number }>; answer: readonly ParkedMessage[] }
  retry: { ask: Readonly<{ group: string; positions: readonly Position[] }>; answer: number }
  forget: { ask: Readonly<{ group: string; positions: readonly Position[] }>; answer: number }
  queues: { ask: Readonly<{ group: string; topic: string }>; answer: readonly RetryQueue[] }
  readQueues: {
    ask: Readonly<{ group: string; from: readonly Position[]; limit: number; characters: number }>
    answer: readonly LogSlice[]
  }
  close: { ask: null; answer: null }
}

export type Operation = keyof Operations

export type Request = {
  [Name in Operation]: Readonly<{ id: number; operation: Name; ask: Operations[Name]['ask'] }>
}[Operation]

/** The clock's word for the worker, which has none: what is older than its limits may go. */
export type Tick = Readonly<{ operation: 'tidy'; now: number }>

export type Trouble = Readonly<{ code: string; message: string; details?: Record<string, unknown> }>

/** The answer to `id`; the first one, to 0, says whether the file could be opened. */
export type Answer = Readonly<{ id: number; value: unknown }> | Readonly<{ id: number; trouble: Trouble }>

/**
 * All that one commit has done: new ends first, because who is told of success may look for what it wrote.
 * `trouble` is that of work nobody asked for: a slice of tidying.
 */
export type FromWorker = Readonly<{
  ends: readonly (readonly [string, readonly number[]])[]
  answers: readonly Answer[]
  trouble?: Trouble
}>

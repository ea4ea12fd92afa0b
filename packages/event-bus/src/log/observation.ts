import type { Position } from '@eip/contracts'

/** What a reader meets on its way; for logs and counters. */
export type Observation = Readonly<
  | { kind: 'rejected'; group: string; reason: string; deliveries: number; position: Position | undefined }
  /** Not for the messages' sake: they are given again until what the handler lacks is back. */
  | { kind: 'waiting'; group: string; reason: string; deliveries: number }
  | { kind: 'parked'; group: string; reason: string; position: Position; attempts: number }
  /** Of a reader's offsets or reads, or (without a group) of compaction and expiry. All of it is tried again. */
  | { kind: 'log-failed'; group: string | undefined; reason: string }
>

export type Observe = (observation: Observation) => void

import type { TraceContext } from './trace-context.ts'

/** What travels with a request from its edge to the last service that works for it. */
export type Call = Readonly<{
  /** When the answer is no longer wanted: milliseconds since the epoch, UTC. */
  deadline: number
  /** Aborts at the deadline, or when whoever waits has gone. */
  signal: AbortSignal
  trace: TraceContext
  /** Milliseconds until the deadline, never below 0. */
  remainingMs(): number
}>

/**
 * What a caller says about one call.
 * - `call`: the call in whose service this one is made; its deadline, signal and trace are handed on.
 * - `deadlineMs`: at most this many milliseconds from now; it can only shorten the deadline of `call`.
 * - `signal`: gives the call up.
 */
export type CallOptions = Readonly<{
  call?: Call | undefined
  deadlineMs?: number | undefined
  signal?: AbortSignal | undefined
}>

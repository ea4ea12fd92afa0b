import type { Clock } from '@eip/kernel'
import type { CallOptions } from './call.ts'
import type { CallLimits } from './run-call.ts'
import { childTrace, newTrace } from './trace-context.ts'

// For callers that name neither a budget nor a call: the longest budget in the list of synchronous calls, an admin's.
const defaultBudgetMs = 5_000

/** The limits of a call about to be made: the deadline only shrinks, and the trace gets a step of its own. */
export function limitsOf({ call, deadlineMs, signal }: CallOptions, clock: Clock): CallLimits {
  const budget = deadlineMs ?? (call === undefined ? defaultBudgetMs : Number.POSITIVE_INFINITY)
  return {
    deadline: Math.min(call?.deadline ?? Number.POSITIVE_INFINITY, clock.now() + budget),
    trace: call === undefined ? newTrace() : childTrace(call.trace),
    signals: [call?.signal, signal],
  }
}

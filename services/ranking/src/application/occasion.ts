import { type Clock, newId } from '@eip/kernel'
import { type Call, formatTrace } from '@eip/rpc'
import type { Occasion } from '../domain/policy-change.ts'

/** When and in whose name a change happens, and the id of the event that tells of it. */
export function occasionOf(clock: Clock, by: string, call?: Call): Occasion {
  const now = clock.now()
  return Object.freeze({ now, by, eventId: newId(now), ...(call ? { trace: formatTrace(call.trace) } : {}) })
}

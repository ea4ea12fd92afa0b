import { type Clock, newId } from '@eip/kernel'
import { type Call, formatTrace, newTrace } from '@eip/rpc'
import type { Occasion } from '../domain/occasion.ts'

/** Of the call in whose service it happens; what the service does by itself has a trace of its own. */
export function occasionOf(clock: Clock, call?: Pick<Call, 'trace'>): Occasion {
  const now = clock.now()
  return Object.freeze({ now, trace: formatTrace(call?.trace ?? newTrace()), newEventId: () => newId(now) })
}

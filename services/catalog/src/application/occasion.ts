import { type Clock, newId } from '@eip/kernel'
import { type Call, formatTrace } from '@eip/rpc'
import type { Occasion } from '../domain/product-change.ts'

/** When and on whose behalf the changes of one call happen. */
export function occasionOf(call: Pick<Call, 'trace'>, clock: Clock): Occasion {
  const now = clock.now()
  // One draw of randomness per call; its events are numbered.
  const callId = newId(now)
  let events = 0
  return Object.freeze({ now, trace: formatTrace(call.trace), newEventId: () => `${callId}-${events++}` })
}

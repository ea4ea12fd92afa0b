import { newId } from '@eip/kernel'
import type { Occasion } from '../domain/occasion.ts'

/** One draw of randomness an occasion; its events are numbered. */
export function occasionAt(now: number): Occasion {
  const id = newId(now)
  let events = 0
  return Object.freeze({ now, newEventId: () => `${id}-${events++}` })
}

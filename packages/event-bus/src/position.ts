import type { Position, Positions } from '@eip/contracts'
import type { Delivery } from './event-bus.port.ts'

/** The name of a partition in `Positions`. */
export const positionKey = (position: Pick<Position, 'topic' | 'partition'>): string =>
  `${position.topic}/${position.partition}`

/** The positions to keep beside a state that held `before` and has now taken in these deliveries; retried ones move none. */
export function positionsAfter(before: Positions, deliveries: readonly Delivery[]): Positions {
  const after: Record<string, number> = { ...before }
  for (const { position, isRetried } of deliveries) {
    if (isRetried) continue
    const key = positionKey(position)
    after[key] = Math.max(after[key] ?? 0, position.offset + 1)
  }
  return Object.freeze(after)
}

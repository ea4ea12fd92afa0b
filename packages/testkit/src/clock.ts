import type { Clock } from '@eip/kernel'

export interface FakeClock extends Clock {
  advance(milliseconds: number): void
}

/** A clock that stands still until it is told to move. */
export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start
  return Object.freeze({
    now: () => now,
    advance(milliseconds: number) {
      now += milliseconds
    },
  })
}

import type { Clock } from '@eip/kernel'

/** `at`: the ledger's time; `now`: the clock's. Milliseconds since the epoch. */
export type Moment = Readonly<{ at: number; now: number }>

/**
 * A time that never goes back, so that what ran out stays so. Where the clock is put back, it runs on from where it was:
 *
 *     clock   10:00  10:05  09:00  09:05
 *     ledger  10:00  10:05  10:05  10:10
 *
 * `latest` is the greatest time that the ledger holds, of this process or another.
 */
export function ledgerTime(clock: Clock, latest: number): () => Moment {
  let last = latest
  let ahead = 0
  return () => {
    const now = clock.now()
    ahead = Math.max(ahead, last - now)
    last = now + ahead
    return { at: last, now }
  }
}

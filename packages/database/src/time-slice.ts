import { setImmediate } from 'node:timers/promises'

/** Long work in slices, so that the thread answers others in between. */
export interface TimeSlice {
  /** Returns at once while the slice lasts; else lets the event loop turn and begins the next slice. */
  pause(): Promise<void> | undefined
}

/** A slice of `budgetMs` milliseconds; two is what a thread that answers requests may be held for. */
export function timeSlice(budgetMs = 2): TimeSlice {
  let end = performance.now() + budgetMs
  const turn = async () => {
    await setImmediate()
    end = performance.now() + budgetMs
  }
  return Object.freeze({ pause: () => (performance.now() < end ? undefined : turn()) })
}

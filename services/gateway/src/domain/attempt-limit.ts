import type { Clock } from '@eip/kernel'

/** Counts failed sign-ins by name, so that guessing is slow. */
export interface AttemptLimit {
  /** True while `name` has tried in vain too often. */
  isReached(name: string): boolean
  failed(name: string): void
  succeeded(name: string): void
}

/**
 * At most `maximum` failures in a window of `windowMs`, then nothing until the window is over.
 * Holds at most 10,000 names: the oldest are forgotten first, so that made-up names cannot fill the memory.
 */
export function attemptLimit(clock: Clock, maximum = 10, windowMs = 60_000): AttemptLimit {
  const windows = new Map<string, { start: number; failures: number }>()
  const current = (name: string) => {
    const window = windows.get(name)
    return window && clock.now() - window.start < windowMs ? window : undefined
  }
  return Object.freeze({
    isReached: (name: string) => (current(name)?.failures ?? 0) >= maximum,
    failed(name: string) {
      const window = current(name) ?? { start: clock.now(), failures: 0 }
      windows.delete(name)
      windows.set(name, { ...window, failures: window.failures + 1 })
      const oldest = windows.keys().next().value
      if (windows.size > 10_000 && oldest !== undefined) windows.delete(oldest)
    },
    succeeded(name: string) {
      windows.delete(name)
    },
  })
}

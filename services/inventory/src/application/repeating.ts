import { setTimeout as wait } from 'node:timers/promises'

/** Does the work again and again, `intervalMs` after it ended the last time; what it answers with ends that, after the work at hand. */
export function repeating(work: (signal: AbortSignal) => Promise<void>, intervalMs: number): () => Promise<void> {
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    while (!signal.aborted) {
      await work(signal)
      await wait(intervalMs, undefined, { signal }).catch(() => {})
    }
  }
  const running = run()
  return () => {
    ending.abort()
    return running
  }
}

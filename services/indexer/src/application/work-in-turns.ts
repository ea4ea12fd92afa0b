import { setTimeout as wait } from 'node:timers/promises'

/** Work of which only one piece may be done at a time, some of it again and again, until its end. */
export interface WorkInTurns {
  /** Does it after all that was asked for earlier, whatever became of that. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** Does it in its turn, `everyMs` after it ended the last time. What fails is told, and tried again. */
  repeat(work: () => Promise<void>, everyMs: number): void
  /** Tells the work at hand to hurry. */
  readonly signal: AbortSignal
  /** Waits for the work at hand. */
  end(): Promise<void>
}

export function workInTurns(failed: (error: unknown) => void): WorkInTurns {
  const ending = new AbortController()
  const { signal } = ending
  let last: Promise<unknown> = Promise.resolve()
  let repeating: Promise<void> | undefined

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  async function again(work: () => Promise<void>, everyMs: number): Promise<void> {
    while (!signal.aborted) {
      await wait(everyMs, undefined, { signal }).catch(() => {})
      if (!signal.aborted) await inTurn(work).catch(failed)
    }
  }
  return Object.freeze({
    inTurn,
    signal,
    repeat(work: () => Promise<void>, everyMs: number) {
      repeating ??= again(work, everyMs)
    },
    async end() {
      ending.abort()
      await repeating
      await last
    },
  })
}

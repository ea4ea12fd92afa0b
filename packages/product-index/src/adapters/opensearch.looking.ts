/**
 * Looks at what other processes may change, again and again, whether anybody asks or not: so the first question after a quiet hour
 * is answered by what stands now. What could not be looked up is looked up again the next time. Answers with what ends it.
 */
export function lookRepeatedly(look: () => Promise<unknown>, everyMs: number): () => Promise<void> {
  let isEnded = false
  let looking: Promise<unknown> = Promise.resolve()
  let timer = setTimeout(turn, everyMs).unref()

  function turn(): void {
    looking = look()
      .catch(() => undefined)
      .finally(() => {
        if (!isEnded) timer = setTimeout(turn, everyMs).unref()
      })
  }
  return async () => {
    isEnded = true
    clearTimeout(timer)
    await looking
  }
}

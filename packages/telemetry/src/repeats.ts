/** Which of equal lines are written: a fault that lasts is met, and would be told, many times a second. */
export interface Repeats {
  /** How many of them were left out since the last that was written; null: this one is to be left out too. */
  leftOut(line: string): number | null
}

/** No fault has so many faces; whatever has is told more often than needed. */
const mostRemembered = 1_000

/** The first of equal lines is written, then one every `everyMs`. `now` in milliseconds, from any start. */
export function repeats(everyMs: number, now: () => number = () => performance.now()): Repeats {
  const written = new Map<string, { at: number; leftOut: number }>()
  return Object.freeze({
    leftOut(line: string) {
      const last = written.get(line)
      if (last !== undefined && now() - last.at < everyMs) {
        last.leftOut += 1
        return null
      }
      written.delete(line)
      if (written.size >= mostRemembered) written.delete(written.keys().next().value!)
      written.set(line, { at: now(), leftOut: 0 })
      return last?.leftOut ?? 0
    },
  })
}

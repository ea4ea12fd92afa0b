/** How many things happen per second of late. */
export interface DecayedRate {
  add(count: number): void
  perSecond(): number
}

/**
 * A mean over the past in which a second counts half as much for every `halfLifeMs` that it lies back:
 *
 *     sum of counts · 2^(−age / halfLife)  ÷  integral of 2^(−age / halfLife) since the first
 *
 * so that it is right from the first moment on, and falls to zero when nothing happens any more.
 */
export function decayedRate(now: () => number, halfLifeMs = 5_000): DecayedRate {
  let sum = 0
  let begin: number | null = null
  let last = 0
  const decay = () => {
    const at = now()
    sum *= 2 ** (-Math.max(0, at - last) / halfLifeMs)
    last = at
  }
  return Object.freeze({
    add(count: number) {
      begin ??= now()
      decay()
      sum += count
    },
    perSecond() {
      if (begin === null) return 0
      decay()
      const span = ((1 - 2 ** (-(last - begin) / halfLifeMs)) * halfLifeMs) / Math.LN2
      // What came in an instant has no rate yet.
      return span < 1 ? 0 : (sum * 1_000) / span
    },
  })
}

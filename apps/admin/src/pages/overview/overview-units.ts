import type { Language } from '@eip/theme'

/** Spans up to this are read by the second. */
const shortSpanMs = 600_000

/** How the overview writes what it measures. */
export function overviewUnits(language: Language) {
  const digits = [2, 1, 0].map((most) => new Intl.NumberFormat(language, { maximumFractionDigits: most }))
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const number = (value: number) => digits[value < 10 ? 0 : value < 100 ? 1 : 2]!.format(value)
  return {
    /** As many digits as can be read at a glance. */
    number,
    milliseconds: (ms: number) => `${number(ms)} ms`,
    percent: (value: number) => share.format(value),
    /** Hours and minutes, and seconds where the whole is short. */
    clock(spanMs: number) {
      const format = new Intl.DateTimeFormat(language, {
        ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        ...(spanMs <= shortSpanMs && { second: '2-digit' }),
      })
      return (time: number) => format.format(time)
    },
  }
}

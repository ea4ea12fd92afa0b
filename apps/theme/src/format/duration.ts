import type { Language } from '../language/language.ts'
import { formatNumber } from './number.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

const short = (value: number, unit: string, language: Language, digits = 0) =>
  formatNumber(value, language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits })

/** Milliseconds in the two widest units that say something: "1 hr 5 min", "2.4 sec", "850 ms". */
export function formatDuration(ms: number, language: Language): string {
  if (ms < 1_000) return short(ms, 'millisecond', language, ms < 10 ? 1 : 0)
  const at = units.findIndex(([, length]) => ms >= length)
  const [unit, length] = units[at]!
  const next = units[at + 1]
  if (next === undefined) return short(ms / length, unit, language, 1)
  const whole = Math.floor(ms / length)
  const rest = Math.floor((ms - whole * length) / next[1])
  return [short(whole, unit, language), ...(rest > 0 ? [short(rest, next[0], language)] : [])].join(' ')
}

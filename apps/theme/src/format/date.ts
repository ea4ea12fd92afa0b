import type { Language } from '../language/language.ts'

const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A moment (ISO 8601, or milliseconds since 1970) in the reader's time zone; what is no moment as it stands. */
export function formatDate(moment: string | number, language: Language, to: keyof typeof styles = 'minute'): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return String(moment)
  return new Intl.DateTimeFormat(language, styles[to]).format(date)
}

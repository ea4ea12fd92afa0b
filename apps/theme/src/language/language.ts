export const languages = ['en', 'ko'] as const
export type Language = (typeof languages)[number]

/** Each language by its own name: who looks for it may read no other. */
export const languageNames: Readonly<Record<Language, string>> = Object.freeze({ en: 'English', ko: '한국어' })

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/** The language to begin with: what the address says, else what was chosen before, else the first that the browser prefers. */
export function languageToBegin(search: string, remembered: string | null, preferred: readonly string[]): Language {
  const named = new URLSearchParams(search).get('lang')
  if (isLanguage(named)) return named
  if (isLanguage(remembered)) return remembered
  return preferred.map((tag) => tag.split('-')[0]!.toLowerCase()).find(isLanguage) ?? 'en'
}

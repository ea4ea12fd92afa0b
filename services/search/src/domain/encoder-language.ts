/** Languages written in another script than the Latin one, as far as a text of their letters alone tells them. */
const scripts: readonly (readonly [languages: readonly string[], letters: RegExp])[] = [
  [['ko'], /\p{sc=Hangul}/gu],
  [['ja'], /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  [['zh', 'ja'], /\p{sc=Han}/gu],
  [['ru', 'uk', 'bg', 'sr'], /\p{sc=Cyrillic}/gu],
  [['el'], /\p{sc=Greek}/gu],
  [['ar', 'fa', 'ur'], /\p{sc=Arabic}/gu],
  [['he'], /\p{sc=Hebrew}/gu],
  [['th'], /\p{sc=Thai}/gu],
  [['hi', 'mr', 'ne'], /\p{sc=Devanagari}/gu],
]

/** From this share of the letters on, a script speaks for its languages: Korean queries are full of Latin brands. */
const leastShare = 0.3

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

/**
 * Whether an encoder of these languages (null: of any) understands a query that is read as `language` first. What is
 * written in a script that none of its languages has would become a vector that means nothing.
 */
export function isUnderstood(text: string, language: string, known: readonly string[] | null): boolean {
  if (known === null) return true
  const letters = count(text, /\p{L}/gu)
  const foreign = scripts.filter(([, script]) => count(text, script) > leastShare * letters)
  if (foreign.length > 0) return foreign.some(([languages]) => languages.some((each) => known.includes(each)))
  if (letters > 2 * count(text, /\p{sc=Latin}/gu)) return false
  return known.includes(language)
}

const frontMatter = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/
const languageKey = /^language:[ \t]*(.*)(?:\r?\n((?:[ \t]*-[^\n]*(?:\n|$))*))?/m
const languageCode = /^[a-z]{2,3}$/

/**
 * The languages that a Hugging Face model card names in its front matter: `language: en`, `language: [en, de]` or a list of lines.
 * Null where the card does not say, or says "multilingual".
 */
export function languagesOfCard(card: string): readonly string[] | null {
  const [, scalar = '', lines = ''] = languageKey.exec(frontMatter.exec(card)?.[1] ?? '') ?? []
  const words = `${scalar}\n${lines}`
    .split(/[\s,[\]]+/)
    .map((word) => word.replaceAll(/^["']|["']$/g, '').toLowerCase())
    .filter((word) => word !== '' && word !== '-')
  if (words.length === 0 || !words.every((word) => languageCode.test(word))) return null
  return [...new Set(words)]
}

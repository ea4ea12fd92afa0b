import { cutAtWord } from './cut-text.ts'
import { hasMarkup, plainText } from './plain-text.ts'

/** As many reviews of a product, and as much of each, as the contract takes; a test holds these to it. */
export const reviewLimits = Object.freeze({ texts: 20, characters: 2_000 })

/**
 * Reviews as a product takes them: as text, without empty ones, the first 20, each cut at a word. Words of strangers are
 * no reason to lose a product, so nothing is refused here; `repairs` says what was mended, each thing once.
 */
export function readReviews(given: readonly string[], repairs: string[]): string[] {
  const texts = given.map((text) => plainText(text).trim())
  if (given.some(hasMarkup)) repairs.push('HTML in reviews reduced to its text')
  const written = texts.filter((text) => text !== '')
  const kept = written.slice(0, reviewLimits.texts)
  if (kept.length < written.length) repairs.push('reviews beyond the first 20 left out')
  const cut = kept.map((text) => cutAtWord(text, reviewLimits.characters))
  if (cut.some((text, index) => text !== kept[index])) repairs.push('review cut at 2,000 characters')
  return cut
}

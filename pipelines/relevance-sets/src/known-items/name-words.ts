/** A product's name as a shopper reads it. Words are lower-case. */
export type NameWord = Readonly<{
  text: string
  /**
   * - `telling`: what the thing is called, and its colour.
   * - `code`: a maker's article number ("nj1dn75a"), which few type.
   * - `note`: what the shop adds about the offer ("[기모선택]", "(7color)", "22fw"), and the letter of a shade ("o/white").
   */
  role: 'telling' | 'code' | 'note'
}>

const bracketed = /[([［（][^)\]］）]*[)\]］）]/g
/**
 * Joining signs stay within Latin words and numbers ("xt-6", "1201a502-200", "t-shirt"), where shoppers type them. A letter
 * in front of a colour stands alone ("o/white", "r.black").
 */
const wordPattern = /(?<![a-z0-9])[a-z](?=[/.][a-z]{3})|[a-z0-9]+(?:[-.'][a-z0-9]+)+|[\p{L}\p{N}]+/gu
const isShade = (rest: string) => /^[a-z][/.][a-z]{3}/.test(rest)
const offers = /color|컬러|\d\s*종|~|택\s*\d|세트상품|선택|무료|단독|한정|ver\.?\b/
const isOffer = (word: string) => /^\d+(colors?|컬러|종)$|^\d\d(fw|ss|aw|wt)$/.test(word)
const isCode = (word: string) => /^[a-z0-9-]{6,}$/.test(word) && /\d/.test(word)

/**
 * The words of a name, in its order. A bracket that opens the name is a note about the offer, and so is one that lists
 * colours or sizes; other brackets are read as the words they hold: "코트 [블랙]" is a black one. O(length).
 */
export function nameWords(name: string): readonly NameWord[] {
  const folded = name.normalize('NFKC').toLowerCase().replaceAll(/[®™`]/g, '')
  const words: NameWord[] = []
  const add = (text: string, isNote: boolean) => {
    for (const { 0: word, index } of text.matchAll(wordPattern)) {
      const isAside = isNote || isOffer(word) || (word.length === 1 && isShade(text.slice(index)))
      words.push({ text: word, role: isAside ? 'note' : isCode(word) ? 'code' : 'telling' })
    }
  }
  let end = 0
  for (const { 0: bracket, index } of folded.matchAll(bracketed)) {
    add(folded.slice(end, index), false)
    const opensName = words.every(({ role }) => role === 'note')
    const closesName = index + bracket.length === folded.length
    add(bracket, (opensName && !closesName) || offers.test(bracket))
    end = index + bracket.length
  }
  add(folded.slice(end), false)
  return words
}

/**
 * Words that carry structure rather than a wish, folded. Short lists on purpose: in a catalogue "for", "under" or
 * "without" narrows a search now and then, "off" and "all" are parts of names, and BM25 weighs frequent words low anyway.
 */
const WORDS: Readonly<Record<string, string>> = {
  en: 'a an and are as at be but by for from if in into is it its no not of on or s such t that the their then there these they this to was were will with you your',
  pt: 'a o as os um uma uns umas de da do das dos e em no na nos nas ou por pelo pela pelos pelas para pra com ao aos que se sua seu suas seus mais como',
  ko: '및 의 를 을 이 가 은 는 에 와 과 도 로 으로 에서 용',
}

const stopWords = new Map<string, ReadonlySet<string>>(
  Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(' '))]),
)

/** Whether the folded word is a stop word of the language (primary subtag). Unknown languages have none. */
export const isStopWordOf = (word: string, language: string): boolean => stopWords.get(language)?.has(word) ?? false

import { type Analyzer, createAnalyzer } from '@eip/engine-text-analysis'
import { type CatalogueVocabulary, vocabularyLimits } from '../vocabulary/catalogue-vocabulary.ts'
import { hasHangul, wordTokens } from '../vocabulary/word-token.ts'

/** The words that the catalogue has, with the number of products that have them. */
export interface KnownWords {
  /** Most frequent first as far as the vocabulary says; words of categories and attributes behind. */
  readonly list: readonly string[]
  /** Products with exactly this word; 0 for an unknown one. */
  count(word: string): number
  /** Products with this phrase; 0 for one that fewer than three titles have. */
  phraseCount(phrase: string): number
  /** Whether searching for the word finds something: the word, another form of it, or a Korean word with a particle. */
  has(word: string): boolean
  /** Whether the word is grammar in one of the languages. */
  isStopWord(word: string, languages: readonly string[]): boolean
}

const WORDS_A_SLICE = 100
const PHRASES_A_SLICE = 2_000
const MOST_WORDS = vocabularyLimits.words + 20_000
/** Particles that shoppers leave on a noun; one syllable of noun is too little to tell them from it. */
const PARTICLE = /^(..+?)(?:에서|으로|을|를|이|가|은|는|의|에|와|과|도|로|용)$/

/** Reads the words of a vocabulary: at most 70,000, whatever its other lists hold. Yields every millisecond or so. */
export function* knownWords(vocabulary: CatalogueVocabulary): Generator<void, KnownWords> {
  const counts = new Map<string, number>()
  const stems = new Set<string>()
  const analyzer = createAnalyzer({ cacheCapacity: 2 })
  let work = 0
  for (const [text, count] of wordsOf(vocabulary)) {
    if (++work % WORDS_A_SLICE === 0) yield
    if (counts.size >= MOST_WORDS) break
    if (counts.has(text)) continue
    counts.set(text, count)
    const stem = englishStem(analyzer, text)
    if (stem !== undefined) stems.add(stem)
  }
  const phrases = new Map<string, number>()
  for (const { text, count } of vocabulary.phrases.slice(0, vocabularyLimits.phrases)) {
    if (phrases.size % PHRASES_A_SLICE === 0) yield
    phrases.set(text, count)
  }
  const isForm = (word: string): boolean => {
    if (hasHangul(word)) return counts.has(PARTICLE.exec(word)?.[1] ?? '')
    const stem = englishStem(analyzer, word)
    return stem !== undefined && stems.has(stem)
  }
  return Object.freeze({
    list: Array.from(counts.keys()),
    count: (word: string) => counts.get(word) ?? 0,
    phraseCount: (phrase: string) => phrases.get(phrase) ?? 0,
    has: (word: string) => counts.has(word) || isForm(word),
    isStopWord: (word: string, languages: readonly string[]) =>
      analyzer.analyzeQuery(word, { languages }).clauses.some(({ isStopWord }) => isStopWord),
  })
}

function* wordsOf(vocabulary: CatalogueVocabulary): Generator<readonly [text: string, count: number]> {
  for (const { text, count } of vocabulary.words.slice(0, vocabularyLimits.words)) yield [text, count]
  for (const { value, count } of vocabulary.brands) for (const { text } of wordTokens(value)) yield [text, count]
  for (const { path, count } of vocabulary.categories) {
    for (const { text } of path.flatMap(wordTokens)) yield [text, count]
  }
  for (const { values } of vocabulary.attributes) {
    for (const { value, count } of values) for (const { text } of wordTokens(value)) yield [text, count]
  }
}

/** Porter's stem: light enough that two words with one stem are forms of one word. */
const englishStem = (analyzer: Analyzer, word: string): string | undefined =>
  analyzer.analyzeText(word, 'en').find((term) => term.endsWith('~en'))

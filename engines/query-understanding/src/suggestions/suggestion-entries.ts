import { createAnalyzer, SUPPORTED_LANGUAGES } from '@eip/engine-text-analysis'
import { keystrokesOf } from '../spelling/hangul.ts'
import { type CatalogueVocabulary, vocabularyLimits } from '../vocabulary/catalogue-vocabulary.ts'
import { hasDigit, wordTokens } from '../vocabulary/word-token.ts'

/** A query that shoppers asked, and how often. */
export type PopularQuery = Readonly<{ text: string; count: number }>

/** Something to suggest. Its place in the list is its rank. */
export type SuggestionEntry = Readonly<{
  kind: 'query' | 'brand' | 'category'
  text: string
  path?: readonly string[]
  count: number
  /** Folded words parted by one space. */
  words: string
  isPopular: boolean
}>

export const suggestionLimits = Object.freeze({ queries: 50_000, words: 20_000, queryCharacters: 100 })

const ITEMS_A_SLICE = 100
const FEWEST_PRODUCTS_OF_A_WORD = 2
const SHORTEST_WORD = 2
/** A phrase that ends in a bare number was cut off: "1 pc(s) 33", "black 1". */
const IS_NUMBER = /^\d+$/

export const wordsOf = (text: string): string =>
  wordTokens(text)
    .map((token) => token.text)
    .join(' ')

/** What a text is found by: the keystrokes that type its words. */
export const keyOf = (words: string): string => keystrokesOf(words)

/**
 * Everything that can be suggested, the best first: popular queries by count, then brands, categories, phrases and words of
 * the catalogue by count. Of two that fold alike the more popular stays, then the more telling (a brand before a word).
 */
export function* suggestionEntries(
  vocabulary: CatalogueVocabulary,
  queries: readonly PopularQuery[],
): Generator<void, SuggestionEntry[]> {
  const byWords = new Map<string, SuggestionEntry>()
  let work = 0
  for (const candidate of candidates(vocabulary, queries)) {
    if (++work % ITEMS_A_SLICE === 0) yield
    const words = wordsOf(candidate.text)
    if (words === '') continue
    const known = byWords.get(words)
    if (known === undefined) byWords.set(words, { ...candidate, words })
    else if (known.kind === candidate.kind && known.isPopular === candidate.isPopular) {
      // One name written twice ("Sony", "SONY"): the count is of both, the writing of the first.
      byWords.set(words, { ...known, count: known.count + (known.kind === 'category' ? 0 : candidate.count) })
    }
  }
  const entries = Array.from(byWords.values())
  yield
  return entries.sort(
    (a, b) => Number(b.isPopular) - Number(a.isPopular) || b.count - a.count || (a.words < b.words ? -1 : 1),
  )
}

type Candidate = Omit<SuggestionEntry, 'words'>

function* candidates(vocabulary: CatalogueVocabulary, queries: readonly PopularQuery[]): Generator<Candidate> {
  for (const { text, count } of queries.slice(0, suggestionLimits.queries)) {
    if (text.length <= suggestionLimits.queryCharacters)
      yield { kind: 'query', text: text.trim(), count, isPopular: true }
  }
  for (const { value, count } of vocabulary.brands.slice(0, vocabularyLimits.brands)) {
    yield { kind: 'brand', text: value, count, isPopular: false }
  }
  for (const { path, count } of vocabulary.categories.slice(0, vocabularyLimits.categories)) {
    const leaf = path.at(-1)
    if (leaf !== undefined) yield { kind: 'category', text: leaf, path, count, isPopular: false }
  }
  const isGrammar = grammarOf()
  for (const { text, count } of vocabulary.phrases.slice(0, vocabularyLimits.phrases)) {
    const words = text.split(' ')
    const last = words.at(-1) as string
    const isTelling = !isGrammar(words[0] as string) && !isGrammar(last) && !IS_NUMBER.test(last)
    if (isTelling) yield { kind: 'query', text, count, isPopular: false }
  }
  for (const { text, count } of vocabulary.words.slice(0, suggestionLimits.words)) {
    const isWord = count >= FEWEST_PRODUCTS_OF_A_WORD && text.length >= SHORTEST_WORD && !hasDigit(text)
    if (isWord && !isGrammar(text)) yield { kind: 'query', text, count, isPopular: false }
  }
}

/** Whether a word is grammar in any language; remembered, since phrases begin and end with the same few words. */
function grammarOf(): (word: string) => boolean {
  const analyzer = createAnalyzer({ cacheCapacity: 2 })
  const known = new Map<string, boolean>()
  return (word) => {
    const remembered = known.get(word)
    if (remembered !== undefined) return remembered
    const { clauses } = analyzer.analyzeQuery(word, { languages: SUPPORTED_LANGUAGES })
    const isGrammar = clauses.every(({ isStopWord }) => isStopWord)
    known.set(word, isGrammar)
    return isGrammar
  }
}

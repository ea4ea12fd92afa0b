import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { addAttributeValues } from './attribute-values.ts'
import { addBrands } from './brand-names.ts'
import { addCategories } from './category-names.ts'
import { addColours } from './colour-values.ts'
import type { EntryTable, LexiconEntry } from './lexicon-entry.ts'
import { type MeasureLexicon, measureLexicon } from './measure-lexicon.ts'
import { type SizeValue, sizeValues } from './size-values.ts'
import { type StemKeys, stemKeys } from './stem-keys.ts'
import { collectEvidence } from './word-evidence.ts'

/** What a catalogue calls things, ready for reading queries. Built once for a vocabulary; never changes. */
export interface IntentLexicon {
  /** Names by key: `nameKey` of the writing, and the keys of its stems. */
  readonly names: ReadonlyMap<string, readonly LexiconEntry[]>
  readonly sizes: ReadonlyMap<string, SizeValue>
  readonly measures: MeasureLexicon
  /** Those of the catalogue's prices, the most frequent first, and the one that nearly all are in. */
  readonly currencies: readonly string[]
  readonly mainCurrency: string | null
  /** Korean words of titles: where a run written without spaces can be cut. */
  readonly hangulWords: ReadonlySet<string>
  readonly stems: StemKeys
}

const MAIN_SHARE = 0.9
const HANGUL_WORD = /^\p{sc=Hangul}{2,10}$/u

/**
 * Builds the lexicon in steps of a millisecond or less: the caller drives the generator between other work.
 * O(words + phrases + names) time; the lexicon holds some 200 bytes for each name and Korean word.
 */
export function* buildIntentLexicon(vocabulary: CatalogueVocabulary): Generator<void, IntentLexicon> {
  const names: EntryTable = new Map()
  const stems = stemKeys()
  const evidence = yield* collectEvidence(vocabulary)
  yield* addBrands(names, vocabulary, evidence)
  yield* addCategories(names, vocabulary, stems)
  yield* addColours(names, vocabulary, evidence)
  yield* addAttributeValues(names, vocabulary, evidence, stems)
  const measures = yield* measureLexicon(vocabulary)
  const hangulWords = new Set<string>()
  let steps = 0
  for (const { text } of vocabulary.words) {
    if (HANGUL_WORD.test(text)) hangulWords.add(text)
    if (++steps % 2_000 === 0) yield
  }
  const priced = vocabulary.currencies.reduce((sum, { count }) => sum + count, 0)
  const main = vocabulary.currencies.find(({ count }) => count >= MAIN_SHARE * priced)
  return Object.freeze({
    names,
    sizes: sizeValues(vocabulary),
    measures,
    currencies: vocabulary.currencies.map(({ value }) => value),
    mainCurrency: main?.value ?? null,
    hangulWords,
    stems,
  })
}

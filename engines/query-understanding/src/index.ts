export { buildIntentLexicon, type IntentLexicon } from './intents/intent-lexicon.ts'
export { readIntents } from './intents/read-intents.ts'
export type { Slot, SlotKind, SlotRange } from './intents/slot.ts'
export {
  type ReadSpellingOptions,
  readSpelling,
  type SpanCorrection,
  type SpellingReading,
} from './spelling/read-spelling.ts'
export { buildSpelling, type Correction, type CorrectOptions, type Spelling } from './spelling/spelling.ts'
export type { Transliteration } from './spelling/transliterator.ts'
export type { PopularQuery } from './suggestions/suggestion-entries.ts'
export { buildSuggestions, type Suggestion, type Suggestions, type SuggestOptions } from './suggestions/suggestions.ts'
export { checkSynonyms, type SynonymFault, type SynonymFaultCode, synonymLimits } from './synonyms/check-synonyms.ts'
export { addCorrections, removeSpans } from './synonyms/query-corrections.ts'
export {
  type AppliedSynonym,
  type CompiledSynonyms,
  compileSynonyms,
  expandSynonyms,
} from './synonyms/synonym-expansion.ts'
export type { SynonymRule } from './synonyms/synonym-rule.ts'
export { type CatalogueVocabulary, type ScriptPair, vocabularyLimits } from './vocabulary/catalogue-vocabulary.ts'
export { countTitleWords, type TitleWordCounter, type TitleWords } from './vocabulary/title-words.ts'

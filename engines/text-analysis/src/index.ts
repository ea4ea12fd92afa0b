export { ANALYSIS_VERSION, type Analyzer, type AnalyzerOptions, createAnalyzer } from './analyzer.ts'
export { foldText } from './folding.ts'
export { detectLanguage, type LanguageDetectionOptions } from './language-detection.ts'
export { SUPPORTED_LANGUAGES } from './language-rules.ts'
export type { LexemeKind } from './lexer.ts'
export { plainText } from './plain-text.ts'
export {
  type AnalyzedQuery,
  MAX_QUERY_CHARACTERS,
  MAX_QUERY_CLAUSES,
  type QueryClause,
  type QueryTerm,
} from './query-analysis.ts'

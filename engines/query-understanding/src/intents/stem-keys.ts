import { type Analyzer, createAnalyzer } from '@eip/engine-text-analysis'
import { type QueryToken, queryTokens } from './query-token.ts'

/** Names by the stems of their words: "running shoes" and "Running Shoe" have one key in English. */
export interface StemKeys {
  /** A key for each language whose stemmer knows one of the words. */
  ofText(text: string): string[]
  /** The stem of one token in a language, or its text where the language has none. */
  ofToken(token: QueryToken, language: StemmedLanguage): string
}

export type StemmedLanguage = 'en' | 'pt'
export const stemmedLanguages: readonly StemmedLanguage[] = ['en', 'pt']

/** Marks the stem's language, so that one language's word is not found by the stem of another's. */
export const stemKey = (stems: string, language: StemmedLanguage): string => `${stems}~${language}`

const MARK = '~'
const CACHED_CHUNKS = 4_096

export function stemKeys(analyzer: Analyzer = createAnalyzer({ cacheCapacity: CACHED_CHUNKS })): StemKeys {
  const ofToken = ({ kind, text }: QueryToken, language: StemmedLanguage): string => {
    if (kind !== 'word') return text
    const stem = analyzer.analyzeText(text, language).find((term) => term.includes(MARK))
    return stem === undefined ? text : stem.slice(0, stem.indexOf(MARK))
  }
  return Object.freeze({
    ofToken,
    ofText(text: string): string[] {
      const tokens = queryTokens(text).filter(({ kind }) => kind !== 'sign')
      if (!tokens.some(({ kind }) => kind === 'word')) return []
      return stemmedLanguages.map((language) =>
        stemKey(tokens.map((token) => ofToken(token, language)).join(''), language),
      )
    },
  })
}

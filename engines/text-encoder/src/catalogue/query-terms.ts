import type { AnalyzedQuery, Analyzer, QueryClause } from '@eip/engine-text-analysis'
import type { SimilarWord } from './similar-spelling.ts'
import { stemWeight } from './term-weight.ts'

type Reading = Readonly<{
  analyzer: Analyzer
  languages: readonly string[]
  isLearned: (term: string) => boolean
  similarSpelling: (word: string) => readonly SimilarWord[]
}>

const shortestCorrected = 4
/** The most similar word takes nearly all: shares go by the similarity to this power. */
const sharpness = 6

/** Reads a query as terms and how much each counts, rarity left out. Total; long queries are cut as the analyser says. */
export function createQueryTerms(reading: Reading): (query: string) => Map<string, number> {
  return (query) => {
    const weights = new Map<string, number>()
    const add = (term: string, weight: number) => weights.set(term, (weights.get(term) ?? 0) + weight)
    for (const clause of tellingClauses(reading.analyzer.analyzeQuery(query, { languages: reading.languages }))) {
      for (const { term, boost } of clause.terms) if (reading.isLearned(term)) add(term, boost)
      const word = clause.terms[0]!.term
      if (!reading.isLearned(word)) addUnknown(reading, word, add)
    }
    return weights
  }
}

/** Stop words count only where the query has nothing else. */
function tellingClauses({ clauses }: AnalyzedQuery): readonly QueryClause[] {
  const telling = clauses.filter(({ isStopWord }) => !isStopWord)
  return telling.length > 0 ? telling : clauses
}

/** A word that was not learned may be misspelt: it stands for words written alike, the less the less alike they are. */
function addUnknown(reading: Reading, word: string, add: (term: string, weight: number) => void): void {
  const similar = word.length < shortestCorrected ? [] : reading.similarSpelling(word)
  // Products that came later may have it as it is written.
  add(word, 1 - (similar[0]?.similarity ?? 0))
  const total = similar.reduce((sum, { similarity }) => sum + similarity ** sharpness, 0)
  for (const found of similar) {
    const share = found.similarity ** (sharpness + 1) / total
    add(found.word, share)
    for (const stem of stemsOf(reading, found.word)) add(stem, share * stemWeight)
  }
}

function stemsOf({ analyzer, languages, isLearned }: Reading, word: string): Set<string> {
  const terms = languages.flatMap((language) => analyzer.analyzeText(word, language))
  return new Set(terms.filter((term) => term !== word && isLearned(term)))
}

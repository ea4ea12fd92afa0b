import { type Policy, policyName, textPolicy } from '@eip/engine-ranking'
import { ANALYSIS_VERSION, type AnalyzedQuery, type Analyzer } from '@eip/engine-text-analysis'
import { type Clock, newId } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import type { Call } from '@eip/rpc'
import { facetsByName } from '../domain/facet-name.ts'
import { queryLanguages, type ShopLanguages } from '../domain/query-language.ts'
import type { SearchQuestion } from '../domain/search-question.ts'
import { isAffordable } from '../domain/time-budget.ts'
import { type KeptResult, type KeptResults, keepIds } from './kept-results.ts'
import { rankHits } from './rank-hits.ts'
import { retrieveHits } from './retrieve-hits.ts'
import type { SearchMetrics } from './search-metrics.ts'
import { requireTime } from './time-left.ts'

export type ListNeeds = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  /** What `mode: ranked` ranks by. */
  policy: Policy
  languages: ShopLanguages
  kept: KeptResults
  clock: Clock
  metrics: SearchMetrics
}>

type Analyzed = Readonly<{ languages: readonly string[]; query: AnalyzedQuery | null }>

/** No words at all is a question of its own: everything that the filters admit. */
function analyse({ analyzer, languages: shop }: ListNeeds, { query, language }: SearchQuestion): Analyzed {
  if (query.text === '') return { languages: [], query: null }
  const languages = queryLanguages(query.text, language, shop)
  return { languages, query: analyzer.analyzeQuery(query.text, { languages }) }
}

const shownQuery = ({ query }: SearchQuestion, analyzed: Analyzed): KeptResult['query'] => ({
  text: query.text,
  languages: [...analyzed.languages],
  terms: [...new Set(analyzed.query?.clauses.flatMap(({ terms }) => terms.map(({ term }) => term)))],
  isTruncated: query.isTruncated || analyzed.query?.isTruncated === true,
})

/** Analyses, retrieves (facets too, where time allows) and ranks; keeps the list for the pages to come. */
export const listHits = (needs: ListNeeds) => {
  const { metrics, clock } = needs
  const retrieve = retrieveHits(needs)
  return async (question: SearchQuestion, call: Call): Promise<KeptResult> => {
    const analyzed = await metrics.stage('analyse', () => analyse(needs, question))
    const facets = isAffordable('facets', call.remainingMs()) ? question.facets : new Map()
    const { attempt, retrieval } = await metrics.stage('retrieve', () =>
      retrieve(question, analyzed.query, [...facets.values()], () => requireTime(call)),
    )
    if (retrieval.total === 0) metrics.nothingFound('empty')
    else if (attempt.relaxed.length > 0) metrics.nothingFound('relaxed')
    requireTime(call)
    const policy = question.mode === 'bm25' ? textPolicy : needs.policy
    const rankedAt = clock.now()
    const ranked = await metrics.stage('rank', () => rankHits(retrieval, policy, question.sort, rankedAt))
    const result: KeptResult = Object.freeze({
      ...ranked,
      requestId: newId(rankedAt),
      identity: question.identity,
      query: shownQuery(question, analyzed),
      analyzed: analyzed.query,
      minimumMatches: attempt.minimumMatches,
      relaxed: attempt.relaxed,
      total: retrieval.total,
      ids: keepIds(Array.from(ranked.ranks, (candidate) => retrieval.ids[candidate]!)),
      policy,
      rankedAt,
      versions: {
        index: retrieval.statistics.generation,
        analysis: ANALYSIS_VERSION,
        policy: policyName(policy),
      },
      facets: facetsByName([...facets.keys()], retrieval.facets),
    })
    needs.kept.keep(result)
    return result
  }
}

import type { Facet } from '@eip/contracts'
import type { ProductIndexReader } from '@eip/product-index'
import type { Call } from '@eip/rpc'
import { facetsByName } from '../domain/facet-name.ts'
import type { SearchQuestion } from '../domain/search-question.ts'
import { isAffordable } from '../domain/time-budget.ts'
import type { KeptResult, KeptResults } from './kept-results.ts'
import type { SearchMetrics } from './search-metrics.ts'

type CountNeeds = Readonly<{ index: ProductIndexReader; kept: KeptResults; metrics: SearchMetrics }>

/** Counts facets of a list that was made without them, by the same query and filters, and keeps them with it. */
async function countLater(needs: CountNeeds, result: KeptResult, question: SearchQuestion): Promise<KeptResult> {
  const later = [...question.facets].filter(([name]) => !result.facets.has(name))
  const { facets: counts } = await needs.metrics.stage('retrieve', () =>
    needs.index.retrieve({
      query: result.analyzed,
      minimumMatches: result.minimumMatches,
      filters: result.relaxed.includes('filters') ? [] : question.filters,
      facets: later.map(([, request]) => request),
      order: 'score',
      limit: 1,
      columns: [],
    }),
  )
  const names = later.map(([name]) => name)
  const facets = new Map([...result.facets, ...facetsByName(names, counts)])
  const counted = Object.freeze({ ...result, facets })
  needs.kept.keep(counted)
  return counted
}

/**
 * The facets that the question asks for, in its order; those counted with the list stay as they were then. null when
 * some of them were not counted and there is no time left to do so.
 */
export const countFacets =
  (needs: CountNeeds) =>
  async (result: KeptResult, question: SearchQuestion, call: Call): Promise<Facet[] | null> => {
    const names = [...question.facets.keys()]
    if (result.total === 0) return []
    const isComplete = names.every((name) => result.facets.has(name))
    if (!isComplete && !isAffordable('facets', call.remainingMs())) return null
    const counted = isComplete ? result : await countLater(needs, result, question)
    // One attribute may be asked for by its name and be among the commonest too.
    const facets = new Map(names.flatMap((name) => counted.facets.get(name) ?? []).map((facet) => [facet.name, facet]))
    return [...facets.values()]
  }

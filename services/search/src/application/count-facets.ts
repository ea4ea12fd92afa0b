import type { Facet } from '@eip/contracts'
import type { ProductIndexReader } from '@eip/product-index'
import type { Call } from '@eip/rpc'
import { facetsByName } from '../domain/facet-name.ts'
import type { SearchQuestion } from '../domain/search-question.ts'
import { isAffordable } from '../domain/time-budget.ts'
import type { KeptResult, KeptResults } from '../ports/kept-results.port.ts'
import type { SearchMetrics } from './search-metrics.ts'

type CountNeeds = Readonly<{ index: ProductIndexReader; kept: Pick<KeptResults, 'keep'>; metrics: SearchMetrics }>

/** `encoder`: the list was made by an encoder whose vectors are gone since, so that nobody can tell its set any more. */
type CountedFacets = Readonly<{ facets: Facet[]; missing: 'deadline' | 'encoder' | null }>

/** Counts facets of a list that was made without them, by the same query and filters, and keeps them with it. */
async function countLater(needs: CountNeeds, result: KeptResult, question: SearchQuestion): Promise<KeptResult> {
  const later = [...question.facets].filter(([name]) => !result.facets.has(name))
  const { facets: counts } = await needs.metrics.stage('retrieve', () =>
    needs.index.retrieve({
      query: question.mode === 'vector' && result.vector !== null ? null : result.analyzed,
      vector: result.vector,
      minimumMatches: result.minimumMatches,
      filters: result.filters,
      wishes: [],
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
 * The facets that the question asks for, in its order; those counted with the list stay as they were then. Where some of
 * them were not counted and cannot be now, there are none, and `missing` says why.
 */
export const countFacets =
  (needs: CountNeeds) =>
  async (result: KeptResult, question: SearchQuestion, call: Call): Promise<CountedFacets> => {
    const names = [...question.facets.keys()]
    if (result.total === 0) return { facets: [], missing: null }
    const isComplete = names.every((name) => result.facets.has(name))
    if (!isComplete && !isAffordable('facets', call.remainingMs())) return { facets: [], missing: 'deadline' }
    if (!isComplete && !isHeld(needs.index, result)) return { facets: [], missing: 'encoder' }
    const counted = isComplete ? result : await countLater(needs, result, question)
    // One attribute may be asked for by its name and be among the commonest too.
    const facets = new Map(names.flatMap((name) => counted.facets.get(name) ?? []).map((facet) => [facet.name, facet]))
    return { facets: [...facets.values()], missing: null }
  }

const isHeld = (index: ProductIndexReader, { vector }: KeptResult): boolean =>
  vector === null || index.statistics().encoders.some(({ encoder }) => encoder === vector.encoder)

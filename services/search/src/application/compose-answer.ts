import type { SearchOutput } from '@eip/contracts'
import type { ProductIndexReader } from '@eip/product-index'
import type { Call } from '@eip/rpc'
import type { SearchQuestion, SearchRequest } from '../domain/search-question.ts'
import { isAffordable, type OptionalPart } from '../domain/time-budget.ts'
import type { KeptResult, KeptResults } from '../ports/kept-results.port.ts'
import { countFacets } from './count-facets.ts'
import { cutPage } from './cut-page.ts'
import type { SearchMetrics } from './search-metrics.ts'
import { requireTime } from './time-left.ts'

type Needs = Readonly<{ index: ProductIndexReader; kept: Pick<KeptResults, 'keep'>; metrics: SearchMetrics }>

type Missing = Readonly<{ part: OptionalPart; reason: string }>

export type Asked = Readonly<{ question: SearchQuestion; request: Omit<SearchRequest, 'requestId'> }>

/** Makes a list's answer: facets counted, a page cut, hits explained, and what is missing named. */
export function composeAnswer(needs: Needs) {
  const count = countFacets(needs)
  const cut = cutPage(needs)
  return async (result: KeptResult, { question, request }: Asked, call: Call): Promise<SearchOutput> => {
    const counted = await count(result, question, call)
    requireTime(call)
    const { requestId, query, steps, total, versions, relaxed, vectorsLost } = result
    const { page, size, explain } = request
    const explains = explain && isAffordable('explanation', call.remainingMs())
    const hits = await cut(result, { page, size, explains })
    const missing: Missing[] = []
    if (counted.missing !== null) missing.push({ part: 'facets', reason: counted.missing })
    if (explains !== explain) missing.push({ part: 'explanation', reason: 'deadline' })
    const lost = vectorsLost === null ? [] : [{ part: 'vectors', reason: vectorsLost } as const]
    return {
      requestId,
      query: explain ? { ...query, steps: [...steps] } : query,
      hits,
      total,
      reachable: result.ranks.length,
      page,
      size,
      facets: counted.facets,
      relaxed: [...relaxed],
      degraded: [...lost, ...missing],
      versions,
    }
  }
}

import type { SearchOutput } from '@eip/contracts'
import type { Call } from '@eip/rpc'
import { parseQuestion, type SearchQuestion, type SearchRequest } from '../domain/search-question.ts'
import { isAffordable, type OptionalPart } from '../domain/time-budget.ts'
import { countFacets } from './count-facets.ts'
import { cutPage } from './cut-page.ts'
import type { KeptResult } from './kept-results.ts'
import { type ListNeeds, listHits } from './list-hits.ts'
import { requireTime } from './time-left.ts'

/** The list of an earlier page of the same search; null where it is not kept (any more), or is another search's. */
function knownList({ kept, metrics }: ListNeeds, question: SearchQuestion, requestId: string): KeptResult | null {
  const result = kept.find(requestId)
  const isKnown = result?.identity === question.identity
  metrics.keptPages(isKnown ? 'hit' : 'miss')
  return isKnown ? result : null
}

function answerOf(
  result: KeptResult,
  request: SearchRequest,
  parts: Pick<SearchOutput, 'hits' | 'facets'>,
  missing: readonly OptionalPart[],
): SearchOutput {
  const { requestId, query, total, versions, relaxed } = result
  const { page, size } = request
  return {
    requestId,
    query,
    hits: parts.hits,
    total,
    reachable: result.ranks.length,
    page,
    size,
    facets: parts.facets,
    relaxed: [...relaxed],
    degraded: missing.map((part) => ({ part, reason: 'deadline' })),
    versions,
  }
}

/** Answers a search: understood, listed (or known from an earlier page), counted, cut into a page, explained. */
export function searchProducts(needs: ListNeeds) {
  const { metrics } = needs
  const list = listHits(needs)
  const count = countFacets(needs)
  const cut = cutPage(needs)
  const answer = async (request: SearchRequest, call: Call): Promise<SearchOutput> => {
    const question = parseQuestion(request)
    const known = request.requestId === undefined ? null : knownList(needs, question, request.requestId)
    const result = known ?? (await list(question, call))
    const facets = await count(result, question, call)
    requireTime(call)
    const explains = request.explain && isAffordable('explanation', call.remainingMs())
    const hits = await cut(result, { page: request.page, size: request.size, explains })
    const missing: OptionalPart[] = []
    if (facets === null) missing.push('facets')
    if (explains !== request.explain) missing.push('explanation')
    for (const part of missing) metrics.degraded(part, 'deadline')
    return answerOf(result, request, { hits, facets: facets ?? [] }, missing)
  }
  return async (request: SearchRequest, call: Call): Promise<SearchOutput> => {
    const start = performance.now()
    try {
      return await answer(request, call)
    } finally {
      metrics.search((performance.now() - start) / 1000)
    }
  }
}

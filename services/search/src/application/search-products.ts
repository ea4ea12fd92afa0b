import type { SearchOutput } from '@eip/contracts'
import type { Call } from '@eip/rpc'
import { parseQuestion, type SearchQuestion, type SearchRequest } from '../domain/search-question.ts'
import { isAffordable, type OptionalPart } from '../domain/time-budget.ts'
import type { QueryCounts } from '../ports/query-counts.port.ts'
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

type Missing = Readonly<{ part: OptionalPart; reason: string }>

function answerOf(
  result: KeptResult,
  request: SearchRequest,
  parts: Pick<SearchOutput, 'hits' | 'facets'>,
  missing: readonly Missing[],
): SearchOutput {
  const { requestId, query, steps, total, versions, relaxed, vectorsLost } = result
  const { page, size, explain } = request
  const lost = vectorsLost === null ? [] : [{ part: 'vectors', reason: vectorsLost }]
  return {
    requestId,
    query: explain ? { ...query, steps: [...steps] } : query,
    hits: parts.hits,
    total,
    reachable: result.ranks.length,
    page,
    size,
    facets: parts.facets,
    relaxed: [...relaxed],
    degraded: [...lost, ...missing],
    versions,
  }
}

/** Whether others may be led to ask the same: the words found what they said, as they were written, and nothing was given up. */
const isWorthSuggesting = ({ query, bestText, relaxed }: KeptResult): boolean =>
  bestText > 0 && relaxed.length === 0 && query.didYouMean === null

/** Answers a search: understood, listed (or known from an earlier page), counted, cut into a page, explained. */
export function searchProducts(needs: ListNeeds & Readonly<{ queryCounts: Pick<QueryCounts, 'add'> }>) {
  const { metrics } = needs
  const list = listHits(needs)
  const count = countFacets(needs)
  const cut = cutPage(needs)
  const answer = async (request: SearchRequest, call: Call): Promise<SearchOutput> => {
    const question = parseQuestion(request)
    const known = request.requestId === undefined ? null : knownList(needs, question, request.requestId)
    const result = known ?? (await list(question, call))
    const counted = await count(result, question, call)
    requireTime(call)
    const explains = request.explain && isAffordable('explanation', call.remainingMs())
    const hits = await cut(result, { page: request.page, size: request.size, explains })
    const missing: Missing[] = []
    if (counted.missing !== null) missing.push({ part: 'facets', reason: counted.missing })
    if (explains !== request.explain) missing.push({ part: 'explanation', reason: 'deadline' })
    for (const { part, reason } of missing) metrics.degraded(part, reason)
    if (result.vectorsLost !== null) metrics.degraded('vectors', result.vectorsLost)
    // A list asked for again is the same search, and so are its later pages.
    if (known === null && request.page === 1 && isWorthSuggesting(result)) needs.queryCounts.add(question.query.text)
    return answerOf(result, request, { hits, facets: counted.facets }, missing)
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

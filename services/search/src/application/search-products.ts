import type { SearchOutput } from '@eip/contracts'
import type { Call } from '@eip/rpc'
import { parseQuestion, type SearchQuestion, type SearchRequest } from '../domain/search-question.ts'
import type { KeptResult, KeptResults } from '../ports/kept-results.port.ts'
import type { QueryCounts } from '../ports/query-counts.port.ts'
import { composeAnswer } from './compose-answer.ts'
import { type ListNeeds, listHits } from './list-hits.ts'
import type { ServingPolicy } from './serving-policy.ts'

type Needs = ListNeeds &
  Readonly<{ policy: Pick<ServingPolicy, 'current'>; kept: KeptResults; queryCounts: Pick<QueryCounts, 'add'> }>

/** The list of an earlier page of the same search; null where it is not kept (any more), or is another search's. */
async function knownList(
  { kept, metrics }: Needs,
  question: SearchQuestion,
  requestId: string,
): Promise<KeptResult | null> {
  const result = await kept.find(requestId)
  const isKnown = result?.identity === question.identity
  metrics.keptPages(isKnown ? 'hit' : 'miss')
  return isKnown ? result : null
}

/** Whether others may be led to ask the same: the words found what they said, as they were written, and nothing was given up. */
const isWorthSuggesting = ({ query, bestText, relaxed }: KeptResult): boolean =>
  bestText > 0 && relaxed.length === 0 && query.didYouMean === null

/** Answers a search: understood, listed (or known from an earlier page), counted, cut into a page, explained. */
export function searchProducts(needs: Needs) {
  const { metrics } = needs
  const list = listHits(needs)
  const compose = composeAnswer(needs)
  const listAnew = async (question: SearchQuestion, call: Call): Promise<KeptResult> => {
    const result = await list(question, call, { policy: needs.policy.current(), encoder: needs.encoder.current() })
    if (result.total === 0) metrics.nothingFound('empty')
    else if (result.relaxed.length > 0) metrics.nothingFound('relaxed')
    needs.kept.keep(result)
    return result
  }
  const answer = async (request: SearchRequest, call: Call): Promise<SearchOutput> => {
    const question = parseQuestion(request)
    const known = request.requestId === undefined ? null : await knownList(needs, question, request.requestId)
    const result = known ?? (await listAnew(question, call))
    const answered = await compose(result, { question, request }, call)
    for (const { part, reason } of answered.degraded) metrics.degraded(part, reason)
    // A list asked for again is the same search, and so are its later pages.
    if (known === null && request.page === 1 && isWorthSuggesting(result)) needs.queryCounts.add(question.query.text)
    return answered
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

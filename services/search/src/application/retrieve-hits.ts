import { searchLimits } from '@eip/contracts'
import { rankingColumns } from '@eip/engine-ranking'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { FacetRequest, ProductIndexReader, Retrieval, RetrievalRequest } from '@eip/product-index'
import { type Attempt, attempts } from '../domain/relaxation.ts'
import type { SearchQuestion } from '../domain/search-question.ts'

export type Retrieved = Readonly<{ attempt: Attempt; retrieval: Retrieval }>

/** Without words there is no text score to choose candidates by: the policy then orders what is most popular. */
function candidateOrder({ sort, mode }: SearchQuestion, query: AnalyzedQuery | null): RetrievalRequest['order'] {
  if (sort.by === 'column') return { column: sort.column, direction: sort.direction }
  return query === null && mode === 'ranked' ? { column: 'popularity', direction: 'descending' } : 'score'
}

/**
 * Finds what the question asks for, giving up as little as it must: tries one attempt after the other until something is
 * found. When nothing is, the answer is that of the question as it was asked. `proceed` is called before each attempt
 * and throws when there is no time for it.
 */
export const retrieveHits =
  ({ index }: Readonly<{ index: ProductIndexReader }>) =>
  async (
    question: SearchQuestion,
    query: AnalyzedQuery | null,
    facets: readonly FacetRequest[],
    proceed: () => void,
  ): Promise<Retrieved> => {
    const ways = attempts(query, question.filters, question.mode)
    const found: Retrieved[] = []
    for (const attempt of ways) {
      proceed()
      const retrieval = await index.retrieve({
        query,
        minimumMatches: attempt.minimumMatches,
        filters: attempt.filters,
        facets,
        order: candidateOrder(question, query),
        limit: searchLimits.reachableHits,
        columns: rankingColumns,
      })
      if (retrieval.total > 0) return { attempt, retrieval }
      found.push({ attempt, retrieval })
    }
    return found[0]!
  }

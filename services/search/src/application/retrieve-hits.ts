import { searchLimits } from '@eip/contracts'
import { rankingColumns } from '@eip/engine-ranking'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import { isFailure } from '@eip/kernel'
import type {
  FacetRequest,
  Filter,
  ProductIndexReader,
  Retrieval,
  RetrievalRequest,
  VectorQuery,
} from '@eip/product-index'
import { fulfilmentColumns } from '../domain/fulfilment.ts'
import { type Attempt, attempts } from '../domain/relaxation.ts'
import type { SearchQuestion } from '../domain/search-question.ts'

/** What the index is asked: words, meaning, conditions and wishes, as they were understood. */
export type Wanted = Readonly<{
  query: AnalyzedQuery | null
  vector: VectorQuery | null
  /** The least cosine at which a product is found where no words found any; at least the vector's own. */
  floorAlone: number
  /** Read in the query, beside those that the question names. */
  filters: readonly Filter[]
  wishes: readonly Filter[]
  facets: readonly FacetRequest[]
  /** What the policy hides; held to whatever else is given up. */
  guards: readonly Filter[]
}>

/** `vector`: the one that was really asked for; null also where the view has let go of its encoder meanwhile. */
export type Retrieved = Readonly<{ attempt: Attempt; retrieval: Retrieval; vector: VectorQuery | null }>

/** Without words and meaning there is no score to choose candidates by: the policy then orders what is most popular. */
function candidateOrder({ sort, mode }: SearchQuestion, { query, vector }: Wanted): RetrievalRequest['order'] {
  if (sort.by === 'column') return { column: sort.column, direction: sort.direction }
  const isListed = query === null && vector === null
  return isListed && mode === 'ranked' ? { column: 'popularity', direction: 'descending' } : 'score'
}

/**
 * Finds what the question asks for, giving up as little as it must: tries one attempt after the other until the words
 * find something. What is near in meaning is no reason to stop asking for the words less strictly, but it is one to keep
 * the filters; meaning that stands alone must be nearer than that beside words. When nothing is found, the answer is that of the question as it was asked. `proceed` is called before
 * each attempt and throws when there is no time for it. Where the view holds no vectors of the query's encoder (any
 * more), the words are asked alone.
 */
export const retrieveHits =
  ({ index }: Readonly<{ index: ProductIndexReader }>) =>
  async (question: SearchQuestion, wanted: Wanted, proceed: () => void): Promise<Retrieved> => {
    try {
      return await findHits(index, question, wanted, proceed)
    } catch (error) {
      const isGone = isFailure(error) && error.code === 'product-index.unknown-encoder'
      if (!isGone || wanted.vector === null) throw error
      return findHits(index, question, { ...wanted, vector: null }, proceed)
    }
  }

async function findHits(
  index: ProductIndexReader,
  question: SearchQuestion,
  wanted: Wanted,
  proceed: () => void,
): Promise<Retrieved> {
  const { query, wishes, facets, guards, floorAlone } = wanted
  const ways = attempts(query, { chosen: question.filters, read: wanted.filters }, question.mode)
  const ask = async (attempt: Attempt, vector: VectorQuery | null): Promise<Retrieved> => {
    proceed()
    const retrieval = await index.retrieve({
      query: question.mode === 'vector' && vector !== null ? null : query,
      vector,
      minimumMatches: attempt.minimumMatches,
      filters: [...attempt.filters, ...guards],
      wishes,
      facets,
      order: candidateOrder(question, wanted),
      limit: searchLimits.reachableHits,
      columns: [...rankingColumns, ...fulfilmentColumns],
    })
    return { attempt, retrieval, vector }
  }
  let near: Retrieved | undefined
  let first: Retrieved | undefined
  for (const attempt of ways) {
    if (near !== undefined && attempt.filters !== near.attempt.filters) break
    const beside = await ask(attempt, wanted.vector)
    const { total, totalByWords } = beside.retrieval
    if (totalByWords > 0) return beside
    const isTooFar = total > 0 && wanted.vector !== null && wanted.vector.floor < floorAlone
    const found = isTooFar ? await ask(attempt, { ...wanted.vector, floor: floorAlone }) : beside
    if (found.retrieval.total > 0) near ??= found
    first ??= found
  }
  return near ?? first!
}

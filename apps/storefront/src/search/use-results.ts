import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { chosenOf, fieldsOf, without } from './filters.ts'
import { pageSize, type SearchState } from './search-state.ts'

type Output = Awaited<ReturnType<typeof api.search>>
export type Hit = Output['hits'][number]
export type Facet = Output['facets'][number]
export type Results = Output

/** Names of the lists that were seen, so that a further page is cut from the list whose first page was shown. */
const lists = new Map<string, string>()

const listOf = ({ q, filters, sort, region, exact }: SearchState) => JSON.stringify([q, filters, sort, region, exact])

const questionOf = ({ q, filters, sort, region, exact }: SearchState) => ({
  q,
  ...(filters.length === 0 ? {} : { filter: [...filters] }),
  sort,
  ...(region === '' ? {} : { region }),
  ...(exact ? { understand: false } : {}),
})

async function search(state: SearchState, signal: AbortSignal): Promise<Results> {
  const list = listOf(state)
  const requestId = state.page === 1 ? undefined : lists.get(list)
  const question = { ...questionOf(state), page: state.page, size: pageSize, explain: state.scores }
  const results = await api.search(requestId === undefined ? question : { ...question, requestId }, { signal })
  lists.set(list, results.requestId)
  return results
}

/** The results of a search; while others are looked up, the ones before stay. */
export const useResults = (state: SearchState) =>
  useQuery({
    queryKey: ['search', listOf(state), state.page, state.scores],
    queryFn: ({ signal }) => search(state, signal),
    placeholderData: keepPreviousData,
  })

/**
 * The facets of fields that are filtered by, counted as if they were not: otherwise the values beside the chosen one would not be
 * seen, and could not be chosen.
 */
export function useOpenFacets(state: SearchState): ReadonlyMap<string, Facet> {
  const fields = fieldsOf(state.filters).filter((field) => field !== 'id')
  const answers = useQueries({
    queries: fields.map((field) => {
      const open = { ...state, filters: without(state.filters, field), page: 1 }
      return {
        queryKey: ['facet', field, listOf(open)],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api.search({ ...questionOf(open), facet: [field], size: 1 }, { signal }),
        placeholderData: keepPreviousData<Results>,
      }
    }),
  })
  const facets = answers.flatMap(({ data }) => data?.facets ?? [])
  const chosen = new Set(state.filters.map((filter) => chosenOf(filter).field))
  return new Map(facets.filter(({ name }) => chosen.has(name)).map((facet) => [facet.name, facet]))
}

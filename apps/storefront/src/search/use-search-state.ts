import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { emptySearch, paramsOf, type SearchState, searchStateOf } from './search-state.ts'

/** What the address asks for. */
export function useSearchState(): SearchState {
  const params = useSearch({ strict: false })
  return useMemo(() => searchStateOf(params), [params])
}

export type Open = (search: Partial<SearchState>, how?: Readonly<{ stays?: boolean }>) => void

/**
 * Goes to a search. What is not given begins anew, the first page among it; `stays` leaves the view where it is scrolled to,
 * for a change beside the list.
 */
export function useOpenSearch(): Open {
  const navigate = useNavigate()
  return (search, { stays = false } = {}) =>
    void navigate({ to: '/', search: paramsOf({ ...emptySearch, ...search }), resetScroll: !stays })
}

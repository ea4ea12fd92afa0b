import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { useLater } from './use-later.ts'

export type Suggestion = Awaited<ReturnType<typeof api.suggest>>['suggestions'][number]

const none: readonly Suggestion[] = []

/** How the typed text may go on. Suggestions are a help: where they cannot be had, there are none, and nothing is said. */
export function useSuggestions(text: string, isWanted: boolean): readonly Suggestion[] {
  const typed = useLater(text, 120)
  const { data } = useQuery({
    queryKey: ['suggest', typed],
    queryFn: ({ signal }) => api.suggest({ q: typed, size: 8 }, { signal }),
    enabled: isWanted && typed.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return text.trim() === '' || !isWanted ? none : (data?.suggestions ?? none)
}

import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../api.ts'
import { rememberRegion } from './chosen-before.ts'
import { regionOf } from './region.ts'

/** Where the shopper wants things delivered, as the address says; empty: not said. */
export const useRegion = (): string => regionOf((useSearch({ strict: false }) as { region?: unknown }).region)

const none: readonly string[] = []

/** The regions that the shop tells apart. A shop may have none, and does without them while they cannot be had. */
export function useRegions(): readonly string[] {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => api.listRegions({}, { signal }),
    select: ({ regions }) => regions.map(({ region }) => region).toSorted(),
    staleTime: 300_000,
  })
  return data ?? none
}

/** Changes the region in the address, wherever the shopper is; a list begins at its first page again. */
export function useChooseRegion(): (region: string) => void {
  const navigate = useNavigate()
  return (region) => {
    rememberRegion(region)
    void navigate({
      to: '.',
      search: ((before: Record<string, unknown>) => ({
        ...before,
        page: undefined,
        region: region === '' ? undefined : region,
      })) as never,
      resetScroll: false,
    })
  }
}

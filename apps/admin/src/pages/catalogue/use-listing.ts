import type { SearchOutput } from '@eip/contracts'
import { useEffect, useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { type CatalogueState, filterFields } from './catalogue-state.ts'

export const pageSize = 50

const lookAgainMs = 1_000
const catchUpMs = 6_000

type Listing = Readonly<{
  /** The list as asked for; while it is on its way, the one before. undefined: there is none yet. */
  answer: SearchOutput | undefined
  failure: unknown
  retry: () => void
  /** Says that something was changed: the serving view follows a moment later, and the list with it. */
  catchUp: () => void
}>

/** The products that an address lists. */
export function useListing({ q, filters, sort, page }: CatalogueState): Listing {
  const asked = { q, filter: [...filters], sort, page, size: pageSize, facet: [...filterFields] }
  /** Counts the changes that the list has to follow; 0: none. */
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    if (changes === 0) return
    const timer = setTimeout(() => setChanges(0), catchUpMs)
    return () => clearTimeout(timer)
  }, [changes])
  const { data, error, refetch } = useApiQuery(['products', asked], (signal) => api.search(asked, { signal }), {
    ...(changes > 0 && { refetchInterval: lookAgainMs }),
  })
  const [before, setBefore] = useState(data)
  if (data !== undefined && data !== before) setBefore(data)
  return {
    answer: data ?? (error ? undefined : before),
    failure: error,
    retry: () => void refetch(),
    catchUp: () => setChanges((count) => count + 1),
  }
}

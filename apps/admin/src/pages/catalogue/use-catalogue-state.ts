import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type CatalogueState, catalogueStateOf, paramsOf } from './catalogue-state.ts'

type Change = (part: Partial<CatalogueState>, how?: Readonly<{ replace: boolean }>) => void

/** What the address lists, and how to list something else: each step can be gone back to, unless it replaces the one before. */
export function useCatalogueState(): readonly [CatalogueState, Change] {
  const params: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const state = useMemo(() => catalogueStateOf(params), [params])
  const change: Change = (part, { replace } = { replace: false }) =>
    void navigate({ to: '/catalogue', search: paramsOf({ ...state, ...part }), resetScroll: false, replace })
  return [state, change]
}

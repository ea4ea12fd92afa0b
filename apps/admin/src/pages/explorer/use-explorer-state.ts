import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type ExplorerState, explorerStateOf, paramsOf } from './explorer-state.ts'

/** What the address compares, and how to compare something else: each step can be gone back to. */
export function useExplorerState(): readonly [ExplorerState, (change: Partial<ExplorerState>) => void] {
  const params: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const state = useMemo(() => explorerStateOf(params), [params])
  const change = (part: Partial<ExplorerState>) =>
    void navigate({ to: '/explorer', search: paramsOf({ ...state, ...part }), resetScroll: false })
  return [state, change]
}

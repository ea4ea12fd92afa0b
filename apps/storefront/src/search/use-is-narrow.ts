import { useSyncExternalStore } from 'react'

const narrow = globalThis.matchMedia?.('(max-width: 960px)')

function subscribe(changed: () => void) {
  narrow?.addEventListener('change', changed)
  return () => narrow?.removeEventListener('change', changed)
}

/** Whether the filters have no room beside the list. The style sheets turn at the same width. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow?.matches ?? false)

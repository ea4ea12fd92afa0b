import { useEffect } from 'react'

/** Names the page in the tab, in the history and for screen readers: "kettle · Shop". */
export function usePageTitle(...parts: readonly string[]): void {
  const title = parts.filter((part) => part !== '').join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}

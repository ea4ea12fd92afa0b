import { useRouterState } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'

/** Who goes to another page goes on reading at its beginning, not in the navigation. */
export function useFocusOnArrival(): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  const here = useRouterState({ select: ({ location }) => location.pathname })
  const before = useRef(here)
  useEffect(() => {
    // From the entrance one is led on without having chosen a page.
    const isArrival = before.current !== here && before.current !== '/'
    before.current = here
    if (isArrival) place.current?.focus({ preventScroll: true })
  }, [here])
  return place
}

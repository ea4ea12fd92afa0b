import { useEffect } from 'react'
import { session } from '../api.ts'

const askAgainMs = 2_000

/** Asks who is signed in, until there is an answer; and again when one comes back to this tab: another may have changed it. */
export function useKnownSession(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () =>
      session.read().catch(() => {
        if (session.current().is === 'unknown') timer = setTimeout(read, askAgainMs)
      })
    const look = () => {
      if (document.visibilityState === 'visible') read()
    }
    read()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
}

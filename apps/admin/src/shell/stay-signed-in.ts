import { useEffect } from 'react'
import { session, useSession } from '../api.ts'

/** How long before its end a session is lengthened, of those who do something. */
const aheadMs = 120_000

/** Lengthens the session of who is active: it ends where nobody touched the page for its whole length. */
export function useStaySignedIn(): void {
  const state = useSession()
  const expiresAt = state.is === 'in' ? state.session.expiresAt : null
  useEffect(() => {
    if (expiresAt === null) return
    let isActive = false
    let isDue = false
    const renew = () => {
      if (!isActive || !isDue) return
      isActive = false
      // What fails is tried again when something is touched, and at last told by the next call.
      session.renew().catch(() => {})
    }
    const note = () => {
      isActive = true
      renew()
    }
    addEventListener('pointerdown', note)
    addEventListener('keydown', note)
    const timer = setTimeout(
      () => {
        isDue = true
        renew()
      },
      Math.max(1_000, Date.parse(expiresAt) - Date.now() - aheadMs),
    )
    return () => {
      clearTimeout(timer)
      removeEventListener('pointerdown', note)
      removeEventListener('keydown', note)
    }
  }, [expiresAt])
}

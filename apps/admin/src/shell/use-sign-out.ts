import { session } from '../api.ts'
import { useFailureToast } from '../parts/use-failure-toast.ts'

/** Signs out; where that fails people are told, as they would walk away from an open session otherwise. */
export function useSignOut(): () => void {
  const tell = useFailureToast()
  return () => {
    session.signOut().catch(tell)
  }
}

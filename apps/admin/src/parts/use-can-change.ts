import { useSession } from '../api.ts'

/** Whether who is signed in may change the shop: others are not shown the buttons. The gateway decides anyway. */
export function useCanChange(): boolean {
  const state = useSession()
  return 'session' in state && ['merchandiser', 'operator'].includes(state.session.role)
}

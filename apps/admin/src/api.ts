import { ClientFailure, defineMessages, gateway, useMessages } from '@eip/theme'
import { notifications } from '@mantine/notifications'
import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useFailureToast } from './parts/use-failure-toast.ts'
import { repeatedAfterSignIn, type SessionState, type SessionStore, sessionStore } from './session-store.ts'

const plain = gateway({ csrf: () => session.csrf() })

/** Who is signed in. */
export const session: SessionStore = sessionStore(plain)

/** The gateway; where the session has ended, calls wait until somebody has signed in again. */
export const api = repeatedAfterSignIn(plain, session)

const isAway = (error: unknown): boolean =>
  error instanceof ClientFailure && (error.code === 'client.unreachable' || error.code === 'client.late')

/** What is away is asked again, ever more slowly, until it is back; what was refused is not. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (_count, error) => isAway(error),
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
      staleTime: 2_000,
    },
  },
})

// What one person was shown is not for the next one.
let person: string | null = null
session.subscribe(() => {
  const state = session.current()
  const now = 'session' in state ? state.session.name : null
  if (person !== null && now !== person) queries.clear()
  person = now
})

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.current)

type QueryOptions = Readonly<{ refetchInterval?: number; enabled?: boolean }>

/** An answer of the gateway under a key; keys begin with the thing that they are about, as mutations name it. */
export const useApiQuery = <Answer>(
  key: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<Answer>,
  options: QueryOptions = {},
) => useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal), ...options })

const messages = defineMessages({ en: { done: 'Done' }, ko: { done: '완료' } })

type MutationOptions<Input, Answer> = Readonly<{
  /** What was changed, by the first part of its keys. */
  changes: readonly string[]
  /** Said when it is done; null: nothing is said. */
  said?: (answer: Answer, input: Input) => string | null
  /** True: the page shows the failure itself. */
  failed?: (error: unknown) => boolean
}>

/** A change: what it changed is asked for anew, and people are told that it is done, or why not. */
export function useApiMutation<Input, Answer>(
  change: (input: Input) => Promise<Answer>,
  { changes, said, failed }: MutationOptions<Input, Answer>,
) {
  const client = useQueryClient()
  const t = useMessages(messages)
  const tell = useFailureToast()
  return useMutation({
    mutationFn: change,
    async onSuccess(answer, input) {
      await Promise.all(changes.map((changed) => client.invalidateQueries({ queryKey: [changed] })))
      const message = said?.(answer, input)
      if (message !== null) notifications.show({ color: 'teal', message: message ?? t('done') })
    },
    onError(error) {
      if (!failed?.(error)) tell(error)
    },
  })
}

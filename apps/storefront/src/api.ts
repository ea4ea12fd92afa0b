import { ClientFailure, gateway } from '@eip/theme'
import { QueryClient } from '@tanstack/react-query'

export const api = gateway()

const passing = new Set(['client.unreachable', 'client.late', 'rpc.unavailable', 'rpc.deadline'])

/** Whether a failure may be gone in a moment: the server is away, too busy, or starting. */
export const isPassing = (failure: unknown): boolean =>
  failure instanceof ClientFailure && (passing.has(failure.code) || failure.status === 429 || failure.status === 503)

const longestWaitMs = 5_000

/** While the server is away it is asked again and again, so that the page goes on by itself; `failureReason` says so meanwhile. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (_attempt, failure) => isPassing(failure),
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, longestWaitMs),
      staleTime: 30_000,
      // Whether there is a network says nothing about a server on this machine or in this house.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

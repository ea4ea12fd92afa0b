import type { api } from '../api.ts'

export type CheckoutAsked = Parameters<typeof api.checkout>[0]
export type Outcome = Awaited<ReturnType<typeof api.checkout>>
/** How a checkout ended; `failed`: it was not answered, and is not known to have ended. */
export type Settled =
  | Exclude<Outcome, { outcome: 'pending' }>
  | Readonly<{ outcome: 'refused' | 'failed'; failure: unknown }>

/** What is waited for: the server at all, or the end of a payment that goes on. */
export type WaitsFor = 'server' | 'payment'

export type CheckoutWay = Readonly<{
  /** Always the same request, with the same id: however often it is heard, it buys once. */
  ask: () => Promise<Outcome>
  /** May be gone in a moment. */
  isPassing: (failure: unknown) => boolean
  /** The gateway read the request and did nothing. */
  isRefusal: (failure: unknown) => boolean
  /** Rejects when the shopper goes away. */
  pause: (attempt: number) => Promise<void>
  waits: (what: WaitsFor) => void
}>

/** Asks until it is known how the checkout ended. */
export async function settleCheckout({ ask, isPassing, isRefusal, pause, waits }: CheckoutWay): Promise<Settled> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await ask()
      if (answer.outcome !== 'pending') return answer
      waits('payment')
    } catch (failure) {
      if (!isPassing(failure)) return { outcome: isRefusal(failure) ? 'refused' : 'failed', failure }
      waits('server')
    }
    await pause(attempt)
  }
}

/** Whether the next attempt is a new checkout. One whose end is not known keeps its id, so that it cannot buy twice. */
export const isOver = ({ outcome }: Settled): boolean => outcome !== 'failed'

const idBytes = 16

/** Pages without https have no `crypto.randomUUID`. */
export const newCheckoutId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(idBytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

import { ClientFailure } from '@eip/theme'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api, isPassing } from '../api.ts'
import { welcomeOrder } from '../orders/just-placed.ts'
import {
  type CheckoutAsked,
  isOver,
  newCheckoutId,
  type Settled,
  settleCheckout,
  type WaitsFor,
} from './settle-checkout.ts'
import { forgetCheckout, keepCheckout, unfinishedCheckout } from './unfinished.ts'
import { cartKey } from './use-cart.ts'

export type CheckoutState =
  | Readonly<{ phase: 'open' }>
  /** Begun before this page was loaded; nobody knows how it ended. */
  | Readonly<{ phase: 'unfinished'; asked: CheckoutAsked }>
  | Readonly<{ phase: 'asking'; asked: CheckoutAsked; waitsFor: WaitsFor | null }>
  | Readonly<{ phase: 'answered'; asked: CheckoutAsked; answer: Settled }>

const longestPauseMs = 5_000

const pauseUntil = (left: AbortSignal) => (attempt: number) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(1_000 * 2 ** attempt, longestPauseMs))
    left.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(left.reason)
    })
  })

const isRefusal = (failure: unknown): boolean =>
  failure instanceof ClientFailure && failure.status >= 400 && failure.status < 500

const begin = (): CheckoutState => {
  const asked = unfinishedCheckout()
  return asked === null ? { phase: 'open' } : { phase: 'unfinished', asked }
}

/** One checkout after the other, each with an id that is kept until it is known how it ended. */
export function useCheckout() {
  const [state, setState] = useState(begin)
  const client = useQueryClient()
  const navigate = useNavigate()
  const left = useRef<AbortController>(null)
  useEffect(() => () => left.current?.abort(), [])

  const settled = async (asked: CheckoutAsked, answer: Settled) => {
    if (isOver(answer)) forgetCheckout()
    // What was bought, or is gone, is not as the pages have it.
    for (const key of [cartKey, ['search'], ['delivery'], ['orders']]) void client.invalidateQueries({ queryKey: key })
    if (answer.outcome !== 'placed') return setState({ phase: 'answered', asked, answer })
    const { order } = answer
    client.setQueryData(['order', order.orderId], order)
    welcomeOrder(order.orderId)
    await navigate({ to: '/orders/$orderId', params: { orderId: order.orderId }, replace: true })
  }
  const run = async (asked: CheckoutAsked) => {
    const controller = new AbortController()
    left.current = controller
    keepCheckout(asked)
    setState({ phase: 'asking', asked, waitsFor: null })
    try {
      const answer = await settleCheckout({
        ask: () => api.checkout(asked, { signal: controller.signal }),
        isPassing,
        isRefusal,
        pause: pauseUntil(controller.signal),
        waits: (waitsFor) => setState({ phase: 'asking', asked, waitsFor }),
      })
      if (!controller.signal.aborted) await settled(asked, answer)
    } catch (error) {
      if (!controller.signal.aborted) throw error
    }
  }
  return {
    state,
    buy: (asked: Omit<CheckoutAsked, 'checkoutId'>) => void run({ ...asked, checkoutId: newCheckoutId() }),
    goOn: (asked: CheckoutAsked) => void run(asked),
    /** Takes the answer as read. */
    reopen: () => setState({ phase: 'open' }),
  }
}

import { remember, remembered } from '@eip/theme'
import type { CheckoutAsked } from './settle-checkout.ts'

const key = 'eip-checkout'

/** The checkout whose end is not known: kept, so that it goes on with the same id after the page was left or loaded again. */
export function unfinishedCheckout(): CheckoutAsked | null {
  try {
    const kept = JSON.parse(remembered(key) || 'null') as CheckoutAsked | null
    return typeof kept?.checkoutId === 'string' && typeof kept.expected?.amount === 'number' ? kept : null
  } catch {
    return null
  }
}

export const keepCheckout = (asked: CheckoutAsked): void => remember(key, JSON.stringify(asked))
export const forgetCheckout = (): void => remember(key, '')

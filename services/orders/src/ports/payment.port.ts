import type { Money } from '@eip/contracts'

export type PaymentAsked = Readonly<{ key: string; amount: Money; token: string }>

export type Authorisation =
  | Readonly<{ outcome: 'authorised' }>
  | Readonly<{ outcome: 'declined'; reason: string }>
  /** It was voided before. */
  | Readonly<{ outcome: 'voided' }>

/**
 * Whoever moves the money. `key` names one payment, whatever is asked of it.
 *  - Asking again is free: each operation, asked again by the same key, does nothing more and answers the same.
 *  - An answer that does not come is a temporary failure (`isTemporary`), and nothing is known then: it may have been done. Asked
 *    again, the provider tells what became of it.
 *  - `authorise` sets money aside and takes none. What is declined takes nothing, and stays declined.
 *  - `capture` takes what was authorised, once. `lapsed`: the authorisation does not stand (any more), and nothing is taken.
 *  - `void` lets go of all of it: of what was set aside, and of what was taken already. A key that was never asked for is remembered
 *    as voided, so that an authorisation that is still on its way finds nothing to do.
 */
export interface Payment {
  authorise(asked: PaymentAsked): Promise<Authorisation>
  capture(key: string): Promise<Readonly<{ outcome: 'captured' | 'lapsed' }>>
  void(key: string): Promise<void>
}

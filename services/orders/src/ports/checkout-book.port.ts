import type { Checkout, StandingCheckout } from '../domain/checkout.ts'
import type { OrderChange, StandingOrder } from '../domain/order-change.ts'

/**
 * How far every checkout has come.
 *  - `begin` keeps a checkout under its id, if there is none yet, and answers what then stands under that id. A cart is bought by one
 *    checkout at a time: while another of the same cart has not ended, that one is answered, and nothing is kept.
 *  - `advance` and `place` change a checkout only if it still stands as it was seen; they answer what then stands, whoever put it there.
 *  - `place` ends a checkout together with its order, that order's events, and the cart without what was bought: all of it is durable, or
 *    none. What was put into the cart meanwhile stays there.
 *  - A checkout that has not ended is `due` at the time that it was last given; an ended one never is. `due` answers the longest due first.
 *  - `postpone` gives it another time, if it still stands as it was seen, and nothing else: whoever did so takes it up.
 *  - `unfinished` counts those that have not ended.
 */
export interface CheckoutBook {
  begin(checkout: Checkout, dueAt: number): Promise<StandingCheckout>
  read(checkoutId: string): Promise<StandingCheckout | null>
  advance(seen: StandingCheckout, next: Checkout, dueAt: number): Promise<StandingCheckout>
  place(
    seen: StandingCheckout,
    end: Checkout,
    decide: (standing: StandingOrder | null) => OrderChange,
  ): Promise<StandingCheckout>
  postpone(seen: StandingCheckout, dueAt: number): Promise<boolean>
  due(now: number, limit: number): Promise<readonly StandingCheckout[]>
  unfinished(): Promise<number>
}

import type { CartAction, Envelope } from '@eip/contracts'
import type { CartLine } from '../domain/cart.ts'

/**
 * What shoppers have put into their carts.
 *  - `set` makes a cart hold so many of a product; 0 takes it out. A line and its event are durable together, or neither is.
 *  - What it holds already is `unchanged`, and no event. A cart takes `mostCartLines` different products, however many ask at once.
 *  - Versions of a cart's events grow.
 *  - A cart that nobody put anything into is empty; lines stand in the order in which they first came.
 */
export interface CartStore {
  read(cartId: string): Promise<readonly CartLine[]>
  set(
    cartId: string,
    line: CartLine,
    eventOf: (version: number) => Envelope<CartAction>,
  ): Promise<'set' | 'unchanged' | 'full'>
}

import type { PriceChange, PricedProduct } from '../domain/priced-product.ts'

/**
 * What products cost, as the catalogue last said.
 *  - `apply` takes a change if it is newer than what it holds of the product; changes of one call may come in any order.
 *  - A product that is gone keeps its version, so that a late event does not bring it back.
 *  - `find` leaves out products that it never heard of. `count`: those that have a price.
 */
export interface PriceBook {
  apply(changes: readonly PriceChange[]): Promise<void>
  find(productIds: readonly string[]): Promise<ReadonlyMap<string, PricedProduct>>
  count(): Promise<number>
}

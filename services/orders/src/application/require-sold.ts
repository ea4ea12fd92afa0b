import { type Money, ordersFailure } from '@eip/contracts'
import type { PricedProduct } from '../domain/priced-product.ts'

/** The product with its price. Throws `orders.unknown-product`, or `orders.not-ready` while prices are still coming in. */
export function requireSold(
  product: PricedProduct | undefined,
  productId: string,
  pricesMissing: () => string | null,
): PricedProduct & Readonly<{ price: Money }> {
  if (product !== undefined && product.price !== null) return { ...product, price: product.price }
  const missing = pricesMissing()
  if (product === undefined && missing !== null) throw ordersFailure('orders.not-ready', missing)
  const why = product === undefined ? 'is not known' : 'is not sold, or has no price'
  throw ordersFailure('orders.unknown-product', `productId: the product "${productId}" ${why}`, { productId })
}

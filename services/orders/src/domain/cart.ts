import type { Cart, Money } from '@eip/contracts'
import type { PricedProduct } from './priced-product.ts'

export type CartLine = Readonly<{ productId: string; quantity: number }>

/** Different products in one cart, at most. */
export const mostCartLines = 100

/** What setting a line comes to. */
export function decideLine(
  lines: readonly CartLine[],
  { productId, quantity }: CartLine,
): 'set' | 'unchanged' | 'full' {
  const held = lines.find((line) => line.productId === productId)?.quantity ?? 0
  if (held === quantity) return 'unchanged'
  return held === 0 && lines.length >= mostCartLines ? 'full' : 'set'
}

/** null: of nothing, of several currencies, or more than a number can count. */
export function sumOf(parts: readonly Readonly<{ quantity: number; unitPrice: Money }>[]): Money | null {
  const currency = parts[0]?.unitPrice.currency
  if (currency === undefined || parts.some(({ unitPrice }) => unitPrice.currency !== currency)) return null
  const amount = parts.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0)
  return Number.isSafeInteger(amount) ? { amount, currency } : null
}

/** The cart as a shopper sees it, at the prices of now. */
export function pricedCart(
  cartId: string,
  lines: readonly CartLine[],
  products: ReadonlyMap<string, PricedProduct>,
): Cart {
  const shown = lines.map(({ productId, quantity }) => {
    const product = products.get(productId)
    return { productId, title: product?.title ?? productId, quantity, unitPrice: product?.price ?? null }
  })
  const sold = shown.flatMap(({ quantity, unitPrice }) => (unitPrice === null ? [] : [{ quantity, unitPrice }]))
  return { cartId, lines: shown, total: sumOf(sold) }
}

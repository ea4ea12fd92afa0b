import type { Envelope, Money, Product } from '@eip/contracts'

/** What an order keeps of a product. `price` null: it is not sold, or not any more. */
export type PricedProduct = Readonly<{
  productId: string
  title: string
  seller: string | null
  categoryPath: readonly string[]
  price: Money | null
}>

export type PriceChange = Readonly<{ version: number; product: PricedProduct }>

const gone = (productId: string): PricedProduct => ({
  ...{ productId, title: productId, seller: null, categoryPath: [], price: null },
})

export function priceChangeOf({ key, version, payload }: Envelope<Product>): PriceChange {
  if (payload === null) return { version, product: gone(key) }
  const { title, seller = null, categoryPath = [], price = null, active = true } = payload
  return { version, product: { productId: key, title, seller, categoryPath, price: active ? price : null } }
}

/** Products of one batch, each as its newest event says, so that one statement can hold them all. */
export function newestOf(changes: readonly PriceChange[]): PriceChange[] {
  const newest = new Map<string, PriceChange>()
  for (const change of changes) {
    const known = newest.get(change.product.productId)
    if (known === undefined || known.version < change.version) newest.set(change.product.productId, change)
  }
  return [...newest.values()]
}

import type { Product } from './product.ts'

/**
 * What a product says, as JSON with its dates left out: they may be filled in by us. Its SHA-256 names the content: the same hash is
 * the same content. Takes the canonical form, which is the one that events carry. Without reviews it is the text of the time before
 * products had any, so that such a product stays the same content, and is not published anew for saying nothing.
 */
export function contentText(product: Product): string {
  const { reviews, ...rest } = product
  const said = reviews.length === 0 ? rest : product
  return JSON.stringify({ ...said, createdAt: null, updatedAt: null })
}

/** The first six bytes of a content's hash, as base64: what a view remembers of each product that it was given. */
export const shortHash = (hash: string): string => hash.slice(0, 8)

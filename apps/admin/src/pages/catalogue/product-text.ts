import type { Product } from '@eip/contracts'

/** A product that is being changed as text. */
export type ProductDraft = Readonly<{
  text: string
  /** Of the stored product that it began with. */
  version: number
}>

export type ReadProduct =
  | Readonly<{ outcome: 'product'; product: Record<string, unknown> }>
  | Readonly<{ outcome: 'not-json'; reason: string }>
  | Readonly<{ outcome: 'not-an-object' }>
  | Readonly<{ outcome: 'other-id' }>

/** A product as text to be changed. */
export const productText = (product: Product): string => JSON.stringify(product, null, 2)

/**
 * What was typed, as the product of this id; what its fields may hold, the catalogue says. Another id would not rename the
 * product but make a second one.
 */
export function readProduct(text: string, id: string): ReadProduct {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { outcome: 'not-json', reason: error instanceof Error ? error.message : String(error) }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { outcome: 'not-an-object' }
  const product = value as Record<string, unknown>
  return product.id === id ? { outcome: 'product', product } : { outcome: 'other-id' }
}

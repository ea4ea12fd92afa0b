import type { Product } from '@eip/contracts'
import type { EncoderText } from '@eip/engine-text-encoder'

/** What encoders read of a product: what it is, not what it costs or whether it may be shown. */
export const encoderTextOf = (product: Product): EncoderText => ({
  title: product.title,
  brand: product.brand,
  categoryPath: product.categoryPath,
  attributes: product.attributes,
  description: product.description,
  // Events that were written before products had reviews are read as they were written.
  reviews: product.reviews ?? [],
  language: product.language,
})

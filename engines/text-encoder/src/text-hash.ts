import { createHash } from 'node:crypto'
import type { EncoderText } from './text-encoder.ts'

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)

/**
 * 16 hex digits that name what encoders may read of a product: while they stay, its vector stays too. The order of the attributes'
 * names tells nothing and is left out. The same in every process and version; 64 bits, so that two texts of a product's
 * life practically never share one. Linear in the text.
 */
export function textHash(product: EncoderText): string {
  const { title, brand, categoryPath, attributes, description, reviews, language } = product
  // JSON keeps the parts apart: no text can look like the border between two others.
  const read = [title, brand, categoryPath, Object.entries(attributes).sort(byName), description, reviews, language]
  return createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 16)
}

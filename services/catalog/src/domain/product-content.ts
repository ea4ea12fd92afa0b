import { hash } from 'node:crypto'
import { contentText, type Product } from '@eip/contracts'

type Attributes = Product['attributes']

/** The order in which attributes were written says nothing about a product. */
function sortAttributes(attributes: Attributes): Attributes {
  const names = Object.keys(attributes)
  const isSorted = names.every((name, index) => index === 0 || names[index - 1]! < name)
  return isSorted ? attributes : Object.fromEntries(names.sort().map((name) => [name, attributes[name]!]))
}

/** The same product in the one form that is stored and hashed. Fields stand in the schema's order already. */
export const canonicalProduct = (product: Product): Product => ({
  ...product,
  attributes: sortAttributes(product.attributes),
})

/** What a product says, its dates left out. */
export type ProductContent = Readonly<{
  /** JSON of the product with both dates null. */
  text: string
  /** SHA-256 of `text`, base64: the same hash is the same content. */
  hash: string
}>

/** Takes the canonical form. */
export function contentOf(product: Product): ProductContent {
  const text = contentText(product)
  return { text, hash: hash('sha256', text, 'base64') }
}

/** The product of which `text` is the content, with its dates. */
export const productOf = (text: string, createdAt: string, updatedAt: string): Product => ({
  reviews: [],
  ...(JSON.parse(text) as Omit<Product, 'reviews'> & Partial<Product>),
  createdAt,
  updatedAt,
})

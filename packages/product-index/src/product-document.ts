import { categoryPathSeparator, majorUnits, type Product } from '@eip/contracts'
import { type Analyzer, detectLanguage, plainText } from '@eip/engine-text-analysis'
import type { IndexDocument, IndexSchema } from '@eip/engine-text-index'
import { keywordColumns, type NumberColumn, numberColumns, type StoredProduct } from './product-index.port.ts'

/**
 * How much a word counts by where it stands (the weights of BM25F), and how soon it is enough (k1) and how far a long text
 * dampens it (b). Measured on three sets, see DESIGN.md of the text analysis. The one table of them: whoever changes it
 * changes the view's generation, and the view is built anew.
 */
const fieldWeights = Object.freeze({ title: 3, brand: 2, model: 2, category: 1, attributes: 1, description: 1 })
const saturation = Object.freeze({ k1: 1.5, b: 0.5 })
type TextField = keyof typeof fieldWeights
const textFields = Object.freeze(Object.keys(fieldWeights)) as readonly TextField[]

/**
 * Name-value pairs are spread over several tag sets by their name: to count one attribute's values, only the pairs of
 * its own set have to be looked through. More sets make facets quicker and products larger (4 bytes a set).
 */
const attributeSets = 16
const attributeSetNames = Object.freeze(Array.from({ length: attributeSets }, (_, number) => `attribute.${number}`))

/** The tag set that holds the attribute's pairs. FNV-1a over the name's code units. */
export function attributeSetOf(name: string): string {
  let hash = 0x81_1c_9d_c5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01_00_01_93)
  return attributeSetNames[((hash ^ (hash >>> 15)) >>> 0) % attributeSets]!
}

/** A product is in each prefix of its category path, has attributes by name, and name-value pairs. */
const tagSets = Object.freeze(['category', 'attributeName', ...attributeSetNames])

export const indexSchema: IndexSchema = Object.freeze({
  fields: Object.entries(fieldWeights).map(([name, weight]) => Object.freeze({ name, weight })),
  numbers: numberColumns,
  keywords: keywordColumns,
  tags: tagSets,
  ...saturation,
})

/** Raised by every change of what this file makes of a product that the schema does not show. */
export const mappingRevision = 1

// A control character: neither names nor values can contain it.
const attributeSeparator = '\u001f'
export const attributeTag = (name: string, value: string): string => name + attributeSeparator + value
export const attributeTagPrefix = (name: string): string => name + attributeSeparator

/** "A > B > C" is in `A`, `A > B` and `A > B > C`. */
export const categoryTags = (path: readonly string[]): string[] =>
  path.map((_, depth) => path.slice(0, depth + 1).join(categoryPathSeparator))

/** Characters of the description that say which language a product is in, where it does not say so itself. */
const languageSample = 400
/** Two texts that stand side by side in a field are not one phrase. */
const textSeparator = ' \n '

/** What the index holds of a product. Pure: the same product gives the same document. O(length of its texts). */
export function productDocument(product: Product, analyzer: Analyzer): IndexDocument {
  const description = plainText(product.description)
  const language = product.language ?? detectLanguage(`${product.title} ${description.slice(0, languageSample)}`)
  const attributes = attributesOf(product)
  const texts: Readonly<Record<TextField, string>> = {
    title: product.title,
    brand: product.brand ?? '',
    category: product.categoryPath.join(textSeparator),
    model: attributes.model,
    attributes: attributes.text,
    description,
  }
  return {
    id: product.id,
    terms: textFields.map((field) => analyzer.analyzeText(texts[field], language)),
    numbers: numbersOf(product),
    keywords: { brand: product.brand, seller: product.seller, language, currency: product.price?.currency ?? null },
    tags: { ...attributes.tags, category: categoryTags(product.categoryPath) },
    stored: Buffer.from(JSON.stringify(storedProduct(product))),
  }
}

/** The attribute that shoppers type in to find the one product: by convention, a maker's model stands in it. */
const modelAttribute = 'model'

/** Products have up to hundreds of attributes: they are the most of a document, so they are walked once. */
function attributesOf({ attributes }: Product) {
  const names: string[] = []
  const tags: Record<string, string[]> = { attributeName: names }
  let text = ''
  for (const name in attributes) {
    names.push(name)
    const set = attributeSetOf(name)
    const pairs = tags[set] ?? []
    tags[set] = pairs
    const values = attributes[name]!
    const distinct = values.length > 1 ? new Set(values) : values
    for (const value of distinct) {
      pairs.push(attributeTag(name, value))
      if (name !== modelAttribute) text += value + textSeparator
    }
  }
  return { model: attributes[modelAttribute]?.join(textSeparator) ?? '', text, tags }
}

/**
 * Prices in major units, for comparing only; dates in milliseconds since the epoch.
 * `availability` is not a product's own and not named: the index then keeps what another owner has set.
 */
function numbersOf(product: Product): Record<Exclude<NumberColumn, 'availability'>, number | null> {
  const ratingCount = product.rating?.count ?? null
  return {
    price: product.price === null ? null : majorUnits(product.price),
    rating: product.rating?.average ?? null,
    ratingCount,
    // How often a product was rated stands for how popular it is, until shoppers' behaviour says it better.
    popularity: ratingCount,
    createdAt: product.createdAt === null ? null : Date.parse(product.createdAt),
  }
}

const storedProduct = (product: Product): StoredProduct => ({
  id: product.id,
  title: product.title,
  brand: product.brand,
  categoryPath: product.categoryPath,
  price: product.price,
  image: product.images[0] ?? null,
  rating: product.rating,
  seller: product.seller,
  language: product.language,
})

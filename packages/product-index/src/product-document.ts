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
/** The attribute that shoppers type in to find the one product: by convention, a maker's model stands in it. */
const modelAttribute = 'model'

/** What the index holds of a product. Pure: the same product gives the same document. O(length of its texts). */
export function productMapping(analyzer: Analyzer): (product: Product) => IndexDocument {
  const nameTerms = rememberedTerms(analyzer)
  return (product) => {
    const description = plainText(product.description)
    const language = product.language ?? detectLanguage(`${product.title} ${description.slice(0, languageSample)}`)
    const ofNames = (names: readonly string[]) => names.flatMap((name) => nameTerms(name, language))
    const attributes = attributesOf(product, (value) => nameTerms(value, language))
    const terms: Readonly<Record<TextField, readonly string[]>> = {
      title: analyzer.analyzeText(product.title, language),
      brand: ofNames(product.brand === null ? [] : [product.brand]),
      model: ofNames(product.attributes[modelAttribute] ?? []),
      category: ofNames(product.categoryPath),
      attributes: attributes.terms,
      description: analyzer.analyzeText(description, language),
    }
    return {
      id: product.id,
      terms: textFields.map((field) => terms[field]),
      numbers: numbersOf(product),
      keywords: { brand: product.brand, seller: product.seller, language, currency: product.price?.currency ?? null },
      tags: { ...attributes.tags, category: categoryTags(product.categoryPath) },
      stored: Buffer.from(JSON.stringify(storedProduct(product))),
    }
  }
}

const longestRemembered = 60
const mostRemembered = 65_536

/**
 * Names and attribute values come again and again: each is analysed once, by itself, so that the end of one and the
 * beginning of the next are not read as one measure ("4", "GB").
 */
function rememberedTerms(analyzer: Analyzer): (text: string, language: string) => readonly string[] {
  const byLanguage = new Map<string, Map<string, readonly string[]>>()
  let count = 0
  return (text, language) => {
    if (text.length > longestRemembered) return analyzer.analyzeText(text, language)
    const known = byLanguage.get(language)?.get(text)
    if (known !== undefined) return known
    if (count++ >= mostRemembered) {
      byLanguage.clear()
      count = 1
    }
    const terms = Object.freeze(analyzer.analyzeText(text, language))
    const remembered = byLanguage.get(language) ?? new Map<string, readonly string[]>()
    byLanguage.set(language, remembered.set(text, terms))
    return terms
  }
}

const noTags: readonly string[] = Object.freeze([])
/** Copied for every product: an object of one shape is quicker to fill than one that grows key by key (a sixth of the mapping's time). */
const noTagSets: Readonly<Record<string, readonly string[]>> = Object.freeze(
  Object.fromEntries(tagSets.map((set) => [set, noTags])),
)

/** Products have up to hundreds of attributes: they are the most of a document, so they are walked once. */
function attributesOf({ attributes }: Product, termsOf: (value: string) => readonly string[]) {
  const tags: Record<string, readonly string[]> = { ...noTagSets, attributeName: Object.keys(attributes) }
  const terms: string[] = []
  for (const name in attributes) {
    const set = attributeSetOf(name)
    const pairs: string[] = tags[set] === noTags ? [] : (tags[set] as string[])
    tags[set] = pairs
    const values = attributes[name]!
    const distinct = values.length > 1 ? new Set(values) : values
    for (const value of distinct) {
      pairs.push(attributeTag(name, value))
      if (name !== modelAttribute) for (const term of termsOf(value)) terms.push(term)
    }
  }
  return { terms, tags }
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

import { categoryPathSeparator, majorUnits, type Product } from '@eip/contracts'
import { type Analyzer, detectLanguage, plainText } from '@eip/engine-text-analysis'
import { groupHead, type IndexDocument, type IndexSchema } from '@eip/engine-text-index'
import {
  keywordColumns,
  type NumberColumn,
  numberColumns,
  type OwnedColumn,
  type StoredProduct,
} from './product-index.port.ts'

/**
 * How much a word counts by where it stands (the weights of BM25F), how soon it is enough (k1, in the weights' unit) and how
 * far a long text dampens it (b). No weight is below 1: OpenSearch's combined fields allow none. Chosen on the development
 * queries of three sets together, one table for all; README.md has the measurement. Whoever changes it changes the view's
 * generation, and the view is built anew.
 */
const fieldWeights = Object.freeze({
  title: 20,
  brand: 20,
  model: 10,
  category: 10,
  attributes: 1,
  description: 12,
  reviews: 1,
})
const saturation = Object.freeze({ k1: 12, b: 0.7 })
type TextField = keyof typeof fieldWeights
/** In the order of a document's term lists. */
export const textFieldNames = Object.freeze(Object.keys(fieldWeights)) as readonly TextField[]

/** The tag set of attributes: a group for each name (`groupHead`), in it the name-value pairs. */
export const attributeSet = 'attribute'

/** A product is in each prefix of its category path. */
const tagSets = Object.freeze(['category', attributeSet])

export const indexSchema: IndexSchema = Object.freeze({
  fields: Object.entries(fieldWeights).map(([name, weight]) => Object.freeze({ name, weight })),
  numbers: numberColumns,
  keywords: keywordColumns,
  tags: tagSets,
  ...saturation,
})

/** Raised by every change of what this file makes of a product that the schema does not show. */
export const mappingRevision = 3

export const attributeTag = (name: string, value: string): string => groupHead(name) + value

/** "A > B > C" is in `A`, `A > B` and `A > B > C`. */
export const categoryTags = (path: readonly string[]): string[] =>
  path.map((_, depth) => path.slice(0, depth + 1).join(categoryPathSeparator))

/** Characters of the description that say which language a product is in, where it does not say so itself. */
const languageSample = 400
/** Characters of reviews that are indexed: a much-reviewed product must not weigh by what customers go on about. */
const reviewsSample = 2_000
/** The attribute that shoppers type in to find the one product: by convention, a maker's model stands in it. */
const modelAttribute = 'model'

/** What the index holds of a product. Pure: the same product gives the same document. O(length of its texts). */
export function productMapping(analyzer: Analyzer): (product: Product) => IndexDocument {
  const nameTerms = rememberedTerms(analyzer)
  const attributesOf = rememberedAttributes(analyzer)
  return (product) => {
    const description = plainText(product.description)
    const language = product.language ?? detectLanguage(`${product.title} ${description.slice(0, languageSample)}`)
    const ofNames = (names: readonly string[]) => names.flatMap((name) => nameTerms(name, language))
    const attributes = attributesOf(product, language)
    const terms: Readonly<Record<TextField, readonly string[]>> = {
      title: analyzer.analyzeText(product.title, language),
      brand: ofNames(product.brand === null ? [] : [product.brand]),
      model: (product.attributes[modelAttribute] ?? []).flatMap((model) => analyzer.analyzeText(model, language)),
      category: ofNames(product.categoryPath),
      attributes: attributes.terms,
      description: analyzer.analyzeText(description, language),
      reviews: reviewTexts(product).flatMap((text) => analyzer.analyzeText(text, language)),
    }
    return {
      id: product.id,
      terms: textFieldNames.map((field) => terms[field]),
      numbers: numbersOf(product),
      keywords: { brand: product.brand, seller: product.seller, language, currency: product.price?.currency ?? null },
      tags: { category: categoryTags(product.categoryPath), [attributeSet]: attributes.tags },
      stored: Buffer.from(JSON.stringify(storedProduct(product))),
    }
  }
}

/** Reviews without their markup, from the first on, cut where `reviewsSample` is used up. */
function reviewTexts({ reviews }: Readonly<{ reviews?: readonly string[] }>): string[] {
  const texts: string[] = []
  let left = reviewsSample
  // Products from before the field have none.
  for (const review of reviews ?? []) {
    if (left <= 0) break
    const text = plainText(review).slice(0, left)
    left -= text.length
    texts.push(text)
  }
  return texts
}

const longestRemembered = 60
const mostRemembered = 65_536

type TermsOf = (text: string, language: string) => readonly string[]

/**
 * Names come again and again: each is analysed once, by itself, so that the end of one and the beginning of the next are
 * not read as one measure ("4", "GB").
 */
function rememberedTerms(analyzer: Analyzer): TermsOf {
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

type Pair = Readonly<{ tag: string; terms: readonly string[] }>
type RememberedAttribute = { readonly head: string; readonly pairs: Map<string, Pair>; asked: number }

/** An attribute of which, after so many values, more than this share were new ones is not worth remembering: model, bar code. */
const triedValues = 256
const mostNew = 0.5

/**
 * Tags and terms of a product's attributes, in one walk: products have up to hundreds of them. A name-value pair that came
 * before is one look-up, and gives the very string that the index's dictionary has met already.
 */
function rememberedAttributes(analyzer: Analyzer) {
  const byLanguage = new Map<string, Map<string, RememberedAttribute>>()
  let count = 0
  const attributeOf = (name: string, language: string): RememberedAttribute => {
    const known = byLanguage.get(language)?.get(name)
    if (known !== undefined) return known
    const attributes = byLanguage.get(language) ?? new Map<string, RememberedAttribute>()
    const attribute = { head: groupHead(name), pairs: new Map<string, Pair>(), asked: 0 }
    byLanguage.set(language, attributes.set(name, attribute))
    return attribute
  }
  const pairOf = (attribute: RememberedAttribute, value: string, language: string): Pair => {
    const { pairs } = attribute
    attribute.asked++
    const known = pairs.get(value)
    if (known !== undefined) return known
    const pair = { tag: attribute.head + value, terms: analyzer.analyzeText(value, language) }
    const isRepeated = attribute.asked < triedValues || pairs.size < attribute.asked * mostNew
    if (value.length > longestRemembered || !isRepeated) return pair
    if (count++ >= mostRemembered) {
      byLanguage.clear()
      count = 1
    }
    pairs.set(value, pair)
    return pair
  }
  return ({ attributes }: Product, language: string): Readonly<{ tags: string[]; terms: string[] }> => {
    const tags: string[] = []
    const terms: string[] = []
    for (const name in attributes) {
      const attribute = attributeOf(name, language)
      tags.push(attribute.head)
      const values = attributes[name]!
      for (const value of values.length > 1 ? new Set(values) : values) {
        const pair = pairOf(attribute, value, language)
        tags.push(pair.tag)
        if (name !== modelAttribute) for (const term of pair.terms) terms.push(term)
      }
    }
    return { tags, terms }
  }
}

/**
 * Prices in major units, for comparing only; dates in milliseconds since the epoch.
 * Columns of other owners are not a product's own and not named.
 */
function numbersOf(product: Product): Record<Exclude<NumberColumn, OwnedColumn>, number | null> {
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

import type { Analyzer } from '@eip/engine-text-analysis'
import type { EncoderText } from '../text-encoder.ts'
import { catalogueEncoderLimits as limits } from './catalogue-encoder-limits.ts'

/** A product's fields as one text each, cut to the limits. */
export type FieldTexts = Readonly<{ language: string; texts: readonly string[] }>

/**
 * Weights of a BM25F (Robertson, Zaragoza 2009, section 3.5), in the order of `FieldTexts.texts`; those of the text index where it
 * has the field. A title outweighs what stands far down the page, and no word counts without end.
 */
export const fieldWeights: readonly number[] = Object.freeze([20, 20, 10, 1, 12, 2])
const saturation = 12
const lengthNormalisation = 0.7

/** Title, brand and category: what shoppers make queries of. */
export const namingFields = 3

/** A slice keeps the whole string alive: what a sample remembers is copied. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le')

function joined(texts: Iterable<string>, length: number): string {
  const parts: string[] = []
  let left = length
  for (const text of texts) {
    if (left <= 0) break
    const part = cut(text, left)
    parts.push(part)
    left -= part.length + 1
  }
  return parts.join(' ')
}

export function fieldTexts(product: EncoderText): FieldTexts {
  const texts = [
    cut(product.title, limits.titleCharacters),
    cut(product.brand ?? '', limits.brandCharacters),
    joined(product.categoryPath, limits.categoryCharacters),
    joined(Object.values(product.attributes).flat(), limits.attributesCharacters),
    cut(product.description, limits.descriptionCharacters),
    joined(product.reviews, limits.reviewsCharacters),
  ]
  return { language: product.language ?? 'und', texts }
}

export const analyzeFields = (analyzer: Analyzer, { texts, language }: FieldTexts): string[][] =>
  texts.map((text) => analyzer.analyzeText(text, language))

/**
 * How much each term is a product's, in (0, 1): terms in order of appearance. `averageLengths`: terms of a field, over the products
 * that have the field.
 */
export function termWeights<T>(fields: readonly (readonly T[])[], averageLengths: readonly number[]): Map<T, number> {
  const weights = new Map<T, number>()
  for (const [field, terms] of fields.entries()) {
    const length = terms.length / Math.max(1, averageLengths[field] ?? 1)
    const weight = (fieldWeights[field] ?? 0) / (1 - lengthNormalisation + lengthNormalisation * length)
    for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + weight)
  }
  for (const [term, weight] of weights) weights.set(term, weight / (saturation + weight))
  return weights
}

import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { countTitleWords } from '../vocabulary/title-words.ts'
import type { CountedProduct } from './market-products.ts'

const ranked = <T extends { count: number }>(items: T[]): T[] => items.sort((a, b) => b.count - a.count)

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const valuesOf = (counts: ReadonlyMap<string, number>) =>
  ranked(Array.from(counts, ([value, count]) => ({ value, count })))

/** The vocabulary of a few thousand products, counted in memory: for tests and evaluations, not for a whole catalogue. */
export function vocabularyOf(products: Iterable<CountedProduct>): CatalogueVocabulary {
  const words = countTitleWords()
  const [brands, currencies, paths] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const attributes = new Map<string, Map<string, number>>()
  let total = 0
  for (const { title, brand, category, attributes: described, currency } of products) {
    total++
    words.add(title, brand)
    if (brand !== null) add(brands, brand)
    if (category.length > 0) add(paths, JSON.stringify(category))
    add(currencies, currency)
    for (const [name, value] of Object.entries(described)) {
      const values = attributes.get(name) ?? new Map<string, number>()
      attributes.set(name, values)
      for (const one of typeof value === 'string' ? [value] : value) add(values, one)
    }
  }
  return {
    products: total,
    brands: valuesOf(brands),
    categories: ranked(Array.from(paths, ([path, count]) => ({ path: JSON.parse(path) as readonly string[], count }))),
    attributes: Array.from(attributes, ([name, values]) => ({ name, values: valuesOf(values) })),
    currencies: valuesOf(currencies),
    ...words.result(),
  }
}

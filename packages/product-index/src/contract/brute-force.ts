import type { Product } from '@eip/contracts'
import type { Filter, NumberColumn } from '../product-index.port.ts'

const nothing = () => null

/** What the laws say, told product by product: no index, no analyser. Columns of other owners are absent until these tell. */
export const columnOf: Readonly<Record<NumberColumn, (product: Product) => number | null>> = {
  price: ({ price }) => (price === null ? null : price.amount / 100),
  rating: ({ rating }) => rating?.average ?? null,
  ratingCount: ({ rating }) => rating?.count ?? null,
  popularity: ({ rating }) => rating?.count ?? null,
  createdAt: ({ createdAt }) => (createdAt === null ? null : Date.parse(createdAt)),
  ...{ atp: nothing, daysOfCover: nothing, logisticsScore: nothing, delayRate: nothing, returnRate: nothing },
  ...{ shortageRate: nothing, leadTimeDays: nothing, coverage: nothing },
}

export const keywordOf = (product: Product, column: 'brand' | 'seller' | 'language' | 'currency'): string | null =>
  column === 'currency' ? (product.price?.currency ?? null) : product[column]

export function admits(filter: Filter, product: Product): boolean {
  switch (filter.kind) {
    case 'keyword': {
      const value = keywordOf(product, filter.column)
      return value !== null && filter.anyOf.includes(value)
    }
    case 'category':
      return filter.anyOf.some((path) => path.every((name, depth) => product.categoryPath[depth] === name))
    case 'attribute':
      return filter.anyOf.some((value) => product.attributes[filter.name]?.includes(value))
    case 'range': {
      const value = columnOf[filter.column](product)
      const { minimum, maximum } = filter
      return value !== null && (minimum === null || value >= minimum) && (maximum === null || value <= maximum)
    }
    case 'ids':
      return filter.anyOf.includes(product.id)
    // No product says anything of stock and deliveries itself.
    case 'available':
    case 'delivered':
      return true
  }
}

export type Wanted = Readonly<{ words: readonly string[] | null; minimumMatches: number; filters: readonly Filter[] }>

/** The products that query and filters admit, by id. `words` count once per mention, as the query's tokens do. */
export const admitted = (products: readonly Product[], { words, minimumMatches, filters }: Wanted): Product[] =>
  products
    .filter((product) => {
      if (!product.active || !filters.every((filter) => admits(filter, product))) return false
      const inTitle = new Set(product.title.split(' '))
      const needed = Math.min(Math.max(minimumMatches, 1), words?.length ?? 0)
      return words === null || words.filter((word) => inTitle.has(word)).length >= needed
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Values with their counts as facets state them: by count, then by value. */
export function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

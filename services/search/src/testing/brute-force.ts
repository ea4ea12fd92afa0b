import { majorUnits, type Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import type { NearnessFloor } from '../application/nearness-floor.ts'

// Words that no stemmer changes and no two of which share a stem: what matches can then be told without an analyser.
const words = ['zorb', 'quilt', 'kiwi', 'cobalt', 'tweed', 'onyx', 'plum'] as const
const brands = ['Acme', 'Bolt & Co', 'Çelik'] as const
const paths = [
  [],
  ['Tools'],
  ['Tools', 'Saws'],
  ['Tools', 'Saws', 'Band saws'],
  ['Garden'],
  ['Garden', 'Saws'],
] as const
const colours = ['red', 'green', 'blue: grey'] as const

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const wordList = (max: number) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: max })

const fields = fc.record({
  title: wordList(4),
  brand: orNull(fc.constantFrom(...brands)),
  path: fc.constantFrom(...paths),
  colours: fc.uniqueArray(fc.constantFrom(...colours), { maxLength: 2 }),
  price: orNull(fc.integer({ min: 0, max: 40 })),
  rating: orNull(fc.record({ average: fc.integer({ min: 0, max: 10 }), count: fc.nat(300) })),
  ageDays: orNull(fc.nat(900)),
  active: fc.nat(9).map((n) => n > 0),
})

/** Random products with ids p0, p1 …; titles are of the words that `wishes` ask for. */
export const catalogues = fc.array(fields, { maxLength: 40 }).map((all) =>
  all.map(({ title, path, colours, price, rating, ageDays, brand, active }, i) =>
    aProduct({
      id: `p${i}`,
      title: title.join(' '),
      brand,
      active,
      language: 'en',
      categoryPath: [...path],
      attributes: colours.length === 0 ? {} : { colour: colours },
      price: price === null ? null : { amount: price * 150, currency: 'USD' },
      rating: rating === null ? null : { average: rating.average / 2, count: rating.count },
      createdAt: ageDays === null ? null : new Date(Date.UTC(2026, 0, 1) - ageDays * 86_400_000).toISOString(),
    }),
  ),
)

/** A search as a shopper means it: words, and per field the alternatives. */
export type Wish = Readonly<{
  words: readonly string[]
  brands: readonly string[]
  categories: readonly string[]
  colours: readonly string[]
  price: readonly [number, number] | null
}>

const few = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 })
export const wishes: fc.Arbitrary<Wish> = fc.record({
  words: fc.oneof(fc.constant([]), wordList(6)),
  brands: few(brands),
  categories: few(['Tools', 'Tools > Saws', 'Garden > Saws', 'Nowhere']),
  colours: few(colours),
  price: orNull(fc.tuple(fc.nat(30), fc.nat(30)).map(([low, width]) => [low, low + width] as const)),
})

export const filterTexts = (wish: Wish): string[] => [
  ...wish.brands.map((brand) => `brand:${brand}`),
  ...wish.categories.map((category) => `category:${category}`),
  ...wish.colours.map((colour) => `attributes.colour:${colour}`),
  ...(wish.price === null ? [] : [`price:${wish.price[0]}..${wish.price[1]}`]),
]

export const priceOf = ({ price }: Product): number | null => (price === null ? null : majorUnits(price))
export const categoriesOf = ({ categoryPath }: Product): string[] =>
  categoryPath.map((_, depth) => categoryPath.slice(0, depth + 1).join(' > '))

function passesFilters(product: Product, wish: Wish): boolean {
  const price = priceOf(product)
  const isAny = (wanted: readonly string[], has: readonly string[]) =>
    wanted.length === 0 || wanted.some((value) => has.includes(value))
  return (
    isAny(wish.brands, product.brand === null ? [] : [product.brand]) &&
    isAny(wish.categories, categoriesOf(product)) &&
    isAny(wish.colours, product.attributes.colour ?? []) &&
    (wish.price === null || (price !== null && price >= wish.price[0] && price <= wish.price[1]))
  )
}

/** How near each product that has a vector is to a query, and from which cosine on that counts. */
export type Nearness = Readonly<{ cosines: ReadonlyMap<string, number>; floor: NearnessFloor }>

type Mode = 'bm25' | 'vector' | 'hybrid' | 'ranked'
const mostNear = 100

const byId = (a: Product, b: Product) => (a.id < b.id ? -1 : 1)

/**
 * The products that the filters admit and that are near in meaning, beside words or alone. The mode of meaning alone knows
 * no floor, and reaches further.
 */
function nearestOf(
  products: readonly Product[],
  filters: Wish,
  mode: Mode,
  near: Nearness | null,
  stands: keyof NearnessFloor,
): Product[] {
  if (near === null || mode === 'bm25' || filters.words.length === 0) return []
  const { cosines, floor } = near
  const least = mode === 'vector' ? -1 : floor[stands]
  return products
    .filter((product) => product.active && passesFilters(product, filters))
    .filter(({ id }) => (cosines.get(id) ?? Number.NEGATIVE_INFINITY) >= least)
    .toSorted((a, b) => cosines.get(b.id)! - cosines.get(a.id)! || byId(a, b))
    .slice(0, mode === 'vector' ? 1_000 : mostNear)
}

const leastWords = (count: number, mode: Mode): number => {
  if (mode === 'bm25') return Math.min(1, count)
  return count <= 2 ? count : Math.ceil(count / 2)
}

/**
 * The products that a search must find, and what it has to give up for them: product by product, attempt by attempt.
 * `near`: null where the query has no vector.
 */
export function expected(
  products: readonly Product[],
  wish: Wish,
  mode: Mode = 'ranked',
  near: Nearness | null = null,
): { found: Product[]; relaxed: string[] } {
  const count = wish.words.length
  const least = leastWords(count, mode)
  const isMeaningAlone = mode === 'vector' && near !== null
  const attempt = (words: number, filters: Wish, relaxed: string[]) => {
    const byWords = products.filter((product) => {
      const matched = wish.words.filter((word) => product.title.split(' ').includes(word)).length
      return product.active && passesFilters(product, filters) && matched >= words
    })
    const byMeaning = nearestOf(products, filters, mode, near, byWords.length > 0 ? 'beside' : 'alone')
    const found = isMeaningAlone && count > 0 ? byMeaning : [...new Set([...byWords, ...byMeaning])]
    return { found, relaxed, isByWords: byWords.length > 0 && !(isMeaningAlone && count > 0) }
  }
  const free: Wish = { ...wish, brands: [], categories: [], colours: [], price: null }
  const strict = [attempt(least, wish, []), ...(count === 0 ? [] : [attempt(1, wish, ['terms'])])]
  const open = count === 0 ? [] : [attempt(least, free, ['filters']), attempt(1, free, ['terms', 'filters'])]
  for (const ways of [strict, open]) {
    const best = ways.find(({ isByWords }) => isByWords) ?? ways.find(({ found }) => found.length > 0)
    if (best !== undefined) return best
  }
  return { found: [], relaxed: [] }
}

/** Values by count, then by value. */
export function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = Map.groupBy(values, (value) => value)
  return [...counts]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

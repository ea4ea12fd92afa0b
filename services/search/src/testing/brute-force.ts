import { majorUnits, type Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'

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

/** The products that a search must find, and what it has to give up for them: product by product, attempt by attempt. */
export function expected(
  products: readonly Product[],
  wish: Wish,
  mode: 'bm25' | 'ranked' = 'ranked',
): { found: Product[]; relaxed: string[] } {
  const count = wish.words.length
  const telling = count <= 2 ? count : Math.ceil(count / 2)
  const minimum = mode === 'bm25' ? Math.min(1, count) : telling
  const matching = (least: number, filters: Wish) =>
    products.filter((product) => {
      const matched = wish.words.filter((word) => product.title.split(' ').includes(word)).length
      return product.active && passesFilters(product, filters) && matched >= least
    })
  const free: Wish = { ...wish, brands: [], categories: [], colours: [], price: null }
  const ways = [
    { found: matching(minimum, wish), relaxed: [] },
    { found: count === 0 ? [] : matching(1, wish), relaxed: ['terms'] },
    { found: count === 0 ? [] : matching(minimum, free), relaxed: ['filters'] },
    { found: count === 0 ? [] : matching(1, free), relaxed: ['terms', 'filters'] },
  ]
  return ways.find(({ found }) => found.length > 0) ?? { found: [], relaxed: [] }
}

/** Values by count, then by value. */
export function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = Map.groupBy(values, (value) => value)
  return [...counts]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'

// Words that no stemmer changes and no two of which share a stem: what matches can then be told without an analyser.
const words = ['zorb', 'quilt', 'kiwi', 'mango', 'cobalt', 'tweed', 'onyx', 'plum'] as const
const paths: readonly (readonly string[])[] = [
  [],
  ['Tools'],
  ['Tools', 'Saws'],
  ['Tools', 'Saws', 'Band saws'],
  ['Tools', 'Drills'],
  ['Garden'],
  ['Garden', 'Saws'],
]

const attribute = (values: readonly string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined })

const someWords = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((chosen) => chosen.join(' '))

const fields = fc.record({
  title: someWords,
  brand: fc.option(fc.constantFrom('Acme', 'Bolt & Co', 'Çelik'), { nil: null }),
  seller: fc.option(fc.constantFrom('north', 'south'), { nil: null }),
  categoryPath: fc.constantFrom(...paths).map((path) => [...path]),
  colour: attribute(['red', 'green', 'blue = grey']),
  'size = fit': attribute(['S', 'M', 'L']),
  serial: fc.option(fc.nat(40).map(String), { nil: null }),
  price: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
  rating: fc.option(fc.record({ average: fc.integer({ min: 0, max: 10 }), count: fc.nat(5) }), { nil: null }),
  active: fc.boolean().chain((first) => (first ? fc.constant(true) : fc.boolean())),
})

const product = (number: number, given: typeof fields extends fc.Arbitrary<infer T> ? T : never): Product => {
  const { colour, 'size = fit': size, serial, price, rating, ...same } = given
  return aProduct({
    ...same,
    id: `p${number}`,
    language: 'en',
    attributes: { ...(colour && { colour }), ...(size && { 'size = fit': size }), ...(serial && { serial: [serial] }) },
    price: price === null ? null : { amount: price * 50, currency: price % 7 === 0 ? 'EUR' : 'USD' },
    rating: rating === null ? null : { average: rating.average / 2, count: rating.count },
  })
}

/** Random products, ids unique; titles are of `catalogueWords`. */
export const catalogue = fc
  .array(fields, { maxLength: 40 })
  .map((all) => all.map((given, number) => product(number, given)))

export const catalogueWord = fc.constantFrom(...words)
export const categoryPaths = paths.filter((path) => path.length > 0)

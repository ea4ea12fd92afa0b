import { majorUnits, type Product } from '@eip/contracts'
import type { Filter } from '@eip/product-index'
import type { NearestProducts } from './difference-cause.ts'

/** A catalogue's vectors one after the other, of length 1; a product that the encoder cannot read has none (all zero). */
export type CatalogueVectors = Readonly<{ encoder: string; dimensions: number; values: Float32Array }>

/** Every product's cosine to the query's vector, in the order of the products; NaN without a vector. O(products · dimensions). */
export function cosinesTo({ dimensions, values }: CatalogueVectors, query: Float32Array): Float64Array {
  const cosines = new Float64Array(values.length / dimensions)
  for (let product = 0; product < cosines.length; product++) {
    let [dot, square] = [0, 0]
    for (let at = 0; at < dimensions; at++) {
      const value = values[product * dimensions + at]!
      dot += value * query[at]!
      square += value * value
    }
    cosines[product] = square === 0 ? Number.NaN : dot / Math.sqrt(square)
  }
  return cosines
}

/** From so many deviations above the mean on, products count as near to a query; search asks for as many. */
const deviations = 3.5

/** The cosine from which on a product stands out among all of the catalogue. */
export function floorOf(cosines: Float64Array): number {
  const present = cosines.filter((cosine) => !Number.isNaN(cosine))
  const mean = present.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, present.length)
  const squares = present.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0)
  return present.length === 0 ? 0 : mean + deviations * Math.sqrt(squares / present.length)
}

/** What half floats make of a cosine: so near to the border, a product may fall on either side of it. */
const closeCall = 5e-4

type Wanted = Readonly<{ nearest: number; floor: number; filters: readonly Filter[] }>

/** The products that are nearest, and beside them those that a rounding may let in or keep out. */
export function exactlyNearest(products: readonly Product[], cosines: Float64Array, wanted: Wanted): NearestProducts {
  const { nearest, floor, filters } = wanted
  const near = products
    .map((product, at) => ({ product, cosine: cosines[at]! }))
    .filter(({ product, cosine }) => cosine >= floor - closeCall && filters.every((filter) => admits(filter, product)))
    .sort((a, b) => b.cosine - a.cosine)
  const cut = Math.max(floor, near[nearest]?.cosine ?? Number.NEGATIVE_INFINITY)
  const last = Math.max(floor, near[nearest - 1]?.cosine ?? Number.NEGATIVE_INFINITY)
  const ids = (which: readonly (typeof near)[number][]) => which.map(({ product }) => product.id)
  return {
    sure: ids(near.slice(0, nearest).filter(({ cosine }) => cosine > cut + closeCall)),
    border: new Set(ids(near.filter(({ cosine }) => cosine <= cut + closeCall && cosine >= last - closeCall))),
  }
}

/** Prices and brands are what this comparison filters by. */
function admits(filter: Filter, { price, brand }: Product): boolean {
  if (filter.kind === 'keyword' && filter.column === 'brand') return brand !== null && filter.anyOf.includes(brand)
  if (filter.kind !== 'range' || filter.column !== 'price') throw new RangeError(`no filter by ${filter.kind} here`)
  if (price === null) return false
  const amount = majorUnits(price)
  return (
    amount >= (filter.minimum ?? Number.NEGATIVE_INFINITY) && amount <= (filter.maximum ?? Number.POSITIVE_INFINITY)
  )
}

import type { Product } from '@eip/contracts'
import { generatedProductStream } from '../generated-catalogue.bench.ts'

export const batchSize = 1_000

/** What both sides are filled with and asked. `batches` gives the same each time; nothing but one batch need be in memory. */
export type BesideCatalogue = Readonly<{
  count: number
  batches(): Iterable<readonly Product[]>
  queries: readonly string[]
  languages: readonly [string, ...string[]]
}>

type Told = Pick<BesideCatalogue, 'queries' | 'languages'> & Readonly<{ products: readonly Product[] }>

/** Products that are there already, with their queries. */
export const catalogueInMemory = ({ products, queries, languages }: Told): BesideCatalogue => ({
  ...{ count: products.length, queries, languages },
  batches: () => inBatches(products),
})

/**
 * Generated products, made anew for each side: a million of them as objects would burden the thread that is measured.
 * Queries are the first two or three words of titles all over the catalogue.
 */
export function generatedCatalogue(count: number, queries: number): BesideCatalogue {
  const asked: string[] = []
  const step = Math.max(1, Math.floor(count / queries))
  for (const { id, title } of generatedProductStream(count)) {
    const number = Number(id.slice(1))
    if (number % step !== 0 || asked.length >= queries) continue
    asked.push(
      title
        .split(' ')
        .slice(0, 2 + (asked.length % 2))
        .join(' '),
    )
  }
  return { count, queries: asked, languages: ['en'], batches: () => inBatches(generatedProductStream(count)) }
}

function* inBatches(products: Iterable<Product>): Generator<readonly Product[]> {
  let batch: Product[] = []
  for (const product of products) {
    batch.push(product)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** What half of the priced products cost: from the dearest of the cheap quarter to the cheapest of the dear one, in major units. */
export function middlePrices({ batches }: BesideCatalogue): Readonly<{ minimum: number; maximum: number }> {
  const amounts: number[] = []
  for (const batch of batches()) for (const { price } of batch) if (price !== null) amounts.push(price.amount / 100)
  const sorted = Float64Array.from(amounts).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { minimum: at(0.25), maximum: at(0.75) }
}

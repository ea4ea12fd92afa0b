import { type Random, seededRandom } from '@eip/kernel'
import type { IndexDocument, IndexSchema, QueryClause } from './index.ts'

/** Products of a made-up shop, whose words are as unevenly frequent as those of a language. */
export const SHOP_SCHEMA: IndexSchema = {
  fields: [
    { name: 'title', weight: 3 },
    { name: 'brand', weight: 2 },
    { name: 'description', weight: 1 },
  ],
  numbers: ['price', 'stock'],
  keywords: ['brand'],
  tags: ['category', 'attribute'],
}

const VOCABULARY = 30_000
const BRANDS = 300

/** Word numbers by Zipf's law: word w about w times as rare as word 1. */
const zipf = (random: Random) => Math.floor(Math.exp(random.next() * Math.log(VOCABULARY)))

const words = (random: Random, count: number) => Array.from({ length: count }, () => `w${zipf(random)}`)

export function makeProduct(random: Random, id: string, version = 0): IndexDocument {
  const brand = Math.floor(random.next() ** 2 * BRANDS)
  const category = random.integer(12)
  return {
    id,
    terms: [words(random, 4 + random.integer(10)), [`b${brand}`], words(random, random.integer(40))],
    numbers: { price: 100 + random.integer(100_000), stock: version },
    keywords: { brand: `Brand ${brand}` },
    tags: {
      category: [`C${category}`, `C${category} > S${random.integer(8)}`],
      attribute: Array.from({ length: 6 }, (_, at) => `a${at}=${random.integer(4 + 6 * at)}`),
    },
    stored: Buffer.from(`{"id":"${id}","version":${version}}`),
  }
}

export function* makeProducts(count: number, seed = 1): Generator<IndexDocument> {
  const random = seededRandom(seed)
  for (let at = 0; at < count; at++) yield makeProduct(random, `p${random.integer(1e9).toString(36)}-${at}`)
}

/** Clauses of one to three terms: words of all frequencies, often with a variant that counts a little less. */
export function makeQuery(random: Random): QueryClause[] {
  return Array.from({ length: 1 + random.integer(4) }, () => ({
    terms: Array.from({ length: 1 + random.integer(3) }, (_, variant) =>
      random.next() < 0.2
        ? { term: `b${random.integer(BRANDS)}`, boost: 0.5 }
        : { term: `w${zipf(random)}`, boost: 0.8 ** variant },
    ),
  }))
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Product } from '@eip/contracts'
import { type Random, seededRandom } from '@eip/kernel'
import {
  convertCrowdflower,
  convertHomedepot,
  convertIcecat,
  convertKoreanNames,
  parseJudgments,
} from '@eip/pipeline-relevance-sets'
import { catalogueOf } from '../evaluation/bench-catalogue.ts'

/** A catalogue and what it is asked; `own` of the queries are shoppers', the others are cut out of titles. */
export type AskedCatalogue = Readonly<{
  name: string
  products: readonly Product[]
  queries: readonly string[]
  own: number
}>

/** A published set as it is turned into products and judgments. */
type Source = Readonly<{
  /** What it is made of, in the folder of data. */
  files: readonly string[]
  convert(folder: string, out: string): Promise<Readonly<{ products: string; judgments: readonly string[] }>>
}>

/** The demo shop is made up, so it is always there: three languages, and everything that a facet can count. */
const demoShop = 'demo-shop'

const sources: Readonly<Record<string, Source>> = {
  icecat: {
    files: ['icecat/icecat-products.jsonl.gz', 'icecat/ratings-dev.csv'],
    async convert(folder, out) {
      const [products, ratings] = this.files.map((file) => join(folder, file)) as [string, string]
      const { productsFile, judgmentsFile } = await convertIcecat({ products, ratings, out })
      return { products: productsFile, judgments: [judgmentsFile] }
    },
  },
  crowdflower: {
    files: ['crowdflower-dev/crowdflower-dev.csv.gz'],
    async convert(folder, out) {
      const { productsFile, judgmentsFile } = await convertCrowdflower({ input: join(folder, this.files[0]!), out })
      return { products: productsFile, judgments: [judgmentsFile] }
    },
  },
  homedepot: {
    files: ['homedepot/homedepot_train.csv.gz'],
    async convert(folder, out) {
      const input = join(folder, this.files[0]!)
      const { productsFile, judgmentsFile } = await convertHomedepot({ input, out, part: 'dev' })
      return { products: productsFile, judgments: [judgmentsFile] }
    },
  },
  'korean-names': {
    files: ['korean-names/musinsa_ranking_20230110.csv.gz'],
    async convert(folder, out) {
      const { productsFile, queries } = await convertKoreanNames({ input: join(folder, this.files[0]!), out })
      return { products: productsFile, judgments: Object.values(queries).map(({ judgmentsFile }) => judgmentsFile) }
    },
  },
}

export const catalogueNames: readonly string[] = [demoShop, ...Object.keys(sources)]

type Wanted = Readonly<{
  name: string
  /** Where the published sets lie. */
  data: string
  /** For what they are turned into. */
  scratch: string
  products: number
  queries: number
}>

/** The files that a catalogue needs and that are not there. */
export const missingFiles = (name: string, data: string): readonly string[] =>
  (sources[name]?.files ?? []).map((file) => join(data, file)).filter((file) => !existsSync(file))

/** The first products of a set, and queries drawn from its own; where these are too few, from its titles. Always the same ones. */
export async function askedCatalogue(wanted: Wanted): Promise<AskedCatalogue> {
  const { name, data, scratch, products: most, queries: count } = wanted
  const random = seededRandom(5)
  const source = sources[name]
  if (source === undefined) {
    const { products } = await catalogueOf({ count: most, input: undefined, judgments: undefined })
    return { name, products, queries: fromTitles(products, count, random), own: 0 }
  }
  const files = await source.convert(data, join(scratch, name))
  const { products } = await catalogueOf({ count: 0, input: files.products, judgments: undefined })
  const first = products.slice(0, most)
  const asked = files.judgments.flatMap((file) => parseJudgments(readFileSync(file, 'utf8')).map(({ query }) => query))
  const own = drawn([...new Set(asked)], count, random)
  return { name, products: first, queries: [...own, ...fromTitles(first, count - own.length, random)], own: own.length }
}

/** Draws without putting back (Fisher and Yates). */
function drawn<Item>(items: readonly Item[], most: number, random: Random): Item[] {
  const left = [...items]
  for (let at = 0; at < Math.min(most, left.length); at++) {
    const other = at + random.integer(left.length - at)
    ;[left[at], left[other]] = [left[other]!, left[at]!]
  }
  return left.slice(0, most)
}

/** One to four words that stand together in a title. */
const fromTitles = (products: readonly Product[], count: number, random: Random): string[] =>
  Array.from({ length: count }, () => {
    const words = random
      .pick(products)
      .title.split(/\s+/)
      .filter((word) => word !== '')
    const from = random.integer(words.length)
    return words.slice(from, from + 1 + random.integer(4)).join(' ')
  })

import { readFileSync } from 'node:fs'
import type { Product } from '@eip/contracts'
import { failures, seededRandom } from '@eip/kernel'
import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { productLineConverter, readLines, readProductRow, textOfLine } from '@eip/pipeline-products'
import { parseJudgments } from '@eip/pipeline-relevance-sets'

const failure = failures({
  'bench.no-products': {
    kind: 'invalid',
    cure: 'Give a file in our own shape; npx eip import products says what is wrong with a row.',
  },
})

/** What a benchmark of search runs on. */
export type BenchCatalogue = Readonly<{
  products: readonly Product[]
  queries: readonly string[]
  languages: readonly [string, ...string[]]
}>

type Source = Readonly<{ count: number; input: string | undefined; judgments: string | undefined }>

/** The products of a file or of the demo shop; the queries of judgments, or words of titles. The same source gives the same. */
export async function catalogueOf({ count, input, judgments }: Source): Promise<BenchCatalogue> {
  const products = input === undefined ? demoProducts(count) : await productsOf(input)
  if (products.length === 0) throw failure('bench.no-products', `${input} holds no product`)
  const judged = judgments === undefined ? [] : parseJudgments(readFileSync(judgments, 'utf8'))
  const queries = judgments === undefined ? wordsOfTitles(products) : [...new Set(judged.map(({ query }) => query))]
  return { products, queries, languages: ['en', 'ko', 'pt'] }
}

/** The generated catalogue. */
export function demoProducts(count: number): Product[] {
  return [...generateDemoShop({ products: count })].flatMap((row) => {
    const read = readProductRow(row)
    return read.outcome === 'product' ? [read.product] : []
  })
}

async function productsOf(file: string): Promise<Product[]> {
  const products: Product[] = []
  const convert = productLineConverter()
  for await (const { lines } of readLines(file))
    for (const line of lines) {
      const read = textOfLine(line)
      const row = 'text' in read ? convert(read.text) : undefined
      if (row?.outcome === 'product') products.push(row.product)
    }
  return products
}

/** Two or three words that stand together in a title, as shoppers would type them. */
function wordsOfTitles(products: readonly Product[], count = 500): string[] {
  const random = seededRandom(11)
  return Array.from({ length: count }, () => {
    const words = random
      .pick(products)
      .title.split(/[\s,]+/)
      .filter((word) => word.length > 1)
    const length = 2 + random.integer(2)
    const start = random.integer(Math.max(1, words.length - length))
    return words.slice(start, start + length).join(' ')
  })
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Product } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { encodeVector } from '@eip/engine-vector-index'
import { seededRandom } from '@eip/kernel'
import { type Latency, measureLatency } from '@eip/testkit'
import { openNativeProductIndex } from './adapters/native.product-index.ts'
import { benchColumns } from './columns.bench.ts'
import { generatedVectors, vectorNear } from './generated-catalogue.bench.ts'
import { type FacetRequest, type Filter, numberColumns, type RetrievalRequest } from './product-index.port.ts'
import type { ProductIndex } from './product-index-writer.port.ts'

export type HybridBenchInput = Readonly<{
  products: readonly Product[]
  /** One vector after the other, as many as products; generated where absent. */
  vectors?: Float32Array
  /** 384. */
  dimensions?: number
  /** Words to search for; without them, words of titles. */
  queries?: readonly string[]
  /** Questions of each case. 200. */
  rounds?: number
}>

export type HybridCase = Partial<Latency> & Readonly<{ per_second: number; recall?: number }>

const encoder = 'bench'
const batchSize = 1_000
const questions = 50
const nearest = 200
const recalled = 10
/** Shares of the catalogue that the filters admit, by a range on a column that tells each product's place in a shuffled row. */
const shares = { '': 1, ', filter of 50 %': 0.5, ', filter of 5 %': 0.05, ', filter of 0.5 %': 0.005 } as const

export const benchFacets: readonly FacetRequest[] = [
  { kind: 'category', limit: 50 },
  { kind: 'keyword', column: 'brand', limit: 20 },
  { kind: 'range', column: 'price', edges: [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] },
  { kind: 'range', column: 'rating', edges: [1, 2, 3, 4] },
  { kind: 'attribute', name: null, limit: 10 },
]

/**
 * Words and meaning over one index, one question after the other, query vectors given: the vectors alone with their
 * recall@10 against brute force, and words with vectors, facets and 1,000 candidates. Last, stock of all products anew.
 */
export async function benchHybrid(input: HybridBenchInput): Promise<Record<string, HybridCase>> {
  const { products, dimensions = 384, rounds = 200 } = input
  const vectors = input.vectors ?? generatedVectors(products.length, dimensions)
  const index = await openNativeProductIndex({ dir: null })
  try {
    const cases: Record<string, HybridCase> = await filled(index, products, vectors, dimensions)
    const places = await shuffled(index, products)
    const asked = questionsOf(products, vectors, dimensions, input.queries)
    for (const [name, share] of Object.entries(shares)) {
      const filters: readonly Filter[] =
        share === 1 ? [] : [{ kind: 'range', column: 'atp', minimum: null, maximum: share }]
      const meaning = (number: number): RetrievalRequest => ({
        ...{ ...plain, filters, limit: recalled },
        vector: { encoder, values: asked[number % questions]!.values, nearest: recalled, floor: -1 },
      })
      const both = (number: number): RetrievalRequest => {
        const { query, values } = asked[number % questions]!
        const minimumMatches = Math.ceil(query.clauses.length * 0.7)
        const vector = { encoder, values, nearest, floor: -1 }
        return { ...plain, query, minimumMatches, filters, vector, facets: benchFacets, columns: numberColumns }
      }
      cases[`10 nearest${name}`] = {
        ...(await measureLatency(rounds, (number) => index.reader.retrieve(meaning(number)))),
        recall: await recallOf(index, products, vectors, places, share, asked, meaning),
      }
      cases[`words, ${nearest} nearest and facets${name}`] = await measureLatency(rounds, (number) =>
        index.reader.retrieve(both(number)),
      )
    }
    const ids = products.map(({ id }) => id)
    return { ...cases, ...(await benchColumns(index, ids)) }
  } finally {
    await index.close()
  }
}

const plain: RetrievalRequest = {
  ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [] },
  ...{ order: 'score', limit: 1_000, columns: [] },
}

async function filled(
  index: ProductIndex,
  products: readonly Product[],
  vectors: Float32Array,
  dimensions: number,
): Promise<Record<string, HybridCase>> {
  const start = performance.now()
  for (let at = 0; at < products.length; at += batchSize) {
    const batch = products.slice(at, at + batchSize)
    await index.writer.apply(
      batch.map((product) => ({ id: product.id, version: 1, product })),
      {},
    )
  }
  const begun = performance.now()
  for (let at = 0; at < products.length; at += batchSize) {
    const changes = products.slice(at, at + batchSize).map(({ id }, i) => {
      const vector = encodeVector(vectors.subarray((at + i) * dimensions, (at + i + 1) * dimensions))
      return { productId: id, encoder, version: 1, vector }
    })
    await index.writer.applyVectors(changes, {})
  }
  const applied = performance.now()
  const settled = await standsStill(index)
  const rate = (from: number, to: number) => ({ per_second: Math.round((products.length * 1_000) / (to - from)) })
  return {
    'apply products': rate(start, begun),
    'apply vectors': rate(begun, applied),
    'apply and link vectors': rate(begun, settled),
  }
}

const stillMs = 2_000

/** Linking is published as it goes on: when nothing was for a while, it is done. Answers when it was. */
export async function standsStill({ reader }: ProductIndex): Promise<number> {
  for (let [epoch, since] = [reader.statistics().epoch, performance.now()]; ; await wait(50)) {
    const now = performance.now()
    const newest = reader.statistics().epoch
    if (newest === epoch && now - since >= stillMs) return since
    if (newest !== epoch) [epoch, since] = [newest, now]
  }
}

/** Gives every product a place in a shuffled row, from 0 to 1, in a column that no product carries itself. */
async function shuffled(index: ProductIndex, products: readonly Product[]): Promise<Float64Array> {
  const random = seededRandom(3)
  const places = Float64Array.from(products, () => random.next())
  await index.writer.applyColumns(
    products.map(({ id }, at) => ({ owner: 'inventory', id, version: 1, numbers: { atp: places[at]! } })),
    {},
  )
  return places
}

/** Queries and, for each, a vector near one of the catalogue's. */
function questionsOf(
  products: readonly Product[],
  vectors: Float32Array,
  dimensions: number,
  queries: readonly string[] | undefined,
) {
  const random = seededRandom(2)
  const analyzer = createAnalyzer()
  return Array.from({ length: questions }, (_, number) => {
    const product = random.integer(products.length)
    const words = queries?.[number % queries.length] ?? products[product]!.title.split(' ').slice(0, 3).join(' ')
    const values = vectorNear(vectors, product, dimensions, random)
    return { query: analyzer.analyzeQuery(words, { languages: ['en'] }), values }
  })
}

async function recallOf(
  index: ProductIndex,
  products: readonly Product[],
  vectors: Float32Array,
  places: Float64Array,
  share: number,
  asked: readonly { values: Float32Array }[],
  request: (number: number) => RetrievalRequest,
): Promise<number> {
  let [found, wanted] = [0, 0]
  for (const [number, { values }] of asked.entries()) {
    const scores = cosines(vectors, values)
    const admitted = products.flatMap(({ id }, at) => (places[at]! <= share ? [{ id, score: scores[at]! }] : []))
    const right = admitted.sort((a, b) => b.score - a.score).slice(0, recalled)
    const ids = new Set((await index.reader.retrieve(request(number))).ids)
    wanted += right.length
    found += right.filter(({ id }) => ids.has(id)).length
  }
  return wanted === 0 ? 1 : found / wanted
}

function cosines(vectors: Float32Array, values: Float32Array): Float64Array {
  const dimensions = values.length
  const scores = new Float64Array(vectors.length / dimensions)
  for (let number = 0; number < scores.length; number++) {
    const from = number * dimensions
    let [dot, length] = [0, 0]
    for (let at = 0; at < dimensions; at++) {
      const value = vectors[from + at]!
      dot += value * values[at]!
      length += value * value
    }
    scores[number] = dot / Math.sqrt(length)
  }
  return scores
}

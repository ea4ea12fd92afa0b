import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Product } from '@eip/contracts'
import { seededRandom } from '@eip/kernel'
import { aProduct, sharedData, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { analysed, asking, changesOf } from '../contract/requests.ts'
import { generatedProducts } from '../generated-catalogue.bench.ts'
import type { FacetRequest, Filter, RetrievalRequest } from '../product-index.port.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { openNativeProductIndex } from './native.product-index.ts'
import { connect } from './opensearch.connection.ts'
import { testOptions, testPrefix, testUrls } from './opensearch.harness.fixture.ts'
import { mergeIndexes } from './opensearch.index-merge.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import { openOpenSearchProductIndex } from './opensearch.product-index.ts'

const icecat = sharedData('icecat/icecat-products.jsonl.gz')
const icecatQueries = sharedData('icecat/ratings-dev.csv')

const facets: readonly FacetRequest[] = [
  { kind: 'keyword', column: 'brand', limit: 10 },
  { kind: 'category', limit: 10 },
  { kind: 'attribute', name: null, limit: 5 },
  { kind: 'range', column: 'price', edges: [50, 200, 500] },
]

/** How alike two adapters answer the same requests. */
type Likeness = {
  requests: number
  sameOrder: number
  overlapAt10: number
  otherTotals: number
  otherFacets: number
  farthestScore: number
}

async function compare(
  one: ProductIndex,
  other: ProductIndex,
  requests: readonly RetrievalRequest[],
): Promise<Likeness> {
  const likeness = {
    requests: requests.length,
    sameOrder: 0,
    overlapAt10: 0,
    otherTotals: 0,
    otherFacets: 0,
    farthestScore: 0,
  }
  for (const request of requests) {
    const [a, b] = await Promise.all([one.reader.retrieve(request), other.reader.retrieve(request)])
    if (JSON.stringify(a.ids) === JSON.stringify(b.ids)) likeness.sameOrder++
    const [first, second] = [a.ids.slice(0, 10), new Set(b.ids.slice(0, 10))]
    likeness.overlapAt10 += first.length === 0 ? 1 : first.filter((id) => second.has(id)).length / first.length
    if (a.total !== b.total || a.totalByWords !== b.totalByWords) likeness.otherTotals++
    if (JSON.stringify(a.facets) !== JSON.stringify(b.facets)) likeness.otherFacets++
    const scores = new Map(b.ids.map((id, at) => [id, b.textScores[at]!]))
    for (const [at, id] of a.ids.entries()) {
      const score = a.textScores[at]!
      const far = Math.abs(score - (scores.get(id) ?? score)) / Math.max(1, score)
      likeness.farthestScore = Math.max(likeness.farthestScore, far)
    }
  }
  return { ...likeness, overlapAt10: likeness.overlapAt10 / requests.length }
}

/** The same products in both, on OpenSearch in one merged segment: deleted documents would count in its statistics. */
async function compareOver(products: readonly Product[], requests: readonly RetrievalRequest[]): Promise<Likeness> {
  const prefix = testPrefix()
  const connection = connect({ urls: testUrls() })
  const native = await openNativeProductIndex({ dir: null })
  try {
    const filled = await openOpenSearchProductIndex(testOptions(prefix))
    for (let at = 0; at < products.length; at += 1_000) {
      const changes = changesOf(products.slice(at, at + 1_000))
      await Promise.all([native.writer.apply(changes, {}), filled.writer.apply(changes, {})])
    }
    await filled.close()
    await mergeIndexes(connection, `${prefix}-products`)
    const merged = await openOpenSearchProductIndex(testOptions(prefix))
    const likeness = await compare(native, merged, requests)
    await merged.close()
    return likeness
  } finally {
    await native.close()
    await removeIndexes(connection, prefix)
    await connection.close()
  }
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')

/** Queries as shoppers write them, cut out of titles: one to four words of one product. */
function queriesOf(products: readonly Product[], count: number): RetrievalRequest[] {
  const random = seededRandom(7)
  const filters: readonly Filter[] = [
    { kind: 'range', column: 'price', minimum: 50, maximum: 600 },
    { kind: 'range', column: 'price', minimum: null, maximum: 300 },
  ]
  return Array.from({ length: count }, () => {
    const title = words(products[random.integer(products.length)]!.title)
    const from = random.integer(title.length)
    const query = analysed(title.slice(from, from + 1 + random.integer(4)).join(' '))
    return asking({
      ...{ query, facets, limit: 50, minimumMatches: 1 + random.integer(3) },
      filters: random.integer(3) === 0 ? [filters[random.integer(filters.length)]!] : [],
      ...(random.integer(5) === 0 && { order: { column: 'price', direction: 'ascending' } as const }),
    })
  })
}

const expectAlike = (likeness: Likeness) => {
  expect(likeness).toMatchObject({ otherTotals: 0, otherFacets: 0 })
  expect(likeness.overlapAt10).toBeGreaterThanOrEqual(0.98)
  expect(likeness.sameOrder / likeness.requests).toBeGreaterThanOrEqual(0.98)
  // Lucene computes in 32-bit floats.
  expect(likeness.farthestScore).toBeLessThan(3e-6)
}

/** Without control characters, and no longer than a product's fields may be. */
const cleaned = (text: string | undefined, longest: number): string =>
  (text ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, longest)
    .trim()

type IcecatRow = Readonly<Record<string, unknown>> &
  Readonly<{ id: string; title?: string; supplier?: string; short_description?: string; price?: unknown }>

/** Products of the Icecat catalogue, as far as this test needs them. */
function icecatProducts(most: number): Product[] {
  const lines = gunzipSync(readFileSync(icecat.path)).toString('utf8').split('\n')
  return lines.slice(0, most).map((line) => {
    const row = JSON.parse(line) as IcecatRow
    const attributes = Object.entries(row).flatMap(([name, value]) => {
      const values = name.startsWith('attr_') ? `${value}`.split('\\n').map((each) => cleaned(each, 1_000)) : []
      const told = values.filter((each) => each !== '').slice(0, 50)
      return told.length === 0 ? [] : [[name.slice(7), told] as const]
    })
    return aProduct({
      id: row.id,
      title: cleaned(row.title, 500) || row.id,
      brand: cleaned(row.supplier, 200) || null,
      description: row.short_description ?? '',
      language: 'en',
      attributes: Object.fromEntries<string[]>(attributes),
      price: typeof row.price === 'number' ? { amount: Math.round(row.price), currency: 'EUR' } : null,
    })
  })
}

describe.skipIf(!testEngines.opensearch)('native and OpenSearch (needs TEST_OPENSEARCH_URL)', () => {
  it('find the same generated products in the same order, with the same totals and facets', async () => {
    const products = generatedProducts(3_000)
    expectAlike(await compareOver(products, queriesOf(products, 300)))
  })

  it.skipIf(!icecat.isThere)(`find the same products of a real catalogue (${icecat.skipReason})`, async () => {
    const products = icecatProducts(5_000)
    const asked = new Set(
      readFileSync(icecatQueries.path, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]!),
    )
    const real = [...asked].map((query) => asking({ query: analysed(query), facets, limit: 50 }))
    expectAlike(await compareOver(products, [...real, ...queriesOf(products, 150)]))
  })
})

import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { makeProducts, makeQuery, SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, createIndexWriter, type Filter } from './index.ts'

const PRODUCTS = 30_000

/** Several segments, long lists, windows and blocks beyond the first, dead documents among the best. */
function openShop(mergesAll: boolean) {
  const writer = createIndexWriter(SHOP_SCHEMA, { flushDocuments: 11_000 })
  const reader = createIndexReader(SHOP_SCHEMA)
  for (const product of makeProducts(PRODUCTS)) {
    writer.add(product)
    // Twins tie in every score, within a segment and across.
    if (product.numbers!.price! % 7 === 0) writer.add({ ...product, id: `twin of ${product.id}` })
  }
  reader.apply(writer.commit()!)
  for (const { id } of makeProducts(PRODUCTS)) if (id.endsWith('3')) writer.delete(id)
  if (mergesAll) writer.mergeAll()
  reader.apply(writer.commit()!)
  return reader
}

const FILTERS: readonly Filter[][] = [
  [],
  [{ kind: 'tag', set: 'category', anyOf: ['C3', 'C4 > S1'] }],
  [
    { kind: 'range', column: 'price', minimum: 5000, maximum: 9000 },
    { kind: 'keyword', column: 'brand', anyOf: Array.from({ length: 40 }, (_, at) => `Brand ${at}`) },
  ],
]

for (const mergesAll of [false, true])
  test(`the pruned path finds what the exhaustive path finds, bit for bit (${mergesAll ? 'one segment' : 'several segments'})`, () => {
    const reader = openShop(mergesAll)
    const random = seededRandom(7)
    for (let times = 0; times < 600; times++) {
      const clauses = makeQuery(random)
      const request = {
        clauses,
        minimumClauses: 1 + random.integer(clauses.length),
        filters: random.pick(FILTERS),
        limit: random.pick([1, 10, 10, 200]),
      }
      const pruned = reader.search(request)
      const exhaustive = reader.search({ ...request, total: true })
      expect(pruned.total).toBeNull()
      expect(pruned.refs).toEqual(exhaustive.refs)
      expect(pruned.scores).toEqual(exhaustive.scores)
      expect(exhaustive.count).toBe(Math.min(request.limit, exhaustive.total!))
    }
  })

test('one clause at a time finds what a scan of every document finds', () => {
  const reader = openShop(true)
  const all = reader.search({ clauses: [], limit: 10_000, total: true })
  const random = seededRandom(8)
  for (let times = 0; times < 10; times++) {
    const clauses = makeQuery(random)
    const scores = new Float64Array(all.refs.length)
    reader.scores(all.refs, { clauses }, scores)
    const ids = all.ids()
    const expected = ids
      .map((id, at) => ({ id, score: Math.round(scores[at]! * 1e6) / 1e6 }))
      .filter(({ score }) => score > 0)
      .sort((left, right) => right.score - left.score || Buffer.compare(Buffer.from(left.id), Buffer.from(right.id)))
      .slice(0, 10)
    const filters: Filter[] = [{ kind: 'ids', anyOf: ids }]
    const found = reader.search({ clauses, filters, limit: 10 })
    expect(found.ids().map((id, at) => ({ id, score: found.scores[at] }))).toEqual(expected)
  }
})

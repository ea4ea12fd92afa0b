import { seededRandom } from '@eip/kernel'
import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import { asking, changesOf } from '../contract/requests.ts'
import { cosine, embedded, meaning } from '../contract/vectors.ts'
import type { Filter } from '../product-index.port.ts'
import { openNativeProductIndex } from './native.product-index.ts'

const count = 6_000
const dimensions = 16
const nearest = 20
const random = seededRandom(7)
const anyVector = () => Float32Array.from({ length: dimensions }, () => random.next() - 0.5)

const products = Array.from({ length: count }, (_, i) =>
  aProduct({ id: `p${i}`, price: { amount: i * 100, currency: 'USD' }, active: i % 50 !== 0 }),
)
const vectors = products.map(anyVector)
const below = (price: number): Filter => ({ kind: 'range', column: 'price', minimum: null, maximum: price })

const expected = (values: Float32Array, most: number) =>
  products
    .flatMap(({ id, active }, i) => (active && i <= most ? [{ id, score: cosine(vectors[i]!, values) }] : []))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, nearest)
    .map(({ id }) => id)

it('finds nearly all of the nearest in a graph of thousands, under any filter, while vectors and products are replaced', async () => {
  const index = await openNativeProductIndex({ dir: null })
  const apply = async (version: number) => {
    await index.writer.apply(changesOf(products, version), {})
    await index.writer.applyVectors(
      vectors.map((vector, i) => embedded(`p${i}`, version, vector)),
      {},
    )
  }
  const expectRecall = async () => {
    for (const [most, filters] of [
      [count, []],
      [count / 2, [below(count / 2)]],
      [count / 20, [below(count / 20)]],
      [10, [below(10)]],
      [-1, [below(-1)]],
    ] as const) {
      let [found, wanted] = [0, 0]
      for (let query = 0; query < 20; query++) {
        const values = anyVector()
        const { ids, total } = await index.reader.retrieve(asking({ filters, vector: meaning(values, { nearest }) }))
        const right = expected(values, most)
        expect(total).toBe(right.length)
        wanted += right.length
        found += right.filter((id) => ids.includes(id)).length
      }
      expect(found).toBeGreaterThanOrEqual(wanted * 0.95)
    }
  }
  await apply(1)
  await expectRecall()
  for (let i = 0; i < count; i += 2) vectors[i] = anyVector()
  await apply(2)
  // While vectors are linked, and the memories of the replaced ones given up, publications come; when none does, all is done.
  for (let epoch = -1; epoch !== index.reader.statistics().epoch; ) {
    epoch = index.reader.statistics().epoch
    await expectRecall()
  }
  expect(index.reader.statistics().encoders).toMatchObject([{ vectors: count }])
  await index.close()
})

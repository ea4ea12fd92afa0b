import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { fakeEncoder } from '../testing/fake-encoder.ts'
import { openShop } from '../testing/open-shop.ts'
import { nearnessFloor } from './nearness-floor.ts'

const encoder = fakeEncoder()
const words = ['zorb', 'quilt', 'kiwi', 'cobalt', 'tweed', 'onyx', 'plum']
const products = Array.from({ length: 49 }, (_, i) =>
  aProduct({ id: `p${i}`, title: `${words[i % 7]} ${words[Math.floor(i / 7)]}` }),
)

type Cosines = readonly number[]

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, axis) => sum + value * b[axis]!, 0)

function above(cosines: Cosines, deviations: number): number {
  const mean = cosines.reduce((sum, each) => sum + each) / cosines.length
  const variance = cosines.reduce((sum, each) => sum + (each - mean) ** 2, 0) / cosines.length
  return mean + deviations * Math.sqrt(variance)
}

describe('the nearness from which a product counts as near', () => {
  it('is that of few products at random: beside words the lesser of two, alone no less than between products', async () => {
    await using shop = await openShop(products, { encoder })
    const vectors = await Promise.all(products.map(async ({ id }) => (await shop.reader.vectorOf(id, 'fake-1'))!))
    const between = vectors.flatMap((a, i) => vectors.slice(0, i).map((b) => cosine(a, b)))
    const floorOf = await nearnessFloor(shop.reader, 'fake-1')
    for (const text of ['zorb', 'onyx plum', 'nothing of these']) {
      const query = await encoder.encodeQueries([text])
      const { beside, alone } = floorOf(query)
      const toQuery = above(
        vectors.map((vector) => cosine(vector, query)),
        3.5,
      )
      expect(beside).toBeCloseTo(Math.min(above(between, 3), toQuery), 6)
      expect(alone).toBeCloseTo(Math.max(beside, above(between, 2)), 6)
    }
  })

  it('lets something stand out among few products', async () => {
    await using shop = await openShop(products.slice(0, 5), { encoder })
    const floorOf = await nearnessFloor(shop.reader, 'fake-1')
    expect(floorOf(await encoder.encodeQueries(['zorb zorb'])).beside).toBeLessThan(1)
  })

  it('is none where there is nothing to compare', async () => {
    await using shop = await openShop(products.slice(0, 1))
    const floorOf = await nearnessFloor(shop.reader, 'fake-1')
    expect(floorOf(await encoder.encodeQueries(['zorb']))).toEqual({ beside: 0, alone: 0 })
  })
})

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

describe('the nearness from which a product counts as near', () => {
  it('is two standard deviations above that of two products at random', async () => {
    await using shop = await openShop(products, { encoder })
    const vectors = await Promise.all(products.map(({ id }) => shop.reader.vectorOf(id, 'fake-1')))
    const cosines = vectors.flatMap((a, i) =>
      vectors.slice(0, i).map((b) => a!.reduce((sum, value, axis) => sum + value * b![axis]!, 0)),
    )
    const mean = cosines.reduce((sum, cosine) => sum + cosine) / cosines.length
    const variance = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / cosines.length
    expect(await nearnessFloor(shop.reader, 'fake-1')).toBeCloseTo(mean + 2 * Math.sqrt(variance), 6)
  })

  it('is none where there is nothing to compare', async () => {
    await using shop = await openShop(products.slice(0, 1))
    expect(await nearnessFloor(shop.reader, 'fake-1')).toBe(0)
  })
})

import type { Product } from '@eip/contracts'
import type { ChangeKind } from './change-kind.ts'
import type { PlatformUnderTest } from './platform-under-test.ts'
import { searchFor } from './searching.ts'

const batchSize = 50

/** The same product at a price that it never had; each `round` brings another. */
const repriced = (product: Product, round: number): Product => ({
  ...product,
  price: { amount: 1_000_000 + round, currency: product.price?.currency ?? 'USD' },
})

/** Prices: changed when a search by the product's id shows the new one. */
export function priceChanges(
  { shop, url }: Pick<PlatformUnderTest, 'shop' | 'url'>,
  probed: readonly Product[],
  streamed: readonly Product[],
): ChangeKind {
  return Object.freeze({
    batchSize,
    prepare: async () => {},
    async next(place: number) {
      // A price that no other measurement on this platform gave the product, and that the search must show as it is.
      const changed = repriced(probed[place % probed.length]!, Math.round(performance.now() * 1_000))
      return {
        make: () => shop.load([changed]),
        isShown: async () => (await searchFor(url, [changed.id]))?.[0]?.price?.amount === changed.price?.amount,
      }
    },
    async stream(sent: number) {
      const batch = Array.from({ length: Math.min(batchSize, streamed.length) }, (_, place) => {
        const round = Math.floor((sent + place) / streamed.length)
        return repriced(streamed[(sent + place) % streamed.length]!, round)
      })
      return (await shop.load(batch)).updated
    },
  })
}

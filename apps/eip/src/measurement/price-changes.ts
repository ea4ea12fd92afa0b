import { setTimeout as wait } from 'node:timers/promises'
import type { Product } from '@eip/contracts'
import type { Shop } from '../shop.ts'

/** The same product at a price that it never had; each `round` brings another. */
export const repriced = (product: Product, round: number): Product => ({
  ...product,
  price: { amount: 1_000_000 + round, currency: product.price?.currency ?? 'USD' },
})

/** Products in one call, as a shop sends price changes: few, and often. */
const batchSize = 50
/** Calls that may wait for their answers; the platform holds back who sends more. */
const mostUnderWay = 4

export type Stream = Readonly<{ accepted: number; seconds: number }>

type Options = Readonly<{ perSecond: number; signal: AbortSignal }>

/** Sends price changes, one product after the other and again from the first, at a steady rate until `signal` ends it. */
export async function streamPriceChanges(
  shop: Pick<Shop, 'load'>,
  products: readonly Product[],
  { perSecond, signal }: Options,
): Promise<Stream> {
  const underWay = new Set<Promise<unknown>>()
  const began = performance.now()
  let sent = 0
  let accepted = 0
  let failed: unknown
  while (!signal.aborted && failed === undefined) {
    const early = began + (sent * 1_000) / perSecond - performance.now()
    if (early > 0) await wait(early, undefined, { signal }).catch(() => {})
    if (underWay.size >= mostUnderWay) await Promise.race(underWay)
    if (signal.aborted || failed !== undefined) break
    const batch = batchFrom(products, sent)
    const sending: Promise<unknown> = shop
      .load(batch)
      .then(
        ({ updated }) => {
          if (!signal.aborted) accepted += updated
        },
        (error: unknown) => {
          failed ??= error
        },
      )
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
    sent += batch.length
  }
  const seconds = (performance.now() - began) / 1_000
  await Promise.all(underWay)
  if (failed !== undefined) throw failed
  return { accepted, seconds }
}

/** No product twice in a batch, where there are that many. */
const batchFrom = (products: readonly Product[], sent: number): readonly Product[] =>
  Array.from({ length: Math.min(batchSize, products.length) }, (_, place) => {
    const round = Math.floor((sent + place) / products.length)
    return repriced(products[(sent + place) % products.length]!, round)
  })

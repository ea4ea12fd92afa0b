import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PriceBook } from './price-book.port.ts'

export type PriceBookHarness = Readonly<{
  prices: PriceBook
  reopen(): Promise<PriceBookHarness>
  close(): Promise<void>
}>

const priced = (productId: string, version: number, amount: number | null = version) => ({
  version,
  product: {
    ...{ productId, title: `${productId} of ${version}`, seller: null, categoryPath: ['Home', 'Tea'] },
    price: amount === null ? null : { amount, currency: 'USD' },
  },
})

/** Every law of the port, one test each. */
export function priceBookContract(open: () => Promise<PriceBookHarness>): void {
  const withBook = async (work: (prices: PriceBook) => Promise<void>) => {
    const { prices, close } = await open()
    await work(prices).finally(close)
  }

  it('finds what it was told, and leaves out what it never heard of', () =>
    withBook(async (prices) => {
      await prices.apply([])
      await prices.apply([priced('a', 1), priced('b', 1, null)])
      expect(await prices.find(['b', 'x', 'a'])).toEqual(
        new Map([
          ['a', priced('a', 1).product],
          ['b', priced('b', 1, null).product],
        ]),
      )
      expect([(await prices.find([])).size, await prices.count()]).toEqual([0, 1])
    }))

  it('takes what is newer and nothing else, in whatever order and however often it comes', () =>
    withBook(async (prices) => {
      let run = 0
      const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 }))
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 }), async (batches) => {
          run += 1
          const newest = new Map<string, number>()
          for (const batch of batches) {
            await prices.apply(batch.map(([id, version]) => priced(`${run}-${id}`, version)))
            for (const [id, version] of batch) newest.set(id, Math.max(version, newest.get(id) ?? 0))
          }
          const found = await prices.find(['a', 'b', 'c'].map((id) => `${run}-${id}`))
          const amounts = [...found].map(([id, { price }]) => [id.split('-')[1], price?.amount])
          expect(new Map(amounts as [string, number][])).toEqual(newest)
        }),
        { numRuns: 25 },
      )
    }))

  it('does not bring back what is gone by a late event', () =>
    withBook(async (prices) => {
      await prices.apply([priced('a', 5, null)])
      await prices.apply([priced('a', 4)])
      expect((await prices.find(['a'])).get('a')?.price).toBeNull()
      expect(await prices.count()).toBe(0)
    }))

  it('takes thousands at once', () =>
    withBook(async (prices) => {
      const ids = Array.from({ length: 2_000 }, (_, at) => `p${at}`)
      await prices.apply(ids.map((id, at) => priced(id, 1, at)))
      expect([(await prices.find(ids)).size, await prices.count()]).toEqual([2_000, 2_000])
    }))

  it('is durable', async () => {
    const before = await open()
    await before.prices.apply([priced('a', 1)])
    const after = await before.reopen()
    expect(await after.prices.count()).toBe(1)
    await after.close()
  })
}

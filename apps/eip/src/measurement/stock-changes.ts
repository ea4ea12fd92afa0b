import type { Product } from '@eip/contracts'
import { failures, newId } from '@eip/kernel'
import type { ChangeKind } from './change-kind.ts'
import type { PlatformUnderTest } from './platform-under-test.ts'
import { searchFor } from './searching.ts'

const failure = failures({
  'bench.no-answer': { kind: 'deadline', cure: 'See the log of the platform: it refuses searches, or is not there.' },
})

type Pair = readonly string[]

const patienceMs = 120_000
const batchSize = 50
const countAtOnce = 1_000

/**
 * Stock: of two products that a search lists, the first is sold out, and comes back the next time. Changed when the order of the two
 * has turned.
 */
export function stockChanges(
  { shop, url }: Pick<PlatformUnderTest, 'shop' | 'url'>,
  probed: readonly Product[],
  streamed: readonly Product[],
): ChangeKind {
  const run = newId()
  let operations = 0
  const count = async (rows: readonly object[]) =>
    (await shop.supply.countStock({ operationId: `bench/${run}/${operations++}`, rows })).changed
  // Pairs have no product in common: what one change leaves behind is in no other's way.
  const pairs = Array.from({ length: Math.floor(probed.length / 2) }, (_, place) => [
    probed[2 * place]!.id,
    probed[2 * place + 1]!.id,
  ])
  /** Of each pair the product that stands first while both are there: it has to go for the order to turn. */
  const better = new Map<Pair, string>()
  const firstOf = async (pair: Pair) => (await searchFor(url, pair))?.[0]?.id
  async function firstNow(pair: Pair): Promise<string> {
    const ended = performance.now() + patienceMs
    for (;;) {
      const first = await firstOf(pair)
      if (first !== undefined) return first
      if (performance.now() > ended)
        throw failure('bench.no-answer', `no search was answered for ${patienceMs / 1_000} s`)
    }
  }
  return Object.freeze({
    batchSize,
    async prepare() {
      const all = [...probed, ...streamed].map(({ id: productId }) => ({ productId, onHand: 1_000 }))
      for (let start = 0; start < all.length; start += countAtOnce) await count(all.slice(start, start + countAtOnce))
    },
    async next(place: number) {
      const pair = pairs[place % pairs.length]!
      const before = await firstNow(pair)
      const changing = better.get(pair) ?? before
      better.set(pair, changing)
      return {
        make: () => count([{ productId: changing, onHand: before === changing ? 0 : 1_000 }]),
        async isShown() {
          const first = await firstOf(pair)
          return first !== undefined && first !== before
        },
      }
    },
    async stream(sent: number) {
      const rows = Array.from({ length: Math.min(batchSize, streamed.length) }, (_, place) => {
        const round = Math.floor((sent + place) / streamed.length)
        return { productId: streamed[(sent + place) % streamed.length]!.id, onHand: 500 + (round % 400) }
      })
      return count(rows)
    },
  })
}

import { type Answer, faultOf, type PlatformClient } from './platform-client.ts'

/** Answers by how they were. */
export type ShopperCounts = Readonly<{ whole: number; degraded: number; refused: number }>

export type Shoppers = Readonly<{
  /** So far. */
  counts(): ShopperCounts
  /** All of them. */
  answers(): number
  /** Answers with all that was wrong, each once. */
  stop(): Promise<readonly string[]>
}>

const kindOf = ({ status, body }: Answer) => {
  if (status !== 200) return 'refused'
  return Array.isArray(body.degraded) && body.degraded.length > 0 ? 'degraded' : 'whole'
}

/** Several shoppers who search all the time. */
export function startShoppers({ ask }: Pick<PlatformClient, 'ask'>, queries: readonly string[], several = 3): Shoppers {
  const counts = { whole: 0, degraded: 0, refused: 0 }
  const wrong = new Set<string>()
  let isOver = false
  const shop = async (place: number) => {
    for (let n = place; !isOver; n += several) {
      try {
        const answer = await ask(`/search?q=${encodeURIComponent(queries[n % queries.length]!)}`)
        counts[kindOf(answer)] += 1
        const fault = faultOf(answer)
        if (fault !== null) wrong.add(fault)
      } catch (error) {
        wrong.add(`no answer: ${String(error)}`)
      }
    }
  }
  const shopping = Promise.all(Array.from({ length: several }, (_, place) => shop(place)))
  return Object.freeze({
    counts: () => ({ ...counts }),
    answers: () => counts.whole + counts.degraded + counts.refused,
    async stop() {
      isOver = true
      await shopping
      return [...wrong]
    },
  })
}

import { seededRandom } from '@eip/kernel'
import { type Latency, measureLatency } from '@eip/testkit'
import { type Candidates, rankingColumns } from './candidates.ts'
import { order } from './order.ts'
import { defaultPolicy } from './policy.ts'
import { score } from './score.ts'

const candidateCount = 1_000

function someCandidates(now: number): Candidates {
  const random = seededRandom(7)
  const upTo: Readonly<Record<(typeof rankingColumns)[number], number>> = {
    price: 500,
    rating: 5,
    ratingCount: 2_000,
    popularity: 2_000,
    createdAt: now,
    atp: 50,
    daysOfCover: 90,
    logisticsScore: 1,
    coverage: 3,
  }
  const text = Float64Array.from({ length: candidateCount }, () => random.next() / 2)
  const columns = Object.fromEntries(
    rankingColumns.map((name) => [name, Float64Array.from(text, () => Math.ceil(random.next() * upTo[name]))] as const),
  )
  return { count: candidateCount, text, vector: text, intent: text, columns }
}

/** Scores, and scores and orders, 1,000 candidates that have every column. */
export async function benchRanking(times = 2_000): Promise<Record<string, Latency>> {
  const now = Date.UTC(2026, 0, 1)
  const candidates = someCandidates(now)
  const ids = Array.from({ length: candidateCount }, (_, i) => `product-${(i * 7919) % candidateCount}`)
  const out = new Float64Array(candidateCount)
  return {
    'score 1,000 candidates': await measureLatency(times, () => score(defaultPolicy, candidates, now, out)),
    'score and order 1,000 candidates': await measureLatency(times, () => {
      score(defaultPolicy, candidates, now, out)
      order(out, ids)
    }),
  }
}

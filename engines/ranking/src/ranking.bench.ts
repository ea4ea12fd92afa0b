import { seededRandom } from '@eip/kernel'
import { bestOf, type Candidates, rankingColumns } from './candidates.ts'
import { order } from './order.ts'
import { defaultPolicy } from './policy.ts'
import { score } from './score.ts'

/** Milliseconds of one call, and calls in a second, by case. */
type Cases = Record<string, { p50_ms: number; p95_ms: number; p99_ms: number; per_second: number }>

const candidateCount = 1_000

function someCandidates(now: number): Candidates {
  const random = seededRandom(7)
  const upTo: Readonly<Record<(typeof rankingColumns)[number], number>> = {
    price: 500,
    rating: 5,
    ratingCount: 2_000,
    popularity: 2_000,
    createdAt: now,
    availability: 1,
  }
  const text = Float64Array.from({ length: candidateCount }, () => random.next() * 20)
  const columns = Object.fromEntries(
    rankingColumns.map((name) => [name, Float64Array.from(text, () => Math.ceil(random.next() * upTo[name]))] as const),
  )
  return { count: candidateCount, text, bestText: bestOf(text), columns }
}

function measure(run: () => void, times: number): Cases[string] {
  for (let i = 0; i < times / 5; i++) run()
  const durations = Float64Array.from({ length: times }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  }).sort()
  const at = (share: number) => durations[Math.min(times - 1, Math.floor(share * times))]!
  const mean = durations.reduce((sum, duration) => sum + duration, 0) / times
  return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), per_second: Math.round(1000 / mean) }
}

/** Scores, and scores and orders, 1,000 candidates that have every column. */
export function benchRanking(times = 2_000): Cases {
  const now = Date.UTC(2026, 0, 1)
  const candidates = someCandidates(now)
  const ids = Array.from({ length: candidateCount }, (_, i) => `product-${(i * 7919) % candidateCount}`)
  const out = new Float64Array(candidateCount)
  return {
    'score 1,000 candidates': measure(() => score(defaultPolicy, candidates, now, out), times),
    'score and order 1,000 candidates': measure(() => {
      score(defaultPolicy, candidates, now, out)
      order(out, ids)
    }, times),
  }
}

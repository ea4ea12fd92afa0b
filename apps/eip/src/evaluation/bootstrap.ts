import { mean } from '@eip/engine-ranking'
import { seededRandom } from '@eip/kernel'
import { quantile } from './ranking-metrics.ts'

/** The mean difference of two models on the same queries, and its 95 % interval. */
export type PairedDifference = Readonly<{ mean: number; low: number; high: number }>

const resamples = 2_000

/**
 * Paired bootstrap (Efron, Tibshirani 1993; Sakai 2006 for retrieval): queries are drawn with replacement, and the
 * differences of their figures averaged; the interval holds the middle 95 % of 2,000 such means. The same figures and seed
 * give the same interval. Queries that only one of the two has are left out.
 */
export function pairedBootstrap(
  model: ReadonlyMap<string, number>,
  baseline: ReadonlyMap<string, number>,
  seed = 1,
): PairedDifference {
  const differences = [...model].flatMap(([query, value]) => {
    const other = baseline.get(query)
    return other === undefined ? [] : [value - other]
  })
  if (differences.length === 0) return { mean: 0, low: 0, high: 0 }
  const random = seededRandom(seed)
  const means = Array.from({ length: resamples }, () => {
    let sum = 0
    for (let draw = 0; draw < differences.length; draw++) sum += differences[random.integer(differences.length)]!
    return sum / differences.length
  })
  return { mean: mean(differences), low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

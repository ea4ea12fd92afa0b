import { type FusionMethod, fuse } from '@eip/engine-fusion'
import { mean } from '@eip/engine-ranking'
import { seededRandom } from '@eip/kernel'
import { type JudgedScores, ndcgOf } from './evaluate-search.ts'

/** nDCG@10 of one weight of meaning for all queries, chosen on other queries than those it is measured on. */
export type CrossValidatedWeight = Readonly<{ 'ndcg@10': number; weights: readonly number[] }>

const folds = 5
const steps = 20

/**
 * Five-fold cross-validation over queries: the weight (in steps of 0.05) that is best on four fifths is measured on the
 * rest. `weights` are the five chosen. The same scores and seed give the same folds.
 */
export function crossValidatedWeight(
  queries: readonly JudgedScores[],
  method: FusionMethod,
  seed = 1,
): CrossValidatedWeight {
  const figures = queries.map((scores) => weightFigures(scores, method))
  const random = seededRandom(seed)
  const foldOf = shuffled(queries.length, random).map((at) => at % folds)
  const measured: number[] = []
  const weights: number[] = []
  for (let fold = 0; fold < folds; fold++) {
    const others = figures.filter((_, query) => foldOf[query] !== fold)
    const means = Array.from({ length: steps + 1 }, (_, step) => mean(others.map((each) => each[step]!)))
    const best = means.indexOf(Math.max(...means))
    weights.push(best / steps)
    figures.forEach((each, query) => {
      if (foldOf[query] === fold) measured.push(each[best]!)
    })
  }
  return { 'ndcg@10': mean(measured), weights }
}

/** nDCG@10 of one query at each weight from 0 to 1. */
function weightFigures({ judged, found }: JudgedScores, method: FusionMethod): readonly number[] {
  const count = found.length
  const text = Float64Array.from(found, (each) => each.text)
  const vector = Float64Array.from(found, (each) => each.cosine)
  return Array.from({ length: steps + 1 }, (_, step) => {
    const shares = fuse({ count, text, vector }, { method, vectorWeight: step / steps })
    const sums = found.map(({ id }, i) => [id, shares.text[i]! + shares.vector[i]!] as const)
    return ndcgOf(judged, new Map(sums))
  })
}

function shuffled(count: number, random: ReturnType<typeof seededRandom>): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const other = random.integer(i + 1)
    ;[order[i], order[other]] = [order[other]!, order[i]!]
  }
  return order
}

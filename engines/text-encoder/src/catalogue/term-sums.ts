import { addComputedRow } from './computed-row.ts'
import { ownStart } from './initial-rows.ts'
import type { LearnedTerms } from './learned-terms.ts'
import { inverseFrequency } from './term-weight.ts'

export interface TermSums {
  isLearned(term: string): boolean
  /** Writes Σ weight · row(term) at length 1 to `vectors` at `at`; leaves zeros where nothing was read. */
  write(terms: Iterable<readonly [string, number]>, vectors: Float32Array, at: number): void
}

/** Terms that were not learned, or came later, have computed rows: they find themselves, and nothing else. */
export function createTermSums(learned: LearnedTerms, products: number): TermSums {
  const { dimensions, scales, values } = learned
  const numbers = new Map(learned.terms.map((term, number) => [term, number]))
  const ownRarity = inverseFrequency(1, products)
  const own = ownStart(dimensions)
  const sum = new Float64Array(dimensions)

  function add(term: string, weight: number): void {
    const number = numbers.get(term)
    if (number === undefined) {
      addComputedRow(term, weight * ownRarity, sum, own)
      return
    }
    const scale = scales[number]! * weight
    const row = number * dimensions
    for (let c = 0; c < dimensions; c++) sum[c] = sum[c]! + scale * values[row + c]!
  }

  return Object.freeze({
    isLearned: (term: string) => numbers.has(term),
    write(terms: Iterable<readonly [string, number]>, vectors: Float32Array, at: number) {
      sum.fill(0)
      for (const [term, weight] of terms) add(term, weight)
      const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0))
      if (!(length > 0)) return
      for (let c = 0; c < dimensions; c++) vectors[at + c] = sum[c]! / length
    },
  })
}

import type { TermBags } from './term-bags.ts'

/**
 * The learned rows of the terms, with their optimiser: Adagrad (Duchi, Hazan, Singer 2011) with one accumulator a row, so that a rare
 * term still learns fast when a common one has settled.
 *
 * A text's vector is Σ weight · gain(term) · row(term), brought to length 1.
 */
export interface TermRows {
  /** Row-major, terms × dimensions. */
  readonly rows: Float32Array
  /** Writes the vector of text `from` of the bags to `vectors` at `at`; answers its length before. */
  encode(bags: TermBags, text: number, vectors: Float32Array, at: number): number
  /** Moves the rows of a text against `gradient` (at `at`, overwritten), which is by the vector of length 1. */
  learn(bags: TermBags, text: number, step: GradientStep): void
}

export type GradientStep = Readonly<{
  vectors: Float32Array
  gradient: Float32Array
  at: number
  /** What `encode` answered. */
  length: number
  rate: number
}>

/** Keeps the first step finite. */
const firstSquare = 1e-8

export function createTermRows(rows: Float32Array, gains: Float32Array, dimensions: number): TermRows {
  const squares = new Float32Array(gains.length).fill(firstSquare)

  function encode(bags: TermBags, text: number, vectors: Float32Array, at: number): number {
    vectors.fill(0, at, at + dimensions)
    for (let entry = bags.start(text); entry < bags.end(text); entry++) {
      const term = bags.term(entry)
      const weight = bags.weight(entry) * gains[term]!
      const row = term * dimensions
      for (let c = 0; c < dimensions; c++) vectors[at + c] = vectors[at + c]! + weight * rows[row + c]!
    }
    let square = 0
    for (let c = 0; c < dimensions; c++) square += vectors[at + c]! ** 2
    const length = Math.sqrt(square)
    if (length > 0) for (let c = 0; c < dimensions; c++) vectors[at + c] = vectors[at + c]! / length
    return length
  }

  /** The part along the vector changes only its length, which is not seen. */
  function throughLength({ vectors, gradient, at, length }: GradientStep): number {
    let along = 0
    for (let c = 0; c < dimensions; c++) along += vectors[at + c]! * gradient[at + c]!
    let square = 0
    for (let c = 0; c < dimensions; c++) {
      const value = (gradient[at + c]! - along * vectors[at + c]!) / length
      gradient[at + c] = value
      square += value * value
    }
    return square / dimensions
  }

  function learn(bags: TermBags, text: number, step: GradientStep): void {
    if (!(step.length > 0)) return
    const meanSquare = throughLength(step)
    const { gradient, at, rate } = step
    for (let entry = bags.start(text); entry < bags.end(text); entry++) {
      const term = bags.term(entry)
      const weight = bags.weight(entry) * gains[term]!
      squares[term] = squares[term]! + meanSquare * weight * weight
      const scale = (rate * weight) / Math.sqrt(squares[term]!)
      const row = term * dimensions
      for (let c = 0; c < dimensions; c++) rows[row + c] = rows[row + c]! - scale * gradient[at + c]!
    }
  }

  return Object.freeze({ rows, encode, learn })
}

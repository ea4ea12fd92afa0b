import type { Random } from '@eip/kernel'
import { addComputedRow } from './computed-row.ts'
import type { TrainingSet } from './training-set.ts'
import { type SparseRow, truncatedSvd } from './truncated-svd.ts'

/** Where the part begins that is a term's own: half of a vector says what a term is near to, half which term it is. */
export const ownStart = (dimensions: number): number => Math.floor(dimensions / 2)

/** How much more nearness counts than sameness where both are told: by how the vectors' halves are added up. */
const sharedWeight = 3

/**
 * A first row for each term, terms × dimensions, row-major:
 *
 * ```
 *   │ shared: 3 · the term's entries in the right singular vectors │ own: a computed row, as long as what those leave of 1 │
 * ```
 * The matrix is products × terms: term weight × rarity, rows of length 1. Both halves are scaled by √rarity, so that a dot product
 * of two texts counts each common term by its rarity.
 */
export function initialRows(
  set: TrainingSet,
  { dimensions, random, look }: { dimensions: number; random: Random; look: (share: number) => void },
): Float32Array {
  const rank = ownStart(dimensions)
  const { right } = truncatedSvd(set.products.map(matrixRow), {
    columns: set.repeated,
    rank,
    random,
    look,
  })
  const rows = new Float32Array(set.terms.length * dimensions)

  function matrixRow({ terms, weights }: TrainingSet['products'][number]): SparseRow {
    const values = weights.map((weight, at) => weight * set.rarity[terms[at]!]!)
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
    // Ascending numbers, the repeated terms first: what stands once comes last, and has no part in this.
    const end = terms.findIndex((term) => term >= set.repeated)
    const columns = end < 0 ? terms : terms.subarray(0, end)
    return { columns, values: values.subarray(0, columns.length).map((value) => value / length) }
  }

  for (const [term, name] of set.terms.entries()) {
    const row = rows.subarray(term * dimensions, (term + 1) * dimensions)
    const scale = Math.sqrt(set.rarity[term]!)
    let kept = 0
    for (let c = 0; c < rank && term < set.repeated; c++) {
      const value = right[term * rank + c]!
      row[c] = value * sharedWeight * scale
      kept += value * value
    }
    // What the subspace keeps of the term need not be told again.
    addComputedRow(name, scale * Math.sqrt(Math.max(0, 1 - kept)), row, rank)
  }
  return rows
}

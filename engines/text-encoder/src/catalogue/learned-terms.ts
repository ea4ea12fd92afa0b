/** What was learned of each term, in bytes: row(term) = scale · values, the term's rarity included. */
export type LearnedTerms = Readonly<{
  /** The most frequent first. */
  terms: readonly string[]
  /** So many of them are of two products or more. */
  repeated: number
  dimensions: number
  scales: Float32Array
  /** Row-major, terms × dimensions. */
  values: Int8Array
}>

/** Rows times `gains` in signed bytes: within a row the largest number is 127, so that each is off by 0.4 % of that at most. */
export function quantise(
  { terms, repeated }: Pick<LearnedTerms, 'terms' | 'repeated'>,
  rows: Float32Array,
  gains: Float32Array,
  dimensions: number,
): LearnedTerms {
  const scales = new Float32Array(terms.length)
  const values = new Int8Array(terms.length * dimensions)
  for (let term = 0; term < terms.length; term++) {
    const from = term * dimensions
    let largest = 0
    for (let c = from; c < from + dimensions; c++) largest = Math.max(largest, Math.abs(rows[c]!))
    if (largest === 0) continue
    scales[term] = (largest / 127) * gains[term]!
    for (let c = from; c < from + dimensions; c++) values[c] = Math.round((rows[c]! / largest) * 127)
  }
  return { terms, repeated, dimensions, scales, values }
}

const unitsPerOne = 1e6

/**
 * The total order of a result: score rounded to 1e-6, the best first, then id by UTF-16 code units. The same in every
 * process and on every machine, whatever the order in which candidates came. Answers with the candidates' indices.
 * O(n log n).
 */
export function order(scores: Float64Array, ids: readonly string[]): Uint32Array {
  const count = ids.length
  if (scores.length < count) throw new RangeError(`there are ${scores.length} scores for ${count} ids`)
  const rounded = new Float64Array(count)
  const indices = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    rounded[i] = Math.round(scores[i]! * unitsPerOne)
    indices[i] = i
  }
  return indices.sort((a, b) => {
    const difference = rounded[b]! - rounded[a]!
    if (difference !== 0) return difference
    const idOfA = ids[a]!
    const idOfB = ids[b]!
    return idOfA < idOfB ? -1 : idOfA > idOfB ? 1 : 0
  })
}

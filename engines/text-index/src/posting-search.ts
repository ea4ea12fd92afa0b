/** The first posting from `from` on whose document is at least `document`; `end` if there is none. Galloping search. */
export function advance(documents: Uint32Array, from: number, end: number, document: number): number {
  if (from >= end || documents[from]! >= document) return from
  let step = 1
  let low = from
  let high = from + 1
  while (high < end && documents[high]! < document) {
    low = high
    step *= 2
    high += step
  }
  if (high > end) high = end
  // documents[low] < document ≤ documents[high]
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (documents[middle]! < document) low = middle
    else high = middle
  }
  return high
}

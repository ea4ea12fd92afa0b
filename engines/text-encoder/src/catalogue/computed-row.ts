import { seededRandom } from '@eip/kernel'

/** FNV-1a over UTF-16 code units. */
export function termHash(term: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * Adds a term's own direction, ±`scale`/√n in each of the n places from `start` to the end of `row`: the same in every process.
 * Those of two terms are nearly at right angles (a random projection with signs: Achlioptas 2003), so that a name which was
 * never learned still finds itself.
 */
export function addComputedRow(term: string, scale: number, row: Float32Array | Float64Array, start: number): void {
  const random = seededRandom(termHash(term))
  const step = scale / Math.sqrt(Math.max(1, row.length - start))
  for (let at = start; at < row.length; ) {
    let bits = random.integer(0x1_0000_0000)
    for (const end = Math.min(row.length, at + 32); at < end; at++) {
      row[at] = (row[at] ?? 0) + (bits & 1 ? step : -step)
      bits >>>= 1
    }
  }
}

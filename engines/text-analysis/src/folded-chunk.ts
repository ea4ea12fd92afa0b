import { foldText } from './folding.ts'

/** Folded text that knows where each of its code units came from. */
export interface FoldedChunk {
  readonly text: string
  /** Offset in the original chunk of the character from which the folded code unit `index` came. */
  startOf(index: number): number
  /** Offset just behind the characters from which the folded code unit `index - 1` came. */
  endOf(index: number): number
}

/** A character with what combines with it: marks, medial and final Hangul jamo, half-width voicing signs. */
const CLUSTER = /[\s\S][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*/gu

const IS_ASCII = /^\p{ASCII}*$/u

/** Folds a chunk of a query, cluster by cluster, so that tokens can be shown in the shopper's own text. O(length). */
export function foldChunk(chunk: string): FoldedChunk {
  const text = foldText(chunk)
  if (IS_ASCII.test(chunk)) return { text, startOf: (index) => index, endOf: (index) => index }
  const starts: number[] = []
  const ends: number[] = []
  let joined = ''
  for (const match of chunk.matchAll(CLUSTER)) {
    const folded = foldText(match[0])
    joined += folded
    for (let i = 0; i < folded.length; i++) {
      starts.push(match.index)
      ends.push(match.index + match[0].length)
    }
  }
  // Where clusters fold otherwise than the whole, every token of the chunk spans the chunk: wide, never wrong.
  if (joined !== text) return { text, startOf: () => 0, endOf: () => chunk.length }
  return { text, startOf: (index) => starts[index] ?? 0, endOf: (index) => ends[index - 1] ?? chunk.length }
}

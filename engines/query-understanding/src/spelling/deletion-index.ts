/** Finds the words that share a spelling with deletions: every word within the edits is among them, and few others. */
export interface DeletionIndex {
  /** Numbers of the words that may lie within `most` edits (1 or 2) of the letters; each once, in no order. */
  candidates(letters: string, most: number): readonly number[]
  /** Bytes of the tables. */
  readonly bytes: number
}

/** Only the beginning of a word is indexed: within it lie all the edits that the rest of the comparison has to confirm. */
const PREFIX = 7
const MOST_DELETIONS = 2
/** A word so short is asked for only by words of one edit. */
const LONGEST_OF_ONE_DELETION = 4
const WORDS_A_SLICE = 400
const ENTRIES_A_BUCKET = 2

/** FNV-1a (Fowler, Noll, Vo) of the prefix without the letters at `i` and `j`, finished by a mix for the low bits. */
function hashWithout(letters: string, length: number, i: number, j: number): number {
  let hash = 0x811c9dc5
  for (let k = 0; k < length; k++) {
    if (k === i || k === j) continue
    const code = letters.charCodeAt(k)
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Calls `use` with the hash of the prefix and of each way to delete up to `most` of its letters. At most 29 calls. */
function eachDeletion(letters: string, most: number, use: (hash: number) => void): void {
  const length = Math.min(letters.length, PREFIX)
  use(hashWithout(letters, length, -1, -1))
  for (let i = 0; i < length; i++) {
    // Of equal neighbours it is the same whichever goes.
    if (i > 0 && letters[i] === letters[i - 1]) continue
    use(hashWithout(letters, length, i, -1))
    if (most < 2) continue
    for (let j = i + 1; j < length; j++) use(hashWithout(letters, length, i, j))
  }
}

const deletionsOf = (letters: string): number =>
  letters.length <= LONGEST_OF_ONE_DELETION ? Math.min(1, MOST_DELETIONS) : MOST_DELETIONS

/**
 * Symmetric deletion (Garbe, "SymSpell", 2012) over the first letters, as one table in compressed rows:
 *
 * ```
 *   bucket of a hash   starts[b] … starts[b + 1]   words (number)   marks (the hash's upper half)
 * ```
 *
 * Build: two passes of at most 29 hashes a word, in slices of some half a millisecond. Memory: 6 bytes an entry, at most
 * 8.7 MB for 50,000 words, and the buckets. Look-up: at most 29 buckets.
 */
export function* buildDeletionIndex(words: readonly string[]): Generator<void, DeletionIndex> {
  let entries = 0
  for (let w = 0; w < words.length; w++) {
    eachDeletion(words[w] as string, deletionsOf(words[w] as string), () => entries++)
    if (w % WORDS_A_SLICE === WORDS_A_SLICE - 1) yield
  }
  const buckets = 1 << Math.max(4, Math.ceil(Math.log2(entries / ENTRIES_A_BUCKET + 1)))
  const starts = new Uint32Array(buckets + 1)
  for (let w = 0; w < words.length; w++) {
    eachDeletion(words[w] as string, deletionsOf(words[w] as string), (hash) => {
      starts[(hash & (buckets - 1)) + 1] = (starts[(hash & (buckets - 1)) + 1] as number) + 1
    })
    if (w % WORDS_A_SLICE === WORDS_A_SLICE - 1) yield
  }
  for (let b = 0; b < buckets; b++) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number)
  const numbers = new Uint32Array(entries)
  const marks = new Uint16Array(entries)
  const filled = starts.slice(0, buckets)
  yield
  for (let w = 0; w < words.length; w++) {
    eachDeletion(words[w] as string, deletionsOf(words[w] as string), (hash) => {
      const at = filled[hash & (buckets - 1)] as number
      filled[hash & (buckets - 1)] = at + 1
      numbers[at] = w
      marks[at] = hash >>> 16
    })
    if (w % WORDS_A_SLICE === WORDS_A_SLICE - 1) yield
  }
  return lookUp(starts, numbers, marks, words.length)
}

function lookUp(starts: Uint32Array, numbers: Uint32Array, marks: Uint16Array, words: number): DeletionIndex {
  const buckets = starts.length - 1
  /** The look-up that last met the word: a word is answered once. */
  const metBy = new Uint32Array(words)
  let lookUps = 0
  return Object.freeze({
    bytes: starts.byteLength + numbers.byteLength + marks.byteLength + metBy.byteLength,
    candidates(letters: string, most: number): readonly number[] {
      lookUps = lookUps === 0xffff_ffff ? 1 : lookUps + 1
      const found: number[] = []
      eachDeletion(letters, most, (hash) => {
        const bucket = hash & (buckets - 1)
        const end = starts[bucket + 1] as number
        for (let at = starts[bucket] as number; at < end; at++) {
          const word = numbers[at] as number
          if (marks[at] !== hash >>> 16 || metBy[word] === lookUps) continue
          metBy[word] = lookUps
          found.push(word)
        }
      })
      return found
    },
  })
}

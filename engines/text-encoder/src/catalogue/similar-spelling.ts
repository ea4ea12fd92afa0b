/** A word of the catalogue and how alike it is written, in (0, 1]. */
export type SimilarWord = Readonly<{ word: string; similarity: number }>

const gramLengths = [2, 3, 4]
const gramBuckets = 1 << 16
const mostWords = 3
const leastSimilarity = 0.35
const shortestWord = 3

/** Numbers and model names next to each other mean different things: only words of letters are alike. */
const isWord = (term: string) => term.length >= shortestWord && !/[\p{Nd}~]/u.test(term)

/** Distinct buckets of the character n-grams of "<word>". */
function gramsOf(word: string): Set<number> {
  const points = Array.from(`<${word}>`, (character) => character.codePointAt(0)!)
  const grams = new Set<number>()
  for (const length of gramLengths) {
    for (let from = 0; from + length <= points.length; from++) {
      let hash = Math.imul(0x811c9dc5, length)
      for (let at = from; at < from + length; at++) hash = Math.imul(hash ^ points[at]!, 0x01000193)
      grams.add((hash ^ (hash >>> 16)) & (gramBuckets - 1))
    }
  }
  return grams
}

/**
 * Finds the words of a vocabulary that are written most like another: cosine of their character n-grams of two to four letters, rare
 * n-grams counting more. What shoppers misspell ("wheelbarow", "pendent") means what it looks like.
 * Built in O(letters); a search reads the postings of some 20 n-grams, each once.
 */
export function createSimilarSpelling(terms: readonly string[]): (word: string) => SimilarWord[] {
  const words = terms.filter(isWord)
  const starts = new Uint32Array(gramBuckets + 1)
  const grams = words.map(gramsOf)
  for (const set of grams) for (const gram of set) starts[gram + 1] = starts[gram + 1]! + 1
  for (let gram = 0; gram < gramBuckets; gram++) starts[gram + 1] = starts[gram + 1]! + starts[gram]!
  const postings = new Uint32Array(starts[gramBuckets]!)
  const next = starts.slice()
  const squares = new Float32Array(words.length)
  const weightOf = (gram: number) => Math.log(1 + words.length / (1 + starts[gram + 1]! - starts[gram]!)) ** 2
  for (const [word, set] of grams.entries()) {
    for (const gram of set) {
      const place = next[gram]!
      next[gram] = place + 1
      postings[place] = word
      squares[word] = squares[word]! + weightOf(gram)
    }
  }
  const sums = new Float32Array(words.length)

  return (term) => {
    if (!isWord(term)) return []
    const touched: number[] = []
    let square = 0
    for (const gram of gramsOf(term)) {
      const weight = weightOf(gram)
      square += weight
      for (let at = starts[gram]!; at < starts[gram + 1]!; at++) {
        const word = postings[at]!
        if (sums[word] === 0) touched.push(word)
        sums[word] = sums[word]! + weight
      }
    }
    const found = touched.map((word) => ({
      word: words[word]!,
      similarity: sums[word]! / Math.sqrt(square * squares[word]!),
    }))
    for (const word of touched) sums[word] = 0
    return found
      .filter(({ similarity }) => similarity >= leastSimilarity)
      .sort((a, b) => b.similarity - a.similarity || (a.word < b.word ? -1 : 1))
      .slice(0, mostWords)
  }
}

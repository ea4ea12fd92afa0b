import { hasHangul } from '../vocabulary/word-token.ts'
import type { KnownWords } from './known-words.ts'

/** A run without spaces, cut into words that the catalogue has. */
export type Segmentation = Readonly<{
  words: readonly string[]
  /** 0…1: how likely the run is those words rather than one word that the catalogue lacks. */
  confidence: number
}>

export interface Segmenter {
  /** The likeliest cut of a run into at least two words, or null; of Hangul, one in three or so may be unknown. */
  segment(run: string): Segmentation | null
}

const LONGEST_RUN = 40
const LONGEST_WORD = 16
const MOST_WORDS = 8
/** A single syllable is a word now and then ("롱 코트"); Latin parts have three letters, or two if they are common ("tv"). */
const FEWEST_OF_A_SYLLABLE = 5
const FEWEST_OF_TWO_LETTERS = 20
const SHORTEST_LATIN = 2
/** What a further word costs, in nats: few long words win over many short ones. */
const WORD_COST = 3
/** How far below the reading as one unknown word a cut may lie: the middle of the logistic, and its width. */
const MIDDLE_COST_OF_A_LETTER = { hangul: 4.6, latin: 2.35 } as const
const WIDTH = 3
/** A rest that the catalogue lacks, of Hangul only: a name and the noun that this shop calls otherwise ("나이키운동화"). */
const REST_COST = 5
const REST_COST_OF_A_SYLLABLE = 5
const SHORTEST_REST = 2

const isPart = (part: string, count: number): boolean => {
  if (count === 0) return false
  if (hasHangul(part)) return part.length > 1 || count >= FEWEST_OF_A_SYLLABLE
  if (part.length < SHORTEST_LATIN) return false
  return part.length > SHORTEST_LATIN || count >= FEWEST_OF_TWO_LETTERS
}

/**
 * The most probable cut under a unigram model (dynamic programming from left to right, as in Viterbi's algorithm; for text
 * segmentation: Norvig, "Natural language corpus data", 2009). Neighbours that the catalogue has as a phrase pay nothing
 * for the gap. O(length · longest word).
 */
export function segmenter(known: KnownWords, products: number): Segmenter {
  const total = Math.log(products + 1)
  const costOf = (part: string): number => {
    const count = known.count(part)
    if (isPart(part, count)) return total - Math.log(count) + WORD_COST
    if (part.length < SHORTEST_REST || !hasHangul(part)) return Number.POSITIVE_INFINITY
    return REST_COST + REST_COST_OF_A_SYLLABLE * part.length
  }
  return Object.freeze({
    segment(run: string): Segmentation | null {
      if (run.length > LONGEST_RUN || run.length < 3) return null
      const cost = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY)
      const from = new Int32Array(run.length + 1)
      cost[0] = 0
      for (let end = 1; end <= run.length; end++) {
        for (let start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
          if (cost[start] === Number.POSITIVE_INFINITY || end - start === run.length) continue
          if (isInsideNumber(run, start) || isInsideNumber(run, end)) continue
          const part = run.slice(start, end)
          const partCost = costOf(part)
          if (partCost === Number.POSITIVE_INFINITY) continue
          const before = start === 0 ? '' : run.slice(from[start], start)
          const phrase = before === '' ? 0 : known.phraseCount(`${before} ${part}`)
          const saved = phrase === 0 ? 0 : WORD_COST + Math.log(phrase)
          const reached = (cost[start] as number) + partCost - saved
          if (reached >= (cost[end] as number)) continue
          cost[end] = reached
          from[end] = start
        }
      }
      return read(run, cost[run.length] as number, from)
    },
  })
}

const DIGIT = /\d/
const isInsideNumber = (run: string, at: number): boolean =>
  at > 0 && at < run.length && DIGIT.test(run[at - 1] as string) && DIGIT.test(run[at] as string)

function read(run: string, cost: number, from: Int32Array): Segmentation | null {
  if (cost === Number.POSITIVE_INFINITY) return null
  const words: string[] = []
  for (let end = run.length; end > 0; end = from[end] as number) words.unshift(run.slice(from[end], end))
  if (words.length > MOST_WORDS) return null
  const middle = run.length * (hasHangul(run) ? MIDDLE_COST_OF_A_LETTER.hangul : MIDDLE_COST_OF_A_LETTER.latin)
  return { words, confidence: 1 / (1 + Math.exp((cost - middle) / WIDTH)) }
}

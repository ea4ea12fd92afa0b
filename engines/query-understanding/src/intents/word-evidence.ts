import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'

type Neighbours = {
  readonly next: Map<string, number>
  readonly previous: Map<string, number>
  readonly led: Map<string, number>
}

/** How titles use words: what a lexicon weighs names by while it is built, and forgets afterwards. */
export interface WordEvidence {
  /** Products whose title or brand holds the folded words, next to each other; 0 if that is rare. */
  count(words: readonly string[]): number
  /** What stands beside the word in frequent phrases, with the number of products. */
  next(word: string): ReadonlyMap<string, number>
  previous(word: string): ReadonlyMap<string, number>
  /** By next word: products in which another word leads the two ("tropicana apple juice"). */
  led(word: string): ReadonlyMap<string, number>
}

const NONE: ReadonlyMap<string, number> = new Map()
const STEP = 500
/** One large map stops for milliseconds when it grows. */
const SHARDS = 16

const shardOf = <T>(shards: readonly T[], text: string): T =>
  shards[(text.charCodeAt(0) + text.charCodeAt(text.length - 1) + text.length) & (SHARDS - 1)] as T

/** Indexes the vocabulary's words and phrases. O(words + phrases). */
export function* collectEvidence(vocabulary: CatalogueVocabulary): Generator<void, WordEvidence> {
  const counts = Array.from({ length: SHARDS }, () => new Map<string, number>())
  const neighbours = new Map<string, Neighbours>()
  const of = (word: string): Neighbours => {
    const known = neighbours.get(word)
    if (known !== undefined) return known
    const created = {
      next: new Map<string, number>(),
      previous: new Map<string, number>(),
      led: new Map<string, number>(),
    }
    neighbours.set(word, created)
    return created
  }
  let steps = 0
  for (const { text, count } of vocabulary.words) {
    shardOf(counts, text).set(text, count)
    if (++steps % STEP === 0) yield
  }
  for (const { text, count } of vocabulary.phrases) {
    shardOf(counts, text).set(text, count)
    const [first = '', second = '', third] = text.split(' ')
    if (third === undefined) {
      of(first).next.set(second, count)
      of(second).previous.set(first, count)
    } else {
      const { led } = of(second)
      led.set(third, (led.get(third) ?? 0) + count)
    }
    if (++steps % STEP === 0) yield
  }
  return Object.freeze({
    count(words: readonly string[]): number {
      const text = words.join(' ')
      return shardOf(counts, text).get(text) ?? 0
    },
    next: (word: string) => neighbours.get(word)?.next ?? NONE,
    previous: (word: string) => neighbours.get(word)?.previous ?? NONE,
    led: (word: string) => neighbours.get(word)?.led ?? NONE,
  })
}

import type { Product } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { isFailure } from '@eip/kernel'
import type { ProductIndex, Retrieval, RetrievalRequest } from '@eip/product-index'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import { aProduct, until } from '@eip/testkit'

const words = ['lamp', 'chair', 'table', 'shelf', 'clock']
const encoder = 'small'
const dimensions = 8
const analyzer = createAnalyzer()

/** A catalogue in which every word is in a fifth of the products, and every product is nearest to its own vector. */
export type Catalogue = Readonly<{ count: number; ids: readonly string[]; found: number }>

export const catalogueOf = (count: number): Catalogue =>
  Object.freeze({ count, ids: Array.from({ length: count }, (_, n) => `p${n}`), found: count / words.length })

const productOf = (id: string, n: number, revision: number): Product =>
  aProduct({ id, title: `${words[n % words.length]} ${n} revision${revision}`, language: 'en' })

/** Points on a spiral: each in a direction of its own. */
const vectorOf = (n: number): Float32Array =>
  Float32Array.from({ length: dimensions }, (_, at) => Math.sin((n + 1) * (at + 1) * 0.7) + (at === 0 ? 1.5 : 0))

/** As the bus gives a batch again for as long as its handler lacks something. */
export async function applied(writer: ProductIndexWriter, { ids }: Catalogue, revision: number): Promise<void> {
  const changes = ids.map((id, n) => ({ id, version: revision + 1, product: productOf(id, n, revision) }))
  await until(`revision ${revision} is taken`, () => isDone(writer.apply(changes, { 'topic/0': revision })), 240_000)
}

export async function appliedVectors(writer: ProductIndexWriter, { ids }: Catalogue): Promise<void> {
  const changes = ids.map((productId, n) => {
    return { productId, encoder, version: 1, vector: Buffer.from(vectorOf(n).buffer).toString('base64') }
  })
  await until('the vectors are taken', () => isDone(writer.applyVectors(changes, { 'vectors/0': 1 })))
}

const isDone = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (isTemporary(error)) return false
      throw error
    },
  )

/** What a caller may be told while servers are away: a failure of a kind that says "later", with its cure. */
export const isTemporary = (error: unknown): boolean =>
  isFailure(error) && ['unavailable', 'deadline', 'overloaded'].includes(error.kind)

/** For a word, for a word and a vector, or for all that there is. */
export function question(kind: 'words' | 'both' | 'all', n = 0): RetrievalRequest {
  const word = words[n % words.length]!
  return {
    query: kind === 'all' ? null : analyzer.analyzeQuery(word, { languages: ['en'] }),
    vector: kind === 'both' ? { encoder, values: vectorOf(n), nearest: 10, floor: -1 } : null,
    ...{ minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [], order: 'score', limit: 1_000 },
  }
}

/**
 * What an answer says, but for scores of words: products that were replaced weigh in Lucene's statistics until they are merged
 * away, which each copy of a shard does by itself.
 */
export const foundIn = ({ ids, total, totalByWords, vectorScores }: Retrieval) => ({
  total,
  totalByWords,
  found: ids
    .map((id, at) => [id, vectorScores?.[at] ?? null] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1)),
})

/** null, or what is wrong with the answer. */
async function wrongIn(index: ProductIndex, { ids, found }: Catalogue, n: number): Promise<string | null> {
  const byMeaning = n % 2 === 0
  const { totalByWords, ids: candidates } = await index.reader.retrieve(question(byMeaning ? 'both' : 'words', n))
  if (totalByWords !== found) return `${totalByWords} of ${found} found`
  const nearest = ids[n]!
  return byMeaning && !candidates.includes(nearest) ? `${nearest} is not nearest to itself` : null
}

/** Asks all the time from several places, until it is told to stop; answers with what went wrong, and with failures that say "later". */
export function asking(index: ProductIndex, catalogue: Catalogue) {
  let isOver = false
  let answers = 0
  const wrong = new Set<string>()
  const later = new Set<string>()
  const one = async (place: number) => {
    for (let n = place; !isOver; n += 3) {
      try {
        const problem = await wrongIn(index, catalogue, n % catalogue.count)
        if (problem === null) answers++
        else wrong.add(problem)
      } catch (error) {
        ;(isTemporary(error) ? later : wrong).add(String(error))
      }
    }
  }
  const running = Promise.all([0, 1, 2, 3].map(one))
  return {
    answers: () => answers,
    failures: () => later.size,
    async stop() {
      isOver = true
      await running
      return { wrong: [...wrong], later: [...later] }
    },
  }
}

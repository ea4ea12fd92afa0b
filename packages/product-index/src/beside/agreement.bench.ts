import type { ProductIndexReader, Retrieval } from '../product-index.port.ts'
import type { BesideCase } from './questions.bench.ts'

/** How alike two sides answer the same questions: shares of 1. */
export type Agreement = Readonly<{
  /** Of the ten best by words. */
  'overlap@10': number
  /** Of the ten candidates nearest in meaning; absent where no vector was asked for. */
  'nearest_overlap@10'?: number
  /** Questions with the same number of matches, and with the same counts in every facet. */
  same_totals: number
  same_facets: number
}>

export async function agreementOf(
  one: ProductIndexReader,
  other: ProductIndexReader,
  { requests }: BesideCase,
): Promise<Agreement> {
  let [words, meaning, totals, facets] = [0, 0, 0, 0]
  for (const request of requests) {
    const [a, b] = [await one.retrieve(request), await other.retrieve(request)]
    words += overlap(a.ids, b.ids)
    meaning += overlap(byMeaning(a), byMeaning(b))
    totals += Number(a.total === b.total)
    facets += Number(JSON.stringify(a.facets) === JSON.stringify(b.facets))
  }
  const share = (sum: number) => Math.round((sum * 10_000) / requests.length) / 10_000
  return {
    'overlap@10': share(words),
    ...(requests[0]?.vector && { 'nearest_overlap@10': share(meaning) }),
    same_totals: share(totals),
    same_facets: share(facets),
  }
}

const counted = 10

function overlap(one: readonly string[], other: readonly string[]): number {
  const [first, second] = [one.slice(0, counted), new Set(other.slice(0, counted))]
  if (first.length === 0) return second.size === 0 ? 1 : 0
  return first.filter((id) => second.has(id)).length / Math.max(first.length, second.size)
}

const byMeaning = ({ ids, vectorScores }: Retrieval): readonly string[] =>
  ids
    .map((id, at) => ({ id, score: vectorScores?.[at] ?? Number.NaN }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)

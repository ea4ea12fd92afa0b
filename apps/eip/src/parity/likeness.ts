import type { FacetCounts } from '@eip/product-index'

/** One engine's answer as far as it is compared: the list in its order, each product with the score that it stands by. */
export type ComparedAnswer = Readonly<{
  ids: readonly string[]
  scores: readonly number[]
  total: number
  totalByWords: number
  facets: readonly FacetCounts[]
  /** Everything that the engine considered for the list. */
  candidates: ReadonlySet<string>
}>

/** How alike two engines answered one request. */
export type AnswerLikeness = Readonly<{
  overlap: number
  hasSameOrder: boolean
  hasSameTotals: boolean
  hasSameFacets: boolean
  /** The farthest that two scores of one product are apart, relative to the score, which counts as 1 at least. */
  farthestScore: number
}>

/** How alike they answered all requests: `overlap@10` and `sameOrder` are shares, `otherTotals` and `otherFacets` counts. */
export type Likeness = Readonly<{
  requests: number
  'overlap@10': number
  sameOrder: number
  otherTotals: number
  otherFacets: number
  farthestScore: number
}>

export const firstPage = 10

/** Share of the longer first page that stands on both; two empty pages are the same page. */
export function overlapOf(one: readonly string[], other: readonly string[]): number {
  const [first, second] = [one.slice(0, firstPage), new Set(other.slice(0, firstPage))]
  const longest = Math.max(first.length, second.size)
  return longest === 0 ? 1 : first.filter((id) => second.has(id)).length / longest
}

export function likenessOf(one: ComparedAnswer, other: ComparedAnswer): AnswerLikeness {
  return {
    overlap: overlapOf(one.ids, other.ids),
    hasSameOrder: one.ids.length === other.ids.length && one.ids.every((id, at) => id === other.ids[at]),
    hasSameTotals: one.total === other.total && one.totalByWords === other.totalByWords,
    hasSameFacets: JSON.stringify(one.facets) === JSON.stringify(other.facets),
    farthestScore: farthestScore(one, other),
  }
}

export const distance = (one: number, other: number): number => Math.abs(one - other) / Math.max(1, Math.abs(one))

function farthestScore(one: ComparedAnswer, other: ComparedAnswer): number {
  const scores = new Map(other.ids.map((id, at) => [id, other.scores[at]!]))
  return one.ids.reduce((farthest, id, at) => {
    const score = scores.get(id)
    return score === undefined ? farthest : Math.max(farthest, distance(one.scores[at]!, score))
  }, 0)
}

export const isAlike = ({ overlap, hasSameOrder, hasSameTotals, hasSameFacets }: AnswerLikeness): boolean =>
  overlap === 1 && hasSameOrder && hasSameTotals && hasSameFacets

export function summed(all: readonly AnswerLikeness[]): Likeness {
  const share = (of: (each: AnswerLikeness) => number) =>
    all.length === 0 ? 1 : all.reduce((sum, each) => sum + of(each), 0) / all.length
  return {
    requests: all.length,
    'overlap@10': share(({ overlap }) => overlap),
    sameOrder: share(({ hasSameOrder }) => Number(hasSameOrder)),
    otherTotals: all.filter(({ hasSameTotals }) => !hasSameTotals).length,
    otherFacets: all.filter(({ hasSameFacets }) => !hasSameFacets).length,
    farthestScore: all.reduce((farthest, each) => Math.max(farthest, each.farthestScore), 0),
  }
}

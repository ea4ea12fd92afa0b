import { createAnalyzer } from '@eip/engine-text-analysis'
import type { AskedCatalogue } from './asked-catalogue.ts'
import { type AskedVectors, vectorAt } from './catalogue-vectors.ts'
import { fusedByMinMax } from './cluster-fusion.ts'
import { inTurns } from './compare-models.ts'
import { cosinesTo } from './exact-nearest.ts'
import { overlapOf } from './likeness.ts'
import type { TwoEngines } from './two-engines.ts'

/** Length of both lists that are fused, and of the fused one. */
const listLength = 50
const meaningWeight = 0.5
const languages = ['en', 'ko', 'pt'] as const

/** Overlap of the first ten, by request. */
export type FusionOverlaps = readonly number[]

/**
 * The cluster's own hybrid query, normalised by min-max, against the same fusion of exact lists: text scores of the
 * native engine, cosines of every vector.
 */
export async function compareFusion(
  { native, cluster }: Pick<TwoEngines, 'native' | 'cluster'>,
  { products, queries }: AskedCatalogue,
  vectors: AskedVectors,
  onProgress: (done: number) => void = () => {},
): Promise<FusionOverlaps> {
  await cluster.fillHybrid(products, (product) => vectorAt(vectors.catalogue, product))
  const analyzer = createAnalyzer()
  const overlaps: number[] = []
  let done = 0
  const asked = queries.flatMap((text, at) => {
    const vector = vectors.queries[at]
    return vector ? [{ query: analyzer.analyzeQuery(text, { languages }), vector }] : []
  })
  await inTurns(asked, 4, async ({ query, vector }, at) => {
    const [words, fused] = await Promise.all([
      native.retrieve({
        ...{ query, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] },
        ...{ order: 'score', limit: listLength },
      }),
      cluster.hybrid(query, vector, listLength),
    ])
    const byWords = new Map(words.ids.map((id, place) => [id, words.textScores[place]!]))
    const cosines = cosinesTo(vectors.catalogue, vector)
    const byMeaning = new Map(
      products
        .map(({ id }, place) => [id, cosines[place]!] as const)
        .filter(([, cosine]) => !Number.isNaN(cosine))
        .sort((a, b) => b[1] - a[1])
        .slice(0, listLength),
    )
    overlaps[at] = overlapOf(fusedByMinMax(byWords, byMeaning, meaningWeight), fused)
    onProgress(++done)
  })
  return overlaps
}

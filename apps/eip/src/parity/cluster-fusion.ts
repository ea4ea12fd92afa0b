/** Scores of one list, by id. */
export type ScoredList = ReadonlyMap<string, number>

/** The cluster gives the last of a list this much rather than nothing: it was found, after all. */
const leastShare = 0.001

/** Brings the scores of one list to 0.001 to 1; where all are alike, all are the best. */
function byMinMax(list: ScoredList): ScoredList {
  const scores = [...list.values()]
  const [worst, best] = [Math.min(...scores), Math.max(...scores)]
  const share = (score: number) => (best === worst ? 1 : Math.max(leastShare, (score - worst) / (best - worst)))
  return new Map([...list].map(([id, score]) => [id, share(score)]))
}

/**
 * What the cluster's `normalization-processor` (min_max, arithmetic_mean) makes of two lists, computed from their
 * scores: ids, best first, ties by id. A product that one list does not have gets nothing from it.
 */
export function fusedByMinMax(words: ScoredList, meaning: ScoredList, meaningWeight: number): string[] {
  const [byWords, byMeaning] = [byMinMax(words), byMinMax(meaning)]
  const fused = [...new Set([...byWords.keys(), ...byMeaning.keys()])].map((id) => ({
    id,
    score: (1 - meaningWeight) * (byWords.get(id) ?? 0) + meaningWeight * (byMeaning.get(id) ?? 0),
  }))
  return fused.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
}

/** How many segments of one size class make one of the next: searching costs a little per segment. */
const SEGMENTS_PER_TIER = 6
/** A segment with more dead documents than this share is rewritten even alone. */
const DEAD_SHARE = 0.3
/** Segments below this size are one class. */
const SMALLEST_TIER = 1000

export interface MergeCandidate {
  readonly key: number
  readonly documents: number
  readonly live: number
}

/**
 * Which segments to merge next: the smallest size class that is full, else one that is mostly dead weight. Classes are
 * powers of SEGMENTS_PER_TIER of live documents, so a document is rewritten log₆(documents / 1000) times in all
 * (tiered merging, as Lucene's TieredMergePolicy). Empty: nothing to do.
 */
export function chooseMerge(candidates: readonly MergeCandidate[]): number[] {
  const tiers = new Map<number, MergeCandidate[]>()
  for (const candidate of candidates) {
    const tier = Math.floor(
      Math.log(Math.max(candidate.live, SMALLEST_TIER) / SMALLEST_TIER) / Math.log(SEGMENTS_PER_TIER),
    )
    tiers.set(tier, [...(tiers.get(tier) ?? []), candidate])
  }
  for (const [, tier] of [...tiers].sort(([left], [right]) => left - right))
    if (tier.length >= SEGMENTS_PER_TIER) return tier.map(({ key }) => key)
  const wasteful = candidates.find(({ documents, live }) => documents - live > documents * DEAD_SHARE)
  return wasteful === undefined ? [] : [wasteful.key]
}

/** Whether a merge of so many documents is so much smaller than the other one that it can well go before it. */
export const isOfSmallerClass = (documents: number, other: number): boolean => documents * SEGMENTS_PER_TIER <= other

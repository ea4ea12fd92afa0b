import { type ComparedAnswer, distance, firstPage, likenessOf } from './likeness.ts'

/** Why two answers differ, from what both engines said themselves and from what is exactly right. */
export type DifferenceCause =
  | 'equal scores at the cut'
  | '32-bit floats'
  | 'half floats of the native vectors'
  | 'half floats at the border of the nearest'
  | 'the native graph missed a neighbour'
  | "the cluster's graph missed a neighbour"
  | 'both graphs missed neighbours'
  | 'other scores'
  | 'unexplained'

/** What is exactly nearest to a request's vector: without doubt, and so near to the border that a rounding decides. */
export type NearestProducts = Readonly<{ sure: readonly string[]; border: ReadonlySet<string> }>

/** Lucene computes in 32-bit floats: what lies within some of their steps of each other may change places. */
const floatSteps = 1e-5
/** The native engine keeps vectors as half floats; by fusion, which spreads cosines over the whole range, differences grow. */
const halfFloatSteps = 2e-3

type Compared = Readonly<{
  native: ComparedAnswer
  opensearch: ComparedAnswer
  /** null without a vector. */
  nearest: NearestProducts | null
}>

/**
 * Names what explains all that differs, the most telling first: a neighbour that a graph did not meet, or that stands on
 * the border, changes totals, facets and whatever is fused with it; then scores explain the order, and equal scores which
 * of the equals stand on the page.
 */
export function causeOf({ native, opensearch, nearest }: Compared): DifferenceCause {
  const byGraph = nearest === null ? null : graphCause(native, opensearch, nearest)
  if (byGraph !== null) return byGraph
  const likeness = likenessOf(native, opensearch)
  if (!likeness.hasSameTotals || !likeness.hasSameFacets) return 'unexplained'
  const steps = nearest === null ? floatSteps : halfFloatSteps
  if (likeness.farthestScore > steps) return 'other scores'
  if (!areSwapsOfNeighbours(native, opensearch, steps)) return 'unexplained'
  if (isCutAmongEquals(native)) return 'equal scores at the cut'
  return nearest === null ? '32-bit floats' : 'half floats of the native vectors'
}

function graphCause(
  native: ComparedAnswer,
  opensearch: ComparedAnswer,
  { sure, border }: NearestProducts,
): DifferenceCause | null {
  const misses = ({ candidates }: ComparedAnswer) => sure.some((id) => !candidates.has(id))
  const [nativeMisses, clusterMisses] = [misses(native), misses(opensearch)]
  if (nativeMisses && clusterMisses) return 'both graphs missed neighbours'
  if (nativeMisses) return 'the native graph missed a neighbour'
  if (clusterMisses) return "the cluster's graph missed a neighbour"
  const lackingIn = (one: ComparedAnswer, other: ComparedAnswer) =>
    [...one.candidates].filter((id) => !other.candidates.has(id))
  const onlyOne = [...lackingIn(native, opensearch), ...lackingIn(opensearch, native)]
  const isBorder = onlyOne.length > 0 && onlyOne.every((id) => border.has(id))
  return isBorder ? 'half floats at the border of the nearest' : null
}

/** Whether at each place, in whichever order, both lists show products of nearly the same score. */
const areSwapsOfNeighbours = (one: ComparedAnswer, other: ComparedAnswer, steps: number): boolean =>
  one.ids.length === other.ids.length && one.scores.every((score, at) => distance(score, other.scores[at]!) <= steps)

/** Whether the last of the first page and the next one have the very same score. */
const isCutAmongEquals = ({ scores }: ComparedAnswer): boolean =>
  scores.length > firstPage && scores[firstPage - 1] === scores[firstPage]

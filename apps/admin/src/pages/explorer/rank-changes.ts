/** Where a product of one list stands in the other. */
export type RankChange = Readonly<{
  /** From 1, in its own list. */
  rank: number
  /** In the other list; null: not among those that were listed there. */
  other: number | null
}>

export type RankChanges = Readonly<{
  left: ReadonlyMap<string, RankChange>
  right: ReadonlyMap<string, RankChange>
}>

const ranksOf = (ids: readonly string[]): ReadonlyMap<string, number> =>
  // Of an id that stands in a list twice, the first place counts.
  new Map(ids.map((id, at) => [id, at + 1] as const).reverse())

const changesOf = (
  own: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): ReadonlyMap<string, RankChange> =>
  new Map([...own].map(([id, rank]) => [id, { rank, other: other.get(id) ?? null }] as const))

/** For each product of two lists of ids, where it stands in the other. O(left + right). */
export function rankChanges(left: readonly string[], right: readonly string[]): RankChanges {
  const [ofLeft, ofRight] = [ranksOf(left), ranksOf(right)]
  return { left: changesOf(ofLeft, ofRight), right: changesOf(ofRight, ofLeft) }
}

/** What became of a product from `from` to `to`: `up` and `down` by how many places. */
export type Movement = Readonly<{ is: 'up' | 'down'; by: number }> | Readonly<{ is: 'same' | 'new' }>

/** How a product moved to where it stands now. */
export function movementOf({ rank, other }: RankChange): Movement {
  if (other === null) return { is: 'new' }
  if (other === rank) return { is: 'same' }
  return other > rank ? { is: 'up', by: other - rank } : { is: 'down', by: rank - other }
}

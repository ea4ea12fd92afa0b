import { categoryPathOf, categoryText } from './category-path.ts'

export type CategoryRow = Readonly<{
  path: readonly string[]
  name: string
  count: number
  depth: number
  isChosen: boolean
}>

type Counted = Readonly<{ value: string; count: number }>

/**
 * The part of the category tree that helps where the shopper stands: the way down to the chosen category, and what is one step
 * below it. Where only one way leads down, the steps up to the first choice are shown at once.
 */
export function categoryRows(values: readonly Counted[], chosen: readonly string[]): readonly CategoryRow[] {
  const counts = new Map(values.map(({ value, count }) => [value, count]))
  const children = (path: readonly string[]) =>
    values
      .map(({ value, count }) => ({ path: categoryPathOf(value), count }))
      .filter((each) => each.path.length === path.length + 1 && path.every((name, at) => each.path[at] === name))
  const row = (path: readonly string[], count: number): CategoryRow => ({
    path,
    name: path.at(-1) ?? '',
    count,
    depth: path.length - 1,
    isChosen: path.length === chosen.length && path.every((name, at) => chosen[at] === name),
  })
  const way = chosen.map((_, at) => chosen.slice(0, at + 1))
  const rows = way.map((path) => row(path, counts.get(categoryText(path)) ?? 0))
  let below = children(chosen)
  while (below.length === 1 && chosen.length === 0) {
    rows.push(row(below[0]!.path, below[0]!.count))
    const next = children(below[0]!.path)
    if (next.length === 0) return rows
    below = next
  }
  return [...rows, ...below.map(({ path, count }) => row(path, count))]
}

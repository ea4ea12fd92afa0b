import { categoryText } from './category-path.ts'

/** A filter as the shopper sees it. */
export type Chosen = Readonly<{ filter: string; field: string; value: string }>

/** The first colon splits, as the gateway reads it. */
export function chosenOf(filter: string): Chosen {
  const colon = filter.indexOf(':')
  return { filter, field: filter.slice(0, colon), value: filter.slice(colon + 1) }
}

export const valuesOf = (filters: readonly string[], field: string): ReadonlySet<string> =>
  new Set(
    filters
      .map(chosenOf)
      .filter((chosen) => chosen.field === field)
      .map(({ value }) => value),
  )

/** Fields of the filters, each once. */
export const fieldsOf = (filters: readonly string[]): readonly string[] => [
  ...new Set(filters.map((filter) => chosenOf(filter).field)),
]

export const without = (filters: readonly string[], field: string): readonly string[] =>
  filters.filter((filter) => chosenOf(filter).field !== field)

/** Chooses a value beside the others of its field, or takes it back. */
export const toggled = (filters: readonly string[], field: string, value: string): readonly string[] => {
  const filter = `${field}:${value}`
  return filters.includes(filter) ? filters.filter((each) => each !== filter) : [...filters, filter]
}

/** A category is narrowed or widened, never two at once: choosing the chosen one goes up one step. */
export function categoryChosen(filters: readonly string[], path: readonly string[]): readonly string[] {
  const others = without(filters, 'category')
  return path.length === 0 ? others : [...others, `category:${categoryText(path)}`]
}

export type Range = Readonly<{ from: number | null; to: number | null }>

/** The range of a field, such as 10..50; null where none is chosen or it is no range. */
export function rangeOf(filters: readonly string[], field: string): Range | null {
  const [value] = valuesOf(filters, field)
  const match = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?$/.exec(value ?? '')
  if (!match || (match[1] === undefined && match[2] === undefined)) return null
  const bound = (text: string | undefined) => (text === undefined ? null : Number(text))
  return { from: bound(match[1]), to: bound(match[2]) }
}

/** A range in place of the one before; both ends open: none. Ends that were typed the wrong way round are turned. */
export function rangeChosen(filters: readonly string[], field: string, { from, to }: Range): readonly string[] {
  const others = without(filters, field)
  if (from === null && to === null) return others
  const [low, high] = from !== null && to !== null && from > to ? [to, from] : [from, to]
  return [...others, `${field}:${low ?? ''}..${high ?? ''}`]
}

import { regionOf } from '../region/region.ts'

export const sortOrders = ['relevance', 'price', '-price', 'rating', 'popularity', 'newest'] as const
export type SortOrder = (typeof sortOrders)[number]

export const pageSize = 20

/** What a shopper asks for. It stands in the address, whole: going back, reloading and sharing show the same. */
export type SearchState = Readonly<{
  q: string
  /** `field:value`, as the gateway takes it. */
  filters: readonly string[]
  sort: SortOrder
  page: number
  /** Shows how each score came about. */
  scores: boolean
  /** Where things are to be delivered; empty: not said. */
  region: string
  /** Takes the words as they stand: nothing is read out of the query. */
  exact: boolean
}>

export const emptySearch: SearchState = Object.freeze({
  q: '',
  filters: [],
  sort: 'relevance',
  page: 1,
  scores: false,
  region: '',
  exact: false,
})

// As much as the gateway takes, so that an address which somebody mended by hand is answered, not refused.
const longestQuery = 2_000
const mostFilters = 50
const longestFilter = 1_000
const lastPage = 1_000

type Params = Readonly<Record<string, unknown>>

/** The parameters of an address, each as it stands there: text, or a list where it stands several times. */
export function parseParams(search: string): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    const before = params[name]
    params[name] = before === undefined ? value : [before, value].flat()
  }
  return params
}

/** The opposite of `parseParams`. Colons and the like stay readable. */
export function formatParams(params: Params): string {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => (each === undefined ? [] : [`${name}=${encodeValue(String(each))}`])),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const encodeValue = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replaceAll('%3A', ':').replaceAll('%2C', ',')

const one = (value: unknown): string => String([value].flat().at(-1) ?? '')
const isFilter = (text: unknown): text is string =>
  typeof text === 'string' && /^[^:]+:.*\S/s.test(text) && text.length <= longestFilter

function pageOf(value: unknown): number {
  const page = /^\d{1,6}$/.test(one(value)) ? Number(one(value)) : 1
  return Math.min(Math.max(page, 1), lastPage)
}

/** What an address asks for; what cannot be meant falls back to the beginning. */
export const searchStateOf = (params: Params): SearchState => ({
  q: one(params.q).slice(0, longestQuery).toWellFormed(),
  filters: [...new Set([params.filter].flat().filter(isFilter))].slice(0, mostFilters),
  sort: sortOrders.find((order) => order === one(params.sort)) ?? 'relevance',
  page: pageOf(params.page),
  scores: one(params.scores) === '1',
  region: regionOf(params.region),
  exact: one(params.exact) === '1',
})

/** The parameters of an address; what stands for itself is left out. */
export const paramsOf = ({ q, filters, sort, page, scores, region, exact }: SearchState): Params => ({
  ...(q === '' ? {} : { q }),
  ...(filters.length === 0 ? {} : { filter: [...filters] }),
  ...(sort === 'relevance' ? {} : { sort }),
  ...(page === 1 ? {} : { page: String(page) }),
  ...(scores ? { scores: '1' } : {}),
  ...(region === '' ? {} : { region }),
  ...(exact ? { exact: '1' } : {}),
})

/** Whether nothing is asked for yet: the shop's entrance. */
export const isEntrance = ({ q, filters, page, sort }: SearchState): boolean =>
  q.trim() === '' && filters.length === 0 && page === 1 && sort === 'relevance'

export const sortOrders = ['relevance', 'newest', 'popularity', 'rating', 'price', '-price'] as const
export type SortOrder = (typeof sortOrders)[number]

/** What can be narrowed by value, in the order of the page. */
export const filterFields = ['category', 'brand', 'seller', 'language'] as const
export type FilterField = (typeof filterFields)[number]

/** What the page lists and which product is open. It stands in the address, whole. */
export type CatalogueState = Readonly<{
  q: string
  /** `field:value`, as the gateway takes it. */
  filters: readonly string[]
  sort: SortOrder
  /** From 1. */
  page: number
  /** Id of the product that is open; empty: none. */
  product: string
}>

// As much as the gateway takes, so that an address which somebody mended by hand is answered, not refused.
const longestQuery = 1_000
const longestId = 512
const mostFilters = 50
const longestFilter = 1_000
const lastPage = 1_000

type Params = Readonly<Record<string, unknown>>

const one = (value: unknown): string => String([value].flat().at(-1) ?? '').toWellFormed()

const isFilter = (text: string): boolean =>
  text.length <= longestFilter && filterFields.some((field) => text.startsWith(`${field}:`) && typedValue(text) !== '')

const typedValue = (filter: string): string => filter.slice(filter.indexOf(':') + 1)

function pageOf(value: unknown): number {
  const text = one(value)
  return /^[1-9]\d{0,5}$/.test(text) ? Math.min(Number(text), lastPage) : 1
}

/** What an address asks for; what cannot be meant falls back to the beginning. */
export const catalogueStateOf = (params: Params): CatalogueState => ({
  q: one(params.q).slice(0, longestQuery).toWellFormed(),
  filters: [...new Set([params.filter ?? []].flat().map(one).filter(isFilter))].slice(0, mostFilters),
  sort: sortOrders.find((order) => order === one(params.sort)) ?? 'relevance',
  page: pageOf(params.page),
  product: one(params.product).length <= longestId ? one(params.product) : '',
})

/** The parameters of an address; what stands for itself is left out. */
export const paramsOf = ({ q, filters, sort, page, product }: CatalogueState): Params => ({
  ...(q === '' ? {} : { q }),
  ...(filters.length === 0 ? {} : { filter: [...filters] }),
  ...(sort === 'relevance' ? {} : { sort }),
  ...(page === 1 ? {} : { page }),
  ...(product === '' ? {} : { product }),
})

/** The chosen values of a field. */
export const valuesOf = (filters: readonly string[], field: FilterField): readonly string[] =>
  filters.filter((filter) => filter.startsWith(`${field}:`)).map(typedValue)

/** The filters with other values of one field. */
export const withValues = (
  filters: readonly string[],
  field: FilterField,
  values: readonly string[],
): readonly string[] => [
  ...filters.filter((filter) => !filter.startsWith(`${field}:`)),
  ...values.map((value) => `${field}:${value}`),
]

import { hash } from 'node:crypto'
import type { SearchContract, SearchMode } from '@eip/contracts'
import type { FacetRequest, Filter } from '@eip/product-index'
import type { ParsedInputOf } from '@eip/rpc'
import { facetRequest } from './facet-name.ts'
import { parseFilters } from './filter-text.ts'
import { checkDepth } from './page.ts'
import { type QueryText, queryTextOf } from './query-text.ts'
import { parseSort, type SortOrder } from './sort-order.ts'

export type SearchRequest = ParsedInputOf<SearchContract['search']>

/** What a question is made of: not which list it is a page of. */
type Asked = Omit<SearchRequest, 'requestId'>

/** A request that was understood. */
export type SearchQuestion = Readonly<{
  /** Two questions with the same identity list the same hits: page, size, facets and explanation do not matter. */
  identity: string
  query: QueryText
  language: string | undefined
  /** The shopper's; undefined: not known. */
  region: string | undefined
  filters: readonly Filter[]
  /** By name, in the order asked for. */
  facets: ReadonlyMap<string, FacetRequest>
  sort: SortOrder
  mode: SearchMode
  /** Whether wishes, spelling and synonyms are read out of the query. */
  understands: boolean
}>

// A digest, because it is kept with the list, and filters may be long.
const identityOf = (text: string, { language, filters, sort, mode, understand, region }: Asked): string =>
  hash(
    'sha256',
    JSON.stringify([text, language ?? null, [...new Set(filters)].sort(), sort, mode, understand, region ?? null]),
    'base64',
  )

/** Understands a request, or throws `search.bad-filter`, `search.bad-facet`, `search.bad-sort` or `search.page-too-deep`. Pure. */
export function parseQuestion(request: Asked): SearchQuestion {
  checkDepth(request.page, request.size)
  const query = queryTextOf(request.query)
  return {
    identity: identityOf(query.text, request),
    query,
    language: request.language,
    region: request.region,
    filters: parseFilters(request.filters),
    facets: new Map(request.facets.map((name) => [name, facetRequest(name)])),
    sort: parseSort(request.sort),
    mode: request.mode,
    understands: request.understand,
  }
}

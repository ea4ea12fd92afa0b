import type { CatalogContract, SearchContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<GatewayHandlers, 'search' | 'getProduct' | 'similarProducts' | 'suggest'>
type Needs = Readonly<{ search: Client<SearchContract>; catalog: Client<CatalogContract>; pageBudgetMs: number }>

/** The shop, for everybody. What is not given is left to search's defaults. */
export const answerShoppers = ({ search, catalog, pageBudgetMs }: Needs): Operations =>
  Object.freeze({
    search: ({ q, filter, facet, ...rest }, call) =>
      search.search(
        {
          ...(q === undefined ? {} : { query: q }),
          ...(filter === undefined ? {} : { filters: filter }),
          ...(facet === undefined ? {} : { facets: facet }),
          ...rest,
        },
        { call, deadlineMs: pageBudgetMs },
      ),
    getProduct: (input, call) => catalog.getProduct(input, { call }),
    similarProducts: (input, call) => search.similar(input, { call, deadlineMs: pageBudgetMs }),
    suggest: ({ q, ...rest }, call) => search.suggest({ prefix: q ?? '', ...rest }, { call, deadlineMs: pageBudgetMs }),
  } satisfies Operations)

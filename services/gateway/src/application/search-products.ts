import type { GatewayContract, SearchContract } from '@eip/contracts'
import type { Call, Client, ParsedInputOf } from '@eip/rpc'

type Query = ParsedInputOf<GatewayContract['search']>

/** The public query string in search's own words; what is not given is left to search's defaults. */
export const searchProducts =
  (search: Client<SearchContract>, budgetMs: number) =>
  ({ q, filter, facet, ...rest }: Query, call: Call) =>
    search.search(
      {
        ...(q === undefined ? {} : { query: q }),
        ...(filter === undefined ? {} : { filters: filter }),
        ...(facet === undefined ? {} : { facets: facet }),
        ...rest,
      },
      { call, deadlineMs: budgetMs },
    )

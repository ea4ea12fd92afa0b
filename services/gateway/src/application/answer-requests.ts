import type {
  CatalogContract,
  EmbeddingContract,
  GatewayContract,
  IndexerContract,
  SearchContract,
} from '@eip/contracts'
import type { Call, Client, Handlers, ParsedInputOf } from '@eip/rpc'
import type { AttemptLimit } from '../domain/attempt-limit.ts'
import type { AccountStore } from '../ports/account-store.port.ts'
import { deleteAccount, listAccounts, saveAccount } from './manage-accounts.ts'
import { searchProducts } from './search-products.ts'
import { signIn } from './sign-in.ts'
import type { Tokens } from './token.ts'

export type GatewayNeeds = Readonly<{
  accounts: AccountStore
  tokens: Tokens
  attempts: AttemptLimit
  catalog: Client<CatalogContract>
  embedding: Client<EmbeddingContract>
  indexer: Client<IndexerContract>
  search: Client<SearchContract>
  pageBudgetMs: number
}>

/** Every operation of the public API in terms of the services behind it. */
export function answerRequests(needs: GatewayNeeds): Handlers<GatewayContract> {
  const { accounts, catalog, embedding, indexer, search, pageBudgetMs } = needs
  return Object.freeze({
    search: searchProducts(needs.search, needs.pageBudgetMs),
    getProduct: (input: { id: string }, call: Call) => catalog.getProduct(input, { call }),
    similarProducts: (input: ParsedInputOf<GatewayContract['similarProducts']>, call: Call) =>
      search.similar(input, { call, deadlineMs: pageBudgetMs }),
    suggest: ({ q, ...rest }: ParsedInputOf<GatewayContract['suggest']>, call: Call) =>
      search.suggest({ prefix: q ?? '', ...rest }, { call, deadlineMs: pageBudgetMs }),
    signIn: signIn(needs),
    upsertProducts: (input: { products: Record<string, unknown>[] }, call: Call) =>
      catalog.upsertProducts(input, { call }),
    deleteProducts: (input: { ids: string[] }, call: Call) => catalog.deleteProducts(input, { call }),
    async indexStatus(_: object, call: Call) {
      const [status, { unpublishedEvents }] = await Promise.all([
        indexer.status({}, { call }),
        catalog.statistics({}, { call }),
      ])
      return { ...status, unpublishedEvents }
    },
    listSynonyms: (_: object, call: Call) => search.listSynonyms({}, { call }),
    saveSynonym: (input: ParsedInputOf<GatewayContract['saveSynonym']>, call: Call) =>
      search.saveSynonym(input, { call }),
    deleteSynonym: (input: { id: string }, call: Call) => search.deleteSynonym(input, { call }),
    encoderStatus: (_: object, call: Call) => embedding.status({}, { call }),
    trainEncoder: (_: object, call: Call) => embedding.trainEncoder({}, { call }),
    useEncoder: (input: { encoder: string }, call: Call) => embedding.useEncoder(input, { call }),
    listAccounts: listAccounts(accounts),
    saveAccount: saveAccount(accounts),
    deleteAccount: deleteAccount(accounts),
  })
}

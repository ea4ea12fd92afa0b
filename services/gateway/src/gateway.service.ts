import { catalogContract, embeddingContract, gatewayContract, indexerContract, searchContract } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { CallWatch, HttpHandler } from '@eip/rpc'
import { defineService } from '@eip/runtime'
import { answerRequests } from './application/answer-requests.ts'
import { serveHttp } from './application/serve-http.ts'
import { signedTokens } from './application/token.ts'
import { attemptLimit } from './domain/attempt-limit.ts'
import type { AccountStore } from './ports/account-store.port.ts'

export type GatewayNeeds = Readonly<{
  accounts: AccountStore
  /** Signs the tokens; 32 bytes or more. */
  signingKey: Uint8Array
  tokenLifetimeSeconds: number
  pageBudgetMs: number
  adminBudgetMs: number
  /** The readable page of the API. */
  apiPages: HttpHandler
  watch: CallWatch
  clock: Clock
}>

/** The public API: the only service on the internet. */
export const gateway = defineService({
  name: 'gateway',
  contract: gatewayContract,
  calls: ['search', 'catalog', 'indexer', 'embedding'],
  consumes: {},
  publishes: [],
  build({ accounts, clock, ...needs }: GatewayNeeds, peer) {
    const tokens = signedTokens({ key: needs.signingKey, clock, lifetimeSeconds: needs.tokenLifetimeSeconds })
    const handlers = answerRequests({
      accounts,
      tokens,
      attempts: attemptLimit(clock),
      catalog: peer(catalogContract),
      embedding: peer(embeddingContract),
      indexer: peer(indexerContract),
      search: peer(searchContract),
      pageBudgetMs: needs.pageBudgetMs,
    })
    return { handlers, http: serveHttp(handlers, { ...needs, tokens, clock, pages: needs.apiPages }) }
  },
})

import {
  catalogContract,
  embeddingContract,
  gatewayContract,
  indexerContract,
  inventoryContract,
  logisticsContract,
  ordersContract,
  rankingContract,
  searchContract,
} from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { CallWatch, HttpHandler } from '@eip/rpc'
import { defineService } from '@eip/runtime'
import { answerRequests } from './application/answer-requests.ts'
import { csrfValues } from './application/forgery.ts'
import { type Faces, serveHttp } from './application/serve-http.ts'
import { signedTokens } from './application/token.ts'
import { attemptLimit } from './domain/attempt-limit.ts'
import type { AccountStore } from './ports/account-store.port.ts'
import type { AuditLog } from './ports/audit-log.port.ts'
import type { Operations } from './ports/operations.port.ts'

export type GatewayNeeds = Readonly<{
  accounts: AccountStore
  auditLog: AuditLog
  /** How the platform is doing. */
  operations: Operations
  /** The pages for people, built. */
  faces: Faces
  /** Signs the tokens; 32 bytes or more. */
  signingKey: Uint8Array
  tokenLifetimeSeconds: number
  /** Browsers are to send the session's cookie by https only, also where no proxy says that a request came by it. */
  secureCookies: boolean
  pageBudgetMs: number
  adminBudgetMs: number
  /** The readable page of the API. */
  apiPages: HttpHandler
  watch: CallWatch
  clock: Clock
}>

/** The public API and the faces: the only service on the internet. */
export const gateway = defineService({
  name: 'gateway',
  contract: gatewayContract,
  calls: ['search', 'catalog', 'indexer', 'embedding', 'ranking', 'inventory', 'logistics', 'orders'],
  consumes: {},
  publishes: [],
  build(needs: GatewayNeeds, peer) {
    const { clock, signingKey: key } = needs
    const tokens = signedTokens({ key, clock, lifetimeSeconds: needs.tokenLifetimeSeconds })
    const around = { ...needs, tokens, csrf: csrfValues(key), attempts: attemptLimit(clock) }
    const handlers = answerRequests({
      ...around,
      catalog: peer(catalogContract),
      embedding: peer(embeddingContract),
      indexer: peer(indexerContract),
      inventory: peer(inventoryContract),
      logistics: peer(logisticsContract),
      orders: peer(ordersContract),
      ranking: peer(rankingContract),
      search: peer(searchContract),
    })
    return { handlers, http: serveHttp(handlers, around) }
  },
})

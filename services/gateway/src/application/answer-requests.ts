import type {
  CatalogContract,
  EmbeddingContract,
  IndexerContract,
  InventoryContract,
  LogisticsContract,
  OrdersContract,
  RankingContract,
  SearchContract,
} from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { CallWatch, Client } from '@eip/rpc'
import type { AttemptLimit } from '../domain/attempt-limit.ts'
import type { AccountStore } from '../ports/account-store.port.ts'
import type { AuditLog } from '../ports/audit-log.port.ts'
import type { Operations } from '../ports/operations.port.ts'
import { answerBuyers } from './answer-buyers.ts'
import { answerShoppers } from './answer-shoppers.ts'
import { auditChanges } from './audit-changes.ts'
import { compareServed } from './compare-served.ts'
import type { GatewayHandlers } from './edge.ts'
import type { CsrfValues } from './forgery.ts'
import { keepSession } from './keep-session.ts'
import { deleteAccount, listAccounts, saveAccount } from './manage-accounts.ts'
import { manageCatalogue } from './manage-catalogue.ts'
import { manageDeliveries } from './manage-deliveries.ts'
import { manageIndex } from './manage-index.ts'
import { manageOrders } from './manage-orders.ts'
import { managePolicies } from './manage-policies.ts'
import { manageSearch } from './manage-search.ts'
import { manageStock } from './manage-stock.ts'
import { signIn } from './sign-in.ts'
import type { Tokens } from './token.ts'
import { watchOperations } from './watch-operations.ts'

export type AnswerNeeds = Readonly<{
  accounts: AccountStore
  auditLog: AuditLog
  operations: Operations
  tokens: Tokens
  csrf: CsrfValues
  attempts: AttemptLimit
  catalog: Client<CatalogContract>
  embedding: Client<EmbeddingContract>
  indexer: Client<IndexerContract>
  inventory: Client<InventoryContract>
  logistics: Client<LogisticsContract>
  orders: Client<OrdersContract>
  ranking: Client<RankingContract>
  search: Client<SearchContract>
  pageBudgetMs: number
  watch: CallWatch
  clock: Clock
}>

/** Every operation of the public API in terms of the services behind it. */
export function answerRequests(needs: AnswerNeeds): GatewayHandlers {
  const { accounts } = needs
  const handlers: GatewayHandlers = {
    ...answerShoppers(needs),
    ...answerBuyers(needs),
    signIn: signIn(needs),
    ...keepSession(needs),
    ...managePolicies(needs.ranking),
    ...manageCatalogue(needs.catalog),
    ...manageIndex(needs),
    ...manageSearch(needs),
    ...manageStock(needs.inventory),
    ...manageDeliveries(needs.logistics),
    ...manageOrders(needs.orders),
    servedProduct: compareServed(needs),
    ...watchOperations(needs),
    listAccounts: listAccounts(accounts),
    saveAccount: saveAccount(accounts),
    deleteAccount: deleteAccount(accounts),
  }
  return auditChanges(handlers, needs)
}

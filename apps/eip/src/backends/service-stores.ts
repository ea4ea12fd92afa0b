import type { ArtifactStore } from '@eip/artifacts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { ProductIndexGenerations } from '@eip/product-index'
import type { Foundations } from '@eip/runtime'
import type { CatalogNeeds } from '@eip/service-catalog'
import type { EmbeddingNeeds } from '@eip/service-embedding'
import type { AccountStore, AuditLog } from '@eip/service-gateway'
import type { InventoryNeeds } from '@eip/service-inventory'
import type { LogisticsNeeds } from '@eip/service-logistics'
import type { OrdersNeeds } from '@eip/service-orders'
import type { RankingNeeds } from '@eip/service-ranking'
import type { SearchServiceNeeds } from '@eip/service-search'
import type { Logger } from '@eip/telemetry'

/** What each service keeps for itself. */
export type ServiceStores = Readonly<{
  catalog: Pick<CatalogNeeds, 'productStore' | 'outboxRelay' | 'importBook' | 'spoolDirectory' | 'rejectedDirectory'>
  embedding: Pick<EmbeddingNeeds, 'ledger' | 'outboxRelay'>
  search: Pick<SearchServiceNeeds, 'synonyms' | 'queryCounts' | 'outboxRelay' | 'keptResults'>
  ranking: Pick<RankingNeeds, 'policies' | 'judgments' | 'outboxRelay'>
  inventory: Pick<InventoryNeeds, 'stockLedger' | 'outboxRelay'>
  logistics: Pick<LogisticsNeeds, 'factStore' | 'outboxRelay'>
  orders: Pick<OrdersNeeds, 'orders' | 'carts' | 'prices' | 'checkouts' | 'payment' | 'outboxRelay'>
  gateway: Readonly<{ accounts: AccountStore; auditLog: AuditLog }>
}>

/** What the services stand on. All but the bus is opened when first asked for: a process opens what its services need. */
export type Backends = Readonly<{
  eventBus: EventBus
  productIndex(): Promise<ProductIndexGenerations>
  artifacts(): Promise<ArtifactStore>
  /** Of all this, what is open. */
  foundations: Foundations
  stores: Readonly<{ [Service in keyof ServiceStores]: () => Promise<ServiceStores[Service]> }>
  close(): Promise<void>
}>

export type BackendsOptions = Readonly<{
  logger: Logger
  clock: Clock
  /** The demo's accounts end with the process. */
  keepsAccounts: boolean
}>

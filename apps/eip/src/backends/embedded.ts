import { folderArtifactStore } from '@eip/artifacts/folder'
import {
  cartAction,
  encoderPublished,
  orderChanged,
  policyPublished,
  productChanged,
  productEmbedded,
  purchase,
  regionListed,
  scoreChanged,
  stockChanged,
  synonymChanged,
} from '@eip/contracts'
import { type MigrationSet, outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { sqliteEventBus } from '@eip/event-bus/sqlite'
import { openNativeGenerations } from '@eip/product-index/native'
import {
  type ImportTables,
  importBookMigrations,
  type ProductTables,
  productStoreMigrations,
  sqlImportBook,
} from '@eip/service-catalog/sql'
import { sqliteProductStore } from '@eip/service-catalog/sqlite'
import { type EmbeddingTables, embeddingLedgerMigrations } from '@eip/service-embedding/sql'
import { sqliteEmbeddingLedger } from '@eip/service-embedding/sqlite'
import { memoryAccountStore } from '@eip/service-gateway/memory'
import {
  type AccountTables,
  type AuditTables,
  accountStoreMigrations,
  auditLogMigrations,
  sqlAccountStore,
  sqlAuditLog,
} from '@eip/service-gateway/sql'
import { type LedgerTables, stockLedgerMigrations } from '@eip/service-inventory/sql'
import { sqliteStockLedger } from '@eip/service-inventory/sqlite'
import { type FactTables, factStoreMigrations, sqlFactStore } from '@eip/service-logistics/sql'
import {
  type OrdersTables,
  ordersMigrations,
  sqlCartStore,
  sqlCheckoutBook,
  sqlOrderStore,
  sqlPriceBook,
  stubPayment,
} from '@eip/service-orders/sql'
import {
  type JudgmentTables,
  judgmentStoreMigrations,
  type PolicyTables,
  policyStoreMigrations,
  sqlJudgmentStore,
  sqlPolicyStore,
} from '@eip/service-ranking/sql'
import { memoryKeptResults } from '@eip/service-search/memory'
import {
  type QueryCountTables,
  queryCountMigrations,
  type SynonymTables,
  sqlQueryCounts,
  sqlSynonymStore,
  synonymStoreMigrations,
} from '@eip/service-search/sql'
import type { DataPaths } from '../data-directory.ts'
import { embeddedEngine, type FoundationNotes, foundationNotes } from './foundations.ts'
import { busLog, once, type RelayOf, relaysTo } from './opening.ts'
import type { Backends, BackendsOptions, ServiceStores } from './service-stores.ts'

type Options = BackendsOptions & Readonly<{ paths: DataPaths }>

/** Embedded: SQLite files, a log and an index in one data directory, for this process alone. */
export async function openEmbeddedBackends(options: Options): Promise<Backends> {
  const { paths, logger } = options
  const opened = new AsyncDisposableStack()
  const eventBus = opened.adopt(await sqliteEventBus({ file: paths.events, observe: busLog(logger) }), (bus) =>
    bus.close(),
  )
  const notes = foundationNotes()
  notes.engine(embeddedEngine('events', 'sqlite', process.versions.sqlite))
  const around = { ...options, opened, notes, relayOf: relaysTo(eventBus, logger) }
  return Object.freeze({
    eventBus,
    productIndex: once(async () => {
      const index = await openNativeGenerations({ dir: paths.index, logger, clock: options.clock })
      notes.engine(embeddedEngine('index', 'native'))
      return opened.adopt(index, (each) => each.close())
    }),
    artifacts: once(() => {
      notes.engine(embeddedEngine('files', 'folder'))
      return folderArtifactStore({ folder: paths.artifacts })
    }),
    foundations: notes.foundations,
    stores: {
      catalog: once(() => catalogStores(around)),
      embedding: once(() => embeddingStores(around)),
      search: once(() => searchStores(around)),
      ranking: once(() => rankingStores(around)),
      inventory: once(() => inventoryStores(around)),
      logistics: once(() => logisticsStores(around)),
      orders: once(() => ordersStores(around)),
      gateway: once(() => gatewayStores(around)),
    },
    close: () => opened.disposeAsync(),
  })
}

type Around = Options & Readonly<{ opened: AsyncDisposableStack; notes: FoundationNotes; relayOf: RelayOf }>

/** A service's own file. */
async function openFile<Tables>(
  service: keyof ServiceStores,
  migrations: readonly MigrationSet[],
  { paths, opened, notes }: Around,
) {
  const database = await openSqliteDatabase<Tables>({ file: paths[service], migrations })
  notes.engine(embeddedEngine('database', 'sqlite', process.versions.sqlite))
  return opened.adopt(notes.pool(service, database), (each) => each.close())
}

async function catalogStores(around: Around): Promise<ServiceStores['catalog']> {
  const { paths, relayOf } = around
  const migrations = [productStoreMigrations, importBookMigrations, outboxMigrations]
  const database = await openFile<ProductTables & ImportTables>('catalog', migrations, around)
  const outbox = sqliteOutbox(database)
  return {
    productStore: sqliteProductStore({ database, outbox }),
    outboxRelay: relayOf(outbox, [productChanged]),
    importBook: sqlImportBook({ database }),
    spoolDirectory: paths.uploads,
    rejectedDirectory: paths.rejected,
  }
}

async function embeddingStores(around: Around): Promise<ServiceStores['embedding']> {
  const { relayOf } = around
  const migrations = [embeddingLedgerMigrations, outboxMigrations]
  const database = await openFile<EmbeddingTables>('embedding', migrations, around)
  const outbox = sqliteOutbox(database)
  const topics = [encoderPublished, productEmbedded]
  return { ledger: sqliteEmbeddingLedger({ database, outbox }), outboxRelay: relayOf(outbox, topics) }
}

async function searchStores(around: Around): Promise<ServiceStores['search']> {
  const { relayOf, clock, logger, notes } = around
  notes.engine(embeddedEngine('lists', 'memory'))
  const migrations = [synonymStoreMigrations, queryCountMigrations, outboxMigrations]
  const database = await openFile<SynonymTables & QueryCountTables>('search', migrations, around)
  const outbox = sqliteOutbox(database)
  const onTrouble = (error: unknown) => logger.warn({ err: error }, 'queries are not counted')
  return {
    synonyms: sqlSynonymStore({ database, outbox }),
    queryCounts: sqlQueryCounts({ database, clock, onTrouble }),
    outboxRelay: relayOf(outbox, [synonymChanged]),
    keptResults: memoryKeptResults(clock),
  }
}

async function rankingStores(around: Around): Promise<ServiceStores['ranking']> {
  const { relayOf } = around
  const migrations = [policyStoreMigrations, judgmentStoreMigrations, outboxMigrations]
  const database = await openFile<PolicyTables & JudgmentTables>('ranking', migrations, around)
  const outbox = sqliteOutbox(database)
  return {
    policies: sqlPolicyStore({ database, outbox }),
    judgments: sqlJudgmentStore(database),
    outboxRelay: relayOf(outbox, [policyPublished]),
  }
}

async function inventoryStores(around: Around): Promise<ServiceStores['inventory']> {
  const database = await openFile<LedgerTables>('inventory', [stockLedgerMigrations, outboxMigrations], around)
  const outbox = sqliteOutbox(database)
  return {
    stockLedger: sqliteStockLedger({ database, outbox }),
    outboxRelay: around.relayOf(outbox, [stockChanged]),
  }
}

async function logisticsStores(around: Around): Promise<ServiceStores['logistics']> {
  const database = await openFile<FactTables>('logistics', [factStoreMigrations, outboxMigrations], around)
  const outbox = sqliteOutbox(database)
  return {
    factStore: sqlFactStore({ database, outbox }),
    outboxRelay: around.relayOf(outbox, [scoreChanged, regionListed]),
  }
}

async function ordersStores(around: Around): Promise<ServiceStores['orders']> {
  const database = await openFile<OrdersTables>('orders', [...ordersMigrations, outboxMigrations], around)
  const outbox = sqliteOutbox(database)
  return {
    orders: sqlOrderStore({ database, outbox }),
    carts: sqlCartStore({ database, outbox }),
    checkouts: sqlCheckoutBook({ database, outbox }),
    prices: sqlPriceBook(database),
    payment: stubPayment(database),
    outboxRelay: around.relayOf(outbox, [orderChanged, purchase, cartAction]),
  }
}

/** The demo's accounts end with the process; what was changed is known for as long as the data is. */
async function gatewayStores(around: Around): Promise<ServiceStores['gateway']> {
  const { keepsAccounts } = around
  const migrations = [accountStoreMigrations, auditLogMigrations]
  const database = await openFile<AccountTables & AuditTables>('gateway', migrations, around)
  return {
    accounts: keepsAccounts ? sqlAccountStore(database) : memoryAccountStore(),
    auditLog: sqlAuditLog(database),
  }
}

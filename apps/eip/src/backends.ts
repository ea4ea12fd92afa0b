import type { ArtifactStore } from '@eip/artifacts'
import { folderArtifactStore } from '@eip/artifacts/folder'
import {
  encoderPublished,
  policyPublished,
  productChanged,
  productEmbedded,
  synonymChanged,
  type Topic,
} from '@eip/contracts'
import { type OutboxEntries, type OutboxRelay, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import type { EventBus, Observe } from '@eip/event-bus'
import { sqliteEventBus } from '@eip/event-bus/sqlite'
import type { Clock } from '@eip/kernel'
import type { ProductIndex } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import type { CatalogNeeds } from '@eip/service-catalog'
import {
  type ImportTables,
  type ProductTables,
  sqliteImportBook,
  sqliteImportBookMigrations,
  sqliteProductStore,
  sqliteProductStoreMigrations,
} from '@eip/service-catalog/sqlite'
import type { EmbeddingNeeds } from '@eip/service-embedding'
import {
  type EmbeddingTables,
  sqliteEmbeddingLedger,
  sqliteEmbeddingLedgerMigrations,
} from '@eip/service-embedding/sqlite'
import type { AccountStore, AuditLog } from '@eip/service-gateway'
import { memoryAccountStore } from '@eip/service-gateway/memory'
import {
  type AccountTables,
  type AuditTables,
  sqliteAccountStore,
  sqliteAccountStoreMigrations,
  sqliteAuditLog,
  sqliteAuditLogMigrations,
} from '@eip/service-gateway/sqlite'
import type { RankingNeeds } from '@eip/service-ranking'
import {
  type JudgmentTables,
  type PolicyTables,
  sqliteJudgmentStore,
  sqliteJudgmentStoreMigrations,
  sqlitePolicyStore,
  sqlitePolicyStoreMigrations,
} from '@eip/service-ranking/sqlite'
import type { SearchServiceNeeds } from '@eip/service-search'
import {
  type QueryCountTables,
  type SynonymTables,
  sqliteQueryCountMigrations,
  sqliteQueryCounts,
  sqliteSynonymStore,
  sqliteSynonymStoreMigrations,
} from '@eip/service-search/sqlite'
import type { Logger } from '@eip/telemetry'
import type { DataPaths } from './data-directory.ts'

/** What the services stand on. */
export type Backends = Readonly<{
  eventBus: EventBus
  productIndex: ProductIndex
  artifacts: ArtifactStore
  catalog: Pick<CatalogNeeds, 'productStore' | 'outboxRelay' | 'importBook' | 'spoolDirectory' | 'rejectedDirectory'>
  embedding: Pick<EmbeddingNeeds, 'ledger' | 'outboxRelay'>
  search: Pick<SearchServiceNeeds, 'synonyms' | 'queryCounts' | 'outboxRelay'>
  ranking: Pick<RankingNeeds, 'policies' | 'judgments' | 'outboxRelay'>
  gateway: Readonly<{ accounts: AccountStore; auditLog: AuditLog }>
  close(): Promise<void>
}>

type Options = Readonly<{
  paths: DataPaths
  logger: Logger
  clock: Clock
  /** The demo's accounts end with the process. */
  keepsAccounts: boolean
}>

/** Embedded: SQLite files, a log and an index in one data directory, for this process alone. */
export async function openEmbeddedBackends(options: Options): Promise<Backends> {
  const { paths, logger } = options
  const opened = new AsyncDisposableStack()
  try {
    const eventBus = opened.adopt(await sqliteEventBus({ file: paths.events, observe: busLog(logger) }), (bus) =>
      bus.close(),
    )
    const index = await openNativeProductIndex({ dir: paths.index, logger })
    const productIndex = opened.adopt(index, (each) => each.close())
    const relayOf = (outbox: OutboxEntries, topics: readonly Topic[]): OutboxRelay =>
      outboxRelay({
        outbox,
        bus: eventBus,
        topics,
        onTrouble: ({ error, ...trouble }) => logger.warn({ err: error, ...trouble }, 'the outbox cannot publish'),
      })
    const around = { ...options, opened, relayOf }
    return Object.freeze({
      eventBus,
      productIndex,
      artifacts: await folderArtifactStore({ folder: paths.artifacts }),
      catalog: await catalogStores(around),
      embedding: await embeddingStores(around),
      search: await searchStores(around),
      ranking: await rankingStores(around),
      gateway: await gatewayStores(around),
      close: () => opened.disposeAsync(),
    })
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}

type Around = Options &
  Readonly<{
    opened: AsyncDisposableStack
    relayOf: (outbox: OutboxEntries, topics: readonly Topic[]) => OutboxRelay
  }>

async function catalogStores({ paths, opened, relayOf }: Around): Promise<Backends['catalog']> {
  const migrations = [sqliteProductStoreMigrations, sqliteImportBookMigrations, sqliteOutboxMigrations]
  const database = await openSqliteDatabase<ProductTables & ImportTables>({ file: paths.catalog, migrations })
  opened.adopt(database, (each) => each.close())
  const outbox = sqliteOutbox(database)
  return {
    productStore: sqliteProductStore({ database, outbox }),
    outboxRelay: relayOf(outbox, [productChanged]),
    importBook: sqliteImportBook({ database }),
    spoolDirectory: paths.uploads,
    rejectedDirectory: paths.rejected,
  }
}

async function embeddingStores({ paths, opened, relayOf }: Around): Promise<Backends['embedding']> {
  const migrations = [sqliteEmbeddingLedgerMigrations, sqliteOutboxMigrations]
  const database = await openSqliteDatabase<EmbeddingTables>({ file: paths.embedding, migrations })
  opened.adopt(database, (each) => each.close())
  const outbox = sqliteOutbox(database)
  const topics = [encoderPublished, productEmbedded]
  return { ledger: sqliteEmbeddingLedger({ database, outbox }), outboxRelay: relayOf(outbox, topics) }
}

async function searchStores({ paths, opened, relayOf, clock, logger }: Around): Promise<Backends['search']> {
  const migrations = [sqliteSynonymStoreMigrations, sqliteQueryCountMigrations, sqliteOutboxMigrations]
  const database = await openSqliteDatabase<SynonymTables & QueryCountTables>({ file: paths.search, migrations })
  opened.adopt(database, (each) => each.close())
  const outbox = sqliteOutbox(database)
  const onTrouble = (error: unknown) => logger.warn({ err: error }, 'queries are not counted')
  return {
    synonyms: sqliteSynonymStore({ database, outbox }),
    queryCounts: sqliteQueryCounts({ database, clock, onTrouble }),
    outboxRelay: relayOf(outbox, [synonymChanged]),
  }
}

async function rankingStores({ paths, opened, relayOf }: Around): Promise<Backends['ranking']> {
  const migrations = [sqlitePolicyStoreMigrations, sqliteJudgmentStoreMigrations, sqliteOutboxMigrations]
  const database = await openSqliteDatabase<PolicyTables & JudgmentTables>({ file: paths.ranking, migrations })
  opened.adopt(database, (each) => each.close())
  const outbox = sqliteOutbox(database)
  return {
    policies: sqlitePolicyStore({ database, outbox }),
    judgments: sqliteJudgmentStore(database),
    outboxRelay: relayOf(outbox, [policyPublished]),
  }
}

const busLog =
  (logger: Logger): Observe =>
  ({ kind, ...fields }) =>
    logger[kind === 'rejected' ? 'warn' : 'error'](fields, `event bus: ${kind}`)

/** The demo's accounts end with the process; what was changed is known for as long as the data is. */
async function gatewayStores({ paths, opened, keepsAccounts }: Around): Promise<Backends['gateway']> {
  const migrations = [sqliteAccountStoreMigrations, sqliteAuditLogMigrations]
  const database = await openSqliteDatabase<AccountTables & AuditTables>({ file: paths.gateway, migrations })
  opened.adopt(database, (each) => each.close())
  return {
    accounts: keepsAccounts ? sqliteAccountStore(database) : memoryAccountStore(),
    auditLog: sqliteAuditLog(database),
  }
}

import type { ArtifactStore } from '@eip/artifacts'
import { folderArtifactStore } from '@eip/artifacts/folder'
import { encoderPublished, productChanged, productEmbedded, synonymChanged, type Topic } from '@eip/contracts'
import { type OutboxEntries, type OutboxRelay, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import type { EventBus, Observe } from '@eip/event-bus'
import { sqliteEventBus } from '@eip/event-bus/sqlite'
import type { Clock } from '@eip/kernel'
import type { ProductIndex } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import type { CatalogNeeds } from '@eip/service-catalog'
import { type ProductTables, sqliteProductStore, sqliteProductStoreMigrations } from '@eip/service-catalog/sqlite'
import type { EmbeddingNeeds } from '@eip/service-embedding'
import {
  type EmbeddingTables,
  sqliteEmbeddingLedger,
  sqliteEmbeddingLedgerMigrations,
} from '@eip/service-embedding/sqlite'
import type { AccountStore } from '@eip/service-gateway'
import { memoryAccountStore } from '@eip/service-gateway/memory'
import { type AccountTables, sqliteAccountStore, sqliteAccountStoreMigrations } from '@eip/service-gateway/sqlite'
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
  catalog: Pick<CatalogNeeds, 'productStore' | 'outboxRelay'>
  embedding: Pick<EmbeddingNeeds, 'ledger' | 'outboxRelay'>
  search: Pick<SearchServiceNeeds, 'synonyms' | 'queryCounts' | 'outboxRelay'>
  accounts: AccountStore
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
  const { paths, logger, keepsAccounts } = options
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
      accounts: keepsAccounts ? await storedAccounts(around) : memoryAccountStore(),
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
  const migrations = [sqliteProductStoreMigrations, sqliteOutboxMigrations]
  const database = await openSqliteDatabase<ProductTables>({ file: paths.catalog, migrations })
  opened.adopt(database, (each) => each.close())
  const outbox = sqliteOutbox(database)
  return { productStore: sqliteProductStore({ database, outbox }), outboxRelay: relayOf(outbox, [productChanged]) }
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

const busLog =
  (logger: Logger): Observe =>
  ({ kind, ...fields }) =>
    logger[kind === 'rejected' ? 'warn' : 'error'](fields, `event bus: ${kind}`)

async function storedAccounts({ paths, opened }: Around): Promise<AccountStore> {
  const options = { file: paths.gateway, migrations: [sqliteAccountStoreMigrations] }
  const database = await openSqliteDatabase<AccountTables>(options)
  opened.adopt(database, (each) => each.close())
  return sqliteAccountStore(database)
}

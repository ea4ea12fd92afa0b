import { productChanged } from '@eip/contracts'
import { outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import type { EventBus, Observe } from '@eip/event-bus'
import { sqliteEventBus } from '@eip/event-bus/sqlite'
import type { ProductIndex } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import type { CatalogNeeds } from '@eip/service-catalog'
import { type ProductTables, sqliteProductStore, sqliteProductStoreMigrations } from '@eip/service-catalog/sqlite'
import type { AccountStore } from '@eip/service-gateway'
import { memoryAccountStore } from '@eip/service-gateway/memory'
import { type AccountTables, sqliteAccountStore, sqliteAccountStoreMigrations } from '@eip/service-gateway/sqlite'
import type { Logger } from '@eip/telemetry'
import type { DataPaths } from './data-directory.ts'

/** What the services stand on. */
export type Backends = Readonly<{
  eventBus: EventBus
  productIndex: ProductIndex
  catalog: Pick<CatalogNeeds, 'productStore' | 'outboxRelay'>
  accounts: AccountStore
  close(): Promise<void>
}>

type Options = Readonly<{
  paths: DataPaths
  logger: Logger
  /** The demo's accounts end with the process. */
  keepsAccounts: boolean
}>

/** Embedded: SQLite files, a log and an index in one data directory, for this process alone. */
export async function openEmbeddedBackends({ paths, logger, keepsAccounts }: Options): Promise<Backends> {
  const opened = new AsyncDisposableStack()
  try {
    const eventBus = opened.adopt(await sqliteEventBus({ file: paths.events, observe: busLog(logger) }), (bus) =>
      bus.close(),
    )
    const index = await openNativeProductIndex({ dir: paths.index, logger })
    const productIndex = opened.adopt(index, (each) => each.close())
    const database = await openSqliteDatabase<ProductTables>({
      file: paths.catalog,
      migrations: [sqliteProductStoreMigrations, sqliteOutboxMigrations],
    })
    opened.adopt(database, (each) => each.close())
    const outbox = sqliteOutbox(database)
    const relay = outboxRelay({
      outbox,
      bus: eventBus,
      topics: [productChanged],
      onTrouble: ({ error, ...trouble }) => logger.warn({ err: error, ...trouble }, 'the outbox cannot publish'),
    })
    const accounts = keepsAccounts ? await storedAccounts(paths, opened) : memoryAccountStore()
    return Object.freeze({
      eventBus,
      productIndex,
      catalog: { productStore: sqliteProductStore({ database, outbox }), outboxRelay: relay },
      accounts,
      close: () => opened.disposeAsync(),
    })
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}

const busLog =
  (logger: Logger): Observe =>
  ({ kind, ...fields }) =>
    logger[kind === 'rejected' ? 'warn' : 'error'](fields, `event bus: ${kind}`)

async function storedAccounts(paths: DataPaths, opened: AsyncDisposableStack): Promise<AccountStore> {
  const options = { file: paths.gateway, migrations: [sqliteAccountStoreMigrations] }
  const database = await openSqliteDatabase<AccountTables>(options)
  opened.adopt(database, (each) => each.close())
  return sqliteAccountStore(database)
}

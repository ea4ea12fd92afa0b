import { join } from 'node:path'
import { catalogContract, type Envelope, indexerContract, productChanged } from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { systemClock } from '@eip/kernel'
import { openNativeGenerations } from '@eip/product-index/native'
import { createHost, hosted } from '@eip/runtime'
import { catalog } from '@eip/service-catalog'
import {
  type ImportTables,
  importBookMigrations,
  type ProductTables,
  productStoreMigrations,
  sqlImportBook,
} from '@eip/service-catalog/sql'
import { sqliteProductStore } from '@eip/service-catalog/sqlite'
import { indexer } from '@eip/service-indexer'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { temporaryDirectory, until } from '@eip/testkit'
import { childImportRunner } from '../imports/child.import-runner.ts'
import type { Verifiable } from './verify-view.ts'

/** Catalogue and serving view with a bus between them that loses what it is told to. */
export async function openStage() {
  const folder = temporaryDirectory()
  const lost = new Set<string>()
  const bus = await memoryEventBus()
  const losing: EventBus = {
    ...bus,
    publish: (topic, events: readonly Envelope[]) =>
      bus.publish(
        topic,
        events.filter(({ key }) => !lost.has(key)),
      ),
  }
  const migrations = [productStoreMigrations, importBookMigrations, outboxMigrations]
  const database = await openSqliteDatabase<ProductTables & ImportTables>({ file: ':memory:', migrations })
  const outbox = sqliteOutbox(database)
  const generations = await openNativeGenerations({ dir: null })
  const [clock, logger, metrics] = [systemClock, silentLogger, metricsRegistry()]
  const services = [
    hosted(catalog, {
      productStore: sqliteProductStore({ database, outbox }),
      outboxRelay: outboxRelay({ outbox, bus: losing, topics: [productChanged], onTrouble: () => {} }),
      importBook: sqlImportBook({ database }),
      importRunner: childImportRunner({ lake: join(folder.path, 'lake') }),
      ...{ spoolDirectory: join(folder.path, 'spool'), rejectedDirectory: join(folder.path, 'rejected') },
      ...{ runsImports: false, clock, logger },
    }),
    hosted(indexer, { bus, generations, rollBackWindowSeconds: 60, clock, logger, metrics }),
  ]
  const host = createHost({ name: 'test', services, listen: null, exposesRpc: false, logger, metrics, clock })
  await host.start()
  const [products, view] = [host.client(catalogContract), host.client(indexerContract)]
  const behind = async () => {
    const { unpublishedEvents } = await products.statistics({})
    return unpublishedEvents + (await view.status({})).lag
  }
  const verifiable: Verifiable = {
    sourceVersions: (asked) => products.listVersions(asked),
    viewVersions: (asked) => view.listVersions(asked),
    behind,
  }
  return Object.freeze({
    ...{ lost, products, view, verifiable, writer: await generations.writer('g1') },
    settled: () => until('nothing is on its way', async () => (await behind()) === 0),
    async close() {
      await host.stop()
      await metrics.close()
      await database.close()
      await bus.close()
      await generations.close()
      folder[Symbol.dispose]()
    },
  })
}

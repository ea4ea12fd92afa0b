import { join } from 'node:path'
import { outboxMigrations } from '@eip/database'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import { type FactStoreHarness, factStoreContract } from '../ports/fact-store.contract.ts'
import { type FactTables, factStoreMigrations, sqlFactStore } from './sql.fact-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<FactStoreHarness> {
  const migrations = [factStoreMigrations, outboxMigrations]
  const database = await openSqliteDatabase<FactTables>({ file: join(folder.path, 'logistics.sqlite'), migrations })
  const outbox = sqliteOutbox(database)
  return {
    store: sqlFactStore({ database, outbox }),
    sent: async () => (await outbox.next(100)).map(({ event }) => event.id),
    async reopen() {
      await database.close()
      return openIn(folder)
    },
    async close() {
      await database.close()
      folder[Symbol.dispose]()
    },
  }
}

describe('sqlite', () => factStoreContract(() => openIn(temporaryDirectory())))

const url = testEngines.postgres ?? ''

async function openOnServer(): Promise<FactStoreHarness> {
  const schema = await temporarySchema(url, [...postgresOutboxMigrations, factStoreMigrations])
  const harness = async (): Promise<FactStoreHarness> => {
    const { database, outbox, sent, leave } = await schema.join<FactTables>()
    return {
      store: sqlFactStore({ database, outbox }),
      sent: async () => (await sent()).map(({ id }) => id),
      reopen: () => leave().then(harness),
      close: schema.dispose,
    }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => factStoreContract(openOnServer))

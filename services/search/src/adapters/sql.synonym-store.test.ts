import { join } from 'node:path'
import { outboxMigrations } from '@eip/database'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import { type SynonymStoreHarness, synonymStoreContract } from '../ports/synonym-store.contract.ts'
import { type SynonymTables, sqlSynonymStore, synonymStoreMigrations } from './sql.synonym-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<SynonymStoreHarness> {
  const database = await openSqliteDatabase<SynonymTables>({
    file: join(folder.path, 'search.sqlite'),
    migrations: [synonymStoreMigrations, outboxMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqlSynonymStore({ database, outbox }),
    sent: async () => (await outbox.next(100)).map(({ event }) => event),
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

describe('sqlite', () => synonymStoreContract(() => openIn(temporaryDirectory())))

const url = testEngines.postgres ?? ''

async function openOnServer(): Promise<SynonymStoreHarness> {
  const schema = await temporarySchema(url, [synonymStoreMigrations, ...postgresOutboxMigrations])
  const harness = async (): Promise<SynonymStoreHarness> => {
    const { database, outbox, sent, leave } = await schema.join<SynonymTables>()
    const store = sqlSynonymStore({ database, outbox })
    return { store, sent, reopen: () => leave().then(harness), close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => synonymStoreContract(openOnServer))

import { join } from 'node:path'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { type SynonymStoreHarness, synonymStoreContract } from '../ports/synonym-store.contract.ts'
import { type SynonymTables, sqliteSynonymStore, sqliteSynonymStoreMigrations } from './sqlite.synonym-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<SynonymStoreHarness> {
  const database = await openSqliteDatabase<SynonymTables>({
    file: join(folder.path, 'search.sqlite'),
    migrations: [sqliteSynonymStoreMigrations, sqliteOutboxMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqliteSynonymStore({ database, outbox }),
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

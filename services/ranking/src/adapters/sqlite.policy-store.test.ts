import { join } from 'node:path'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { type PolicyStoreHarness, policyStoreContract } from '../ports/policy-store.contract.ts'
import { type PolicyTables, sqlitePolicyStore, sqlitePolicyStoreMigrations } from './sqlite.policy-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<PolicyStoreHarness> {
  const database = await openSqliteDatabase<PolicyTables>({
    file: join(folder.path, 'ranking.sqlite'),
    migrations: [sqlitePolicyStoreMigrations, sqliteOutboxMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqlitePolicyStore({ database, outbox }),
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

describe('sqlite', () => policyStoreContract(() => openIn(temporaryDirectory())))

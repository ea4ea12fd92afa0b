import { join } from 'node:path'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { type JudgmentStoreHarness, judgmentStoreContract } from '../ports/judgment-store.contract.ts'
import { type JudgmentTables, sqliteJudgmentStore, sqliteJudgmentStoreMigrations } from './sqlite.judgment-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<JudgmentStoreHarness> {
  const database = await openSqliteDatabase<JudgmentTables>({
    file: join(folder.path, 'ranking.sqlite'),
    migrations: [sqliteJudgmentStoreMigrations],
  })
  return {
    store: sqliteJudgmentStore(database),
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

describe('sqlite', () => judgmentStoreContract(() => openIn(temporaryDirectory())))

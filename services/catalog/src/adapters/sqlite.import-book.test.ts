import { join } from 'node:path'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { type ImportBookHarness, importBookContract } from '../ports/import-book.contract.ts'
import { type ImportTables, sqliteImportBook, sqliteImportBookMigrations } from './sqlite.import-book.ts'

async function openIn(folder: TemporaryDirectory): Promise<ImportBookHarness> {
  const database = await openSqliteDatabase<ImportTables>({
    file: join(folder.path, 'catalog.sqlite'),
    migrations: [sqliteImportBookMigrations],
  })
  return {
    book: sqliteImportBook({ database }),
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

describe('sqlite', () => importBookContract(() => openIn(temporaryDirectory())))

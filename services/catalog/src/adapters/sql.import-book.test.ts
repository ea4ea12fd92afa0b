import { join } from 'node:path'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import { type ImportBookHarness, importBookContract } from '../ports/import-book.contract.ts'
import { type ImportTables, importBookMigrations, sqlImportBook } from './sql.import-book.ts'

async function openIn(folder: TemporaryDirectory): Promise<ImportBookHarness> {
  const database = await openSqliteDatabase<ImportTables>({
    file: join(folder.path, 'catalog.sqlite'),
    migrations: [importBookMigrations],
  })
  return {
    book: sqlImportBook({ database }),
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

const url = testEngines.postgres ?? ''

async function openOnServer(): Promise<ImportBookHarness> {
  const schema = await temporarySchema(url, [importBookMigrations])
  const harness = async (): Promise<ImportBookHarness> => {
    const database = await schema.open<ImportTables>()
    return { book: sqlImportBook({ database }), reopen: () => database.close().then(harness), close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => importBookContract(openOnServer))

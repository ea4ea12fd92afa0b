import { join } from 'node:path'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { fakeClock, temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { queryCountsContract } from '../ports/query-counts.contract.ts'
import { type QueryCountTables, sqliteQueryCountMigrations, sqliteQueryCounts } from './sqlite.query-counts.ts'

describe('sqlite', () =>
  queryCountsContract(async (clock) => {
    const folder = temporaryDirectory()
    const options = { file: join(folder.path, 'search.sqlite'), migrations: [sqliteQueryCountMigrations] }
    const database = await openSqliteDatabase<QueryCountTables>(options)
    const onTrouble = (error: unknown) => {
      throw error
    }
    const [counts, others] = [1, 2].map(() => sqliteQueryCounts({ database, clock, onTrouble })) as [
      ReturnType<typeof sqliteQueryCounts>,
      ReturnType<typeof sqliteQueryCounts>,
    ]
    return {
      counts,
      others,
      async close() {
        await counts.close()
        await others.close()
        await database.close()
        folder[Symbol.dispose]()
      },
    }
  }, fakeClock))

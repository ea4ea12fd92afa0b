import { join } from 'node:path'
import type { Database } from '@eip/database'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import type { Clock } from '@eip/kernel'
import { fakeClock, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { queryCountsContract } from '../ports/query-counts.contract.ts'
import { type QueryCountTables, queryCountMigrations, sqlQueryCounts } from './sql.query-counts.ts'

const url = testEngines.postgres ?? ''

const countsOf = (database: Database<QueryCountTables>, clock: Clock) =>
  sqlQueryCounts({
    database,
    clock,
    onTrouble(error) {
      throw error
    },
  })

describe('sqlite', () =>
  queryCountsContract(async (clock) => {
    const folder = temporaryDirectory()
    const options = { file: join(folder.path, 'search.sqlite'), migrations: [queryCountMigrations] }
    const database = await openSqliteDatabase<QueryCountTables>(options)
    const [counts, others] = [countsOf(database, clock), countsOf(database, clock)]
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

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  const newSchema = () => temporarySchema(url, [queryCountMigrations])

  queryCountsContract(async (clock) => {
    const schema = await newSchema()
    const counts = countsOf(await schema.open<QueryCountTables>(), clock)
    const others = countsOf(await schema.open<QueryCountTables>(), clock)
    const close = async () => {
      await counts.close()
      await others.close()
      await schema.dispose()
    }
    return { counts, others, close }
  }, fakeClock)

  it('adds up what two processes write at once, each in its own order', async () => {
    await using schema = await newSchema()
    const clock = fakeClock()
    const counts = [1, 2, 3].map(async () => countsOf(await schema.open<QueryCountTables>(), clock))
    const processes = await Promise.all(counts)
    const queries = Array.from({ length: 500 }, (_, number) => `query ${number}`)
    for (const [place, process] of processes.entries())
      for (const query of place === 1 ? queries.toReversed() : queries) process.add(query)
    await Promise.all(processes.map((process) => process.close()))
    const popular = await processes[0]!.popular(1_000)
    expect([popular.length, new Set(popular.map(({ count }) => count))]).toEqual([500, new Set([3])])
  })
})

import { join } from 'node:path'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { type JudgmentStoreHarness, judgmentStoreContract } from '../ports/judgment-store.contract.ts'
import { type JudgmentTables, judgmentStoreMigrations, sqlJudgmentStore } from './sql.judgment-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<JudgmentStoreHarness> {
  const database = await openSqliteDatabase<JudgmentTables>({
    file: join(folder.path, 'ranking.sqlite'),
    migrations: [judgmentStoreMigrations],
  })
  return {
    store: sqlJudgmentStore(database),
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

const url = testEngines.postgres ?? ''

const newSchema = () => temporarySchema(url, [judgmentStoreMigrations])

async function openOnServer(): Promise<JudgmentStoreHarness> {
  const schema = await newSchema()
  const harness = async (): Promise<JudgmentStoreHarness> => {
    const database = await schema.open<JudgmentTables>()
    const reopen = () => database.close().then(harness)
    return { store: sqlJudgmentStore(database), reopen, close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  judgmentStoreContract(openOnServer)

  it('holds what one of two processes gave it, when both replace everything at once', async () => {
    await using schema = await newSchema()
    const stores = [await schema.open<JudgmentTables>(), await schema.open<JudgmentTables>()].map(sqlJudgmentStore)
    const given = (grade: number) => new Map([[`query ${grade}`, new Map([['a', grade]])]])
    await Promise.all([1, 2, 3, 4].map((grade) => stores[grade % 2]!.replace(given(grade))))
    const { queries, total } = await stores[0]!.queries('', 10)
    expect([queries.length, total]).toEqual([1, 1])
    expect((await stores[1]!.gradesOf(queries[0]!.query)).size).toBe(1)
  })
})

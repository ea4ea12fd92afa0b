import { join } from 'node:path'
import { outboxMigrations } from '@eip/database'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { type PolicyStoreHarness, policyStoreContract } from '../ports/policy-store.contract.ts'
import type { PolicyStore } from '../ports/policy-store.port.ts'
import { type PolicyTables, policyStoreMigrations, sqlPolicyStore } from './sql.policy-store.ts'

async function openIn(folder: TemporaryDirectory): Promise<PolicyStoreHarness> {
  const database = await openSqliteDatabase<PolicyTables>({
    file: join(folder.path, 'ranking.sqlite'),
    migrations: [policyStoreMigrations, outboxMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqlPolicyStore({ database, outbox }),
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

const url = testEngines.postgres ?? ''

const newSchema = () => temporarySchema(url, [policyStoreMigrations, ...postgresOutboxMigrations])
const joinIn = async (schema: TemporarySchema) => {
  const { database, outbox, sent, leave } = await schema.join<PolicyTables>()
  return { store: sqlPolicyStore({ database, outbox }), sent, leave }
}

async function openOnServer(): Promise<PolicyStoreHarness> {
  const schema = await newSchema()
  const harness = async (): Promise<PolicyStoreHarness> => {
    const { store, sent, leave } = await joinIn(schema)
    return { store, sent, reopen: () => leave().then(harness), close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  policyStoreContract(openOnServer)

  it('lets one of two operators in two processes save a draft on what both saw', async () => {
    await using schema = await newSchema()
    const stores = [(await joinIn(schema)).store, (await joinIn(schema)).store]
    const { draft: seen } = await stores[0]!.overview(1)
    const save = (by: string, store: PolicyStore) =>
      store.change(({ draft }) => {
        if (draft.revision !== seen.revision) return { answer: 'moved on', change: null }
        const saved = { revision: 1, basedOn: 0, document: { weights: {}, features: {} }, savedBy: by, savedAt: 'now' }
        return { answer: 'saved', change: { published: null, draft: { state: 'open', revision: 1, draft: saved } } }
      })
    const answers = await Promise.all(['ann', 'bob', 'cho', 'dan'].map((name, place) => save(name, stores[place % 2]!)))
    expect(answers.toSorted()).toEqual(['moved on', 'moved on', 'moved on', 'saved'])
  })
})

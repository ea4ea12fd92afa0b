import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { newAccount } from '../domain/account.ts'
import { auditLogContract } from '../ports/audit-log.contract.ts'
import { unsettled } from '../ports/audit-log.port.ts'
import {
  type AccountTables,
  type AuditTables,
  accountStoreMigrations,
  auditLogMigrations,
  sqlAccountStore,
  sqlAuditLog,
} from './sql.ts'

const migrations = [accountStoreMigrations, auditLogMigrations]
const open = (file: string) => openSqliteDatabase<AccountTables & AuditTables>({ file, migrations })

describe('sqlite audit log', () => {
  const opened: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of opened.splice(0)) await close()
  })

  auditLogContract(async () => {
    const directory = temporaryDirectory()
    const database = await open(`${directory.path}/gateway.sqlite`)
    opened.push(async () => {
      await database.close()
      directory[Symbol.dispose]()
    })
    return sqlAuditLog(database)
  })

  it('keeps entries over a restart, those in whose middle it ended as not ended, and numbers on', async () => {
    using directory = temporaryDirectory()
    const file = `${directory.path}/gateway.sqlite`
    const change = { at: '2026-01-01T00:00:00.000Z', by: 'ana', role: 'operator', operation: 'trainEncoder' } as const
    const first = await open(file)
    const id = await sqlAuditLog(first).begin({ ...change, target: 'a new encoder' })
    await first.close()
    const second = await open(file)
    const next = await sqlAuditLog(second).begin({ ...change, target: 'another' })
    const entries = await sqlAuditLog(second).list({ size: 10 })
    await second.close()
    expect(entries.map((entry) => [entry.id, entry.outcome, entry.detail])).toEqual([
      [next, 'failed', unsettled],
      [id, 'failed', unsettled],
    ])
    expect(next).toBeGreaterThan(id)
  })

  it('comes to a file that held accounts alone', async () => {
    using directory = temporaryDirectory()
    const file = `${directory.path}/gateway.sqlite`
    const before = await openSqliteDatabase<AccountTables>({ file, migrations: [accountStoreMigrations] })
    await sqlAccountStore(before).save(await newAccount('ana', 'operator', 'correct horse'))
    await before.close()
    const after = await open(file)
    const [accounts, entries] = [await sqlAccountStore(after).list(), await sqlAuditLog(after).list({ size: 1 })]
    await after.close()
    expect([accounts.map(({ name }) => name), entries]).toEqual([['ana'], []])
  })
})

const url = testEngines.postgres ?? ''

describe.skipIf(url === '')('postgres audit log (needs TEST_POSTGRES_URL)', () => {
  const opened: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const dispose of opened.splice(0)) await dispose()
  })

  auditLogContract(async () => {
    const schema = await temporarySchema(url, migrations)
    opened.push(schema.dispose)
    return sqlAuditLog(await schema.open<AuditTables>())
  })
})

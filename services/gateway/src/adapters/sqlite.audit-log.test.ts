import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { newAccount } from '../domain/account.ts'
import { auditLogContract } from '../ports/audit-log.contract.ts'
import { unsettled } from '../ports/audit-log.port.ts'
import {
  type AccountTables,
  type AuditTables,
  sqliteAccountStore,
  sqliteAccountStoreMigrations,
  sqliteAuditLog,
  sqliteAuditLogMigrations,
} from './sqlite.ts'

const migrations = [sqliteAccountStoreMigrations, sqliteAuditLogMigrations]
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
    return sqliteAuditLog(database)
  })

  it('keeps entries over a restart, those in whose middle it ended as not ended, and numbers on', async () => {
    using directory = temporaryDirectory()
    const file = `${directory.path}/gateway.sqlite`
    const change = { at: '2026-01-01T00:00:00.000Z', by: 'ana', role: 'operator', operation: 'trainEncoder' } as const
    const first = await open(file)
    const id = await sqliteAuditLog(first).begin({ ...change, target: 'a new encoder' })
    await first.close()
    const second = await open(file)
    const next = await sqliteAuditLog(second).begin({ ...change, target: 'another' })
    const entries = await sqliteAuditLog(second).list({ size: 10 })
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
    const before = await openSqliteDatabase<AccountTables>({ file, migrations: [sqliteAccountStoreMigrations] })
    await sqliteAccountStore(before).save(await newAccount('ana', 'operator', 'correct horse'))
    await before.close()
    const after = await open(file)
    const [accounts, entries] = [await sqliteAccountStore(after).list(), await sqliteAuditLog(after).list({ size: 1 })]
    await after.close()
    expect([accounts.map(({ name }) => name), entries]).toEqual([['ana'], []])
  })
})

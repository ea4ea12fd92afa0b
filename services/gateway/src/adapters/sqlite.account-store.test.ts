import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { newAccount, passwordMatches } from '../domain/account.ts'
import { accountStoreContract } from '../ports/account-store.contract.ts'
import { type AccountTables, sqliteAccountStore, sqliteAccountStoreMigrations } from './sqlite.account-store.ts'

const open = (file: string) => openSqliteDatabase<AccountTables>({ file, migrations: [sqliteAccountStoreMigrations] })

describe('sqlite account store', () => {
  const opened: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of opened.splice(0)) await close()
  })

  accountStoreContract(async () => {
    const directory = temporaryDirectory()
    const database = await open(`${directory.path}/gateway.sqlite`)
    opened.push(async () => {
      await database.close()
      directory[Symbol.dispose]()
    })
    return sqliteAccountStore(database)
  })

  it('keeps accounts over a restart, and no password', async () => {
    using directory = temporaryDirectory()
    const file = `${directory.path}/gateway.sqlite`
    const first = await open(file)
    await sqliteAccountStore(first).save(await newAccount('ana', 'operator', 'correct horse'))
    await first.close()
    const second = await open(file)
    const account = await sqliteAccountStore(second).find('ana')
    await second.close()
    expect(JSON.stringify(account)).not.toContain('horse')
    expect(await passwordMatches(account, 'correct horse')).toBe(true)
    expect(await passwordMatches(account, 'wrong')).toBe(false)
  })
})

import { openSqliteDatabase } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { newAccount, passwordMatches } from '../domain/account.ts'
import { accountStoreContract } from '../ports/account-store.contract.ts'
import { type AccountTables, accountStoreMigrations, sqlAccountStore } from './sql.account-store.ts'

const open = (file: string) => openSqliteDatabase<AccountTables>({ file, migrations: [accountStoreMigrations] })

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
    return sqlAccountStore(database)
  })

  it('keeps accounts over a restart, and no password', async () => {
    using directory = temporaryDirectory()
    const file = `${directory.path}/gateway.sqlite`
    const first = await open(file)
    await sqlAccountStore(first).save(await newAccount('ana', 'operator', 'correct horse'))
    await first.close()
    const second = await open(file)
    const account = await sqlAccountStore(second).find('ana')
    await second.close()
    expect(JSON.stringify(account)).not.toContain('horse')
    expect(await passwordMatches(account, 'correct horse')).toBe(true)
    expect(await passwordMatches(account, 'wrong')).toBe(false)
  })
})

const url = testEngines.postgres ?? ''

describe.skipIf(url === '')('postgres account store (needs TEST_POSTGRES_URL)', () => {
  const opened: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const dispose of opened.splice(0)) await dispose()
  })

  accountStoreContract(async () => {
    const schema = await temporarySchema(url, [accountStoreMigrations])
    opened.push(schema.dispose)
    return sqlAccountStore(await schema.open<AccountTables>())
  })
})

import type { Database, MigrationSet } from '@eip/database'
import type { Account } from '../domain/account.ts'
import type { AccountStore } from '../ports/account-store.port.ts'

export type AccountTables = { account: { name: string; role: Account['role']; salt: string; hash: string } }

export const accountStoreMigrations: MigrationSet = Object.freeze({
  owner: 'gateway',
  migrations: [
    {
      name: '0001-accounts',
      sql: 'CREATE TABLE account (name TEXT PRIMARY KEY, role TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
    },
  ],
})

/** Accounts in a database. `database` needs `accountStoreMigrations` among its migrations. */
export function sqlAccountStore(database: Pick<Database<AccountTables>, 'query'>): AccountStore {
  return Object.freeze({
    find: async (name: string) =>
      (await database.query.selectFrom('account').selectAll().where('name', '=', name).executeTakeFirst()) ?? null,
    list: () => database.query.selectFrom('account').selectAll().orderBy('name').execute(),
    async save(account: Account) {
      const { role, salt, hash } = account
      const insert = database.query.insertInto('account').values({ ...account })
      await insert.onConflict((conflict) => conflict.column('name').doUpdateSet({ role, salt, hash })).execute()
    },
    async remove(name: string) {
      const { numDeletedRows } = await database.query
        .deleteFrom('account')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  })
}

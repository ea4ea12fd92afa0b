import type { Account } from '../domain/account.ts'
import type { AccountStore } from '../ports/account-store.port.ts'

/** Accounts that end with the process: for the demo and for tests. */
export function memoryAccountStore(accounts: readonly Account[] = []): AccountStore {
  const byName = new Map(accounts.map((account) => [account.name, account]))
  return Object.freeze({
    find: async (name: string) => byName.get(name) ?? null,
    list: async () => [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    save: async (account: Account) => void byName.set(account.name, account),
    remove: async (name: string) => byName.delete(name),
  })
}

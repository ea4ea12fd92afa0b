import type { Account } from '../domain/account.ts'

/**
 * Who may sign in.
 *  - `save` adds an account or replaces the one of that name.
 *  - Names are compared exactly.
 *  - `list` is sorted by name, by code units.
 *  - `remove` answers whether there was one.
 */
export interface AccountStore {
  find(name: string): Promise<Account | null>
  list(): Promise<readonly Account[]>
  save(account: Account): Promise<void>
  remove(name: string): Promise<boolean>
}

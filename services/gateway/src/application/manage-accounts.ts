import { gatewayFailure, type Role } from '@eip/contracts'
import { newAccount } from '../domain/account.ts'
import type { AccountStore } from '../ports/account-store.port.ts'

export const listAccounts = (accounts: AccountStore) => async () => ({
  accounts: (await accounts.list()).map(({ name, role }) => ({ name, role })),
})

/** Adds an account, or gives the one of that name a new role and password. */
export const saveAccount =
  (accounts: AccountStore) =>
  async ({ name, role, password }: { name: string; role: Role; password: string }) => {
    await accounts.save(await newAccount(name, role, password))
    return { name, role }
  }

/** Deletes an account; tokens it holds end by themselves within their short life. */
export const deleteAccount =
  (accounts: AccountStore) =>
  async ({ name }: { name: string }) => {
    if (!(await accounts.remove(name))) throw gatewayFailure('gateway.no-such-account', `there is no account "${name}"`)
    return { name }
  }

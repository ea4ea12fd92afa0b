import { gatewayFailure } from '@eip/contracts'
import { type Account, passwordMatches } from '../domain/account.ts'
import type { AttemptLimit } from '../domain/attempt-limit.ts'
import type { AccountStore } from '../ports/account-store.port.ts'
import type { Tokens } from './token.ts'

export type SignInNeeds = Readonly<{ accounts: AccountStore; tokens: Tokens; attempts: AttemptLimit }>

type NameAndPassword = { name: string; password: string }

/** The account that name and password belong to. The same failure for a wrong name and a wrong password. */
export const checkPassword =
  ({ accounts, attempts }: Pick<SignInNeeds, 'accounts' | 'attempts'>) =>
  async ({ name, password }: NameAndPassword): Promise<Account> => {
    if (attempts.isReached(name))
      throw gatewayFailure('gateway.too-many-sign-ins', `too many failed sign-ins as "${name}"`)
    const account = await accounts.find(name)
    if (!(await passwordMatches(account, password)) || !account) {
      attempts.failed(name)
      throw gatewayFailure('gateway.sign-in-failed', 'name or password is wrong')
    }
    attempts.succeeded(name)
    return account
  }

/** Name and password for a token, for programs. */
export const signIn = (needs: SignInNeeds) => {
  const check = checkPassword(needs)
  return async (given: NameAndPassword) => {
    const { name, role } = await check(given)
    const { token, expiresAt } = await needs.tokens.issue({ name, role })
    return { token, role, expiresAt: new Date(expiresAt).toISOString() }
  }
}

import { gatewayFailure } from '@eip/contracts'
import { passwordMatches } from '../domain/account.ts'
import type { AttemptLimit } from '../domain/attempt-limit.ts'
import type { AccountStore } from '../ports/account-store.port.ts'
import type { Tokens } from './token.ts'

type Needs = Readonly<{ accounts: AccountStore; tokens: Tokens; attempts: AttemptLimit }>

/** Name and password for a token. The same answer for a wrong name and a wrong password. */
export const signIn =
  ({ accounts, tokens, attempts }: Needs) =>
  async ({ name, password }: { name: string; password: string }) => {
    if (attempts.isReached(name))
      throw gatewayFailure('gateway.too-many-sign-ins', `too many failed sign-ins as "${name}"`)
    const account = await accounts.find(name)
    if (!(await passwordMatches(account, password)) || !account) {
      attempts.failed(name)
      throw gatewayFailure('gateway.sign-in-failed', 'name or password is wrong')
    }
    attempts.succeeded(name)
    const { token, expiresAt } = await tokens.issue({ name, role: account.role })
    return { token, role: account.role, expiresAt: new Date(expiresAt).toISOString() }
  }

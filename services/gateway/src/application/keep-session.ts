import { gatewayFailure } from '@eip/contracts'
import { newId } from '@eip/kernel'
import { type Account, passwordStamp } from '../domain/account.ts'
import { callerOf, type EdgeCall, edgeOf, type GatewayHandlers } from './edge.ts'
import type { CsrfValues } from './forgery.ts'
import { checkPassword, type SignInNeeds } from './sign-in.ts'
import type { VerifiedClaims } from './token.ts'

type Needs = SignInNeeds & Readonly<{ csrf: CsrfValues }>
type Operations = Pick<GatewayHandlers, 'openSession' | 'readSession' | 'renewSession' | 'closeSession'>

/** Browsers' sessions: the token is in a cookie, and nothing about it is kept here. */
export function keepSession({ csrf, ...needs }: Needs): Operations {
  const { accounts, tokens } = needs
  const check = checkPassword(needs)
  const shown = ({ name, role }: Pick<VerifiedClaims, 'name' | 'role'>, id: string, expiresAt: number) => ({
    ...{ name, role, csrf: csrf.of(id) },
    expiresAt: new Date(expiresAt).toISOString(),
  })
  const keep = async (account: Account, id: string, call: EdgeCall) => {
    const { name, role } = account
    const session = { id, stamp: passwordStamp(account) }
    const { token, expiresAt } = await tokens.issue({ name, role, session })
    edgeOf(call).cookie.keep(token, tokens.lifetimeSeconds)
    return shown(account, id, expiresAt)
  }
  return Object.freeze({
    openSession: async (input, call) => keep(await check(input), newId(), call),
    async readSession(_, call) {
      const { caller, cookie } = edgeOf(call)
      if (caller?.session) return { session: shown(caller, caller.session.id, caller.expiresAt) }
      if (cookie.token !== null && caller === null) cookie.drop()
      return { session: null }
    },
    async renewSession(_, call) {
      const { name, session } = callerOf(call)
      const account = await accounts.find(name)
      if (!account || !session || passwordStamp(account) !== session.stamp)
        throw gatewayFailure('gateway.sign-in-needed', `the session of "${name}" cannot be renewed`)
      return keep(account, session.id, call)
    },
    async closeSession(_, call) {
      edgeOf(call).cookie.drop()
      return { session: null }
    },
  } satisfies Operations)
}

import { type GatewayContract, gatewayFailure } from '@eip/contracts'
import type { Call, Handlers } from '@eip/rpc'
import type { SessionCookie } from './session-cookie.ts'
import type { ShopperCookie } from './shopper-cookie.ts'
import type { VerifiedClaims } from './token.ts'

/** What stands between the internet and a call: who asks, who shops, and the browser's cookies. */
export type Edge = Readonly<{
  /** null: nobody is signed in, or the operation is open and nobody was asked. */
  caller: VerifiedClaims | null
  cookie: SessionCookie
  shopper: ShopperCookie
}>

/** A call with its edge. One that came in another way has none, and counts as nobody's. */
export type EdgeCall = Call & Readonly<{ edge?: Edge }>

export type GatewayHandlers = Handlers<GatewayContract, Readonly<{ edge?: Edge }>>

/** Fails with `gateway.sign-in-needed`. */
export function edgeOf({ edge }: EdgeCall): Edge {
  if (edge) return edge
  throw gatewayFailure('gateway.sign-in-needed', 'the call did not come over HTTP')
}

/** Who is signed in. Fails with `gateway.sign-in-needed`. */
export function callerOf(call: EdgeCall): VerifiedClaims {
  const { caller } = edgeOf(call)
  if (caller) return caller
  throw gatewayFailure('gateway.sign-in-needed', 'nobody is signed in')
}

/** The name of who is signed in, as the services behind note it. */
export const by = (call: EdgeCall): { by: string } => ({ by: callerOf(call).name })

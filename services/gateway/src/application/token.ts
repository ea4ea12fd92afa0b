import { gatewayFailure, type Role, roles } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import { errors, jwtVerify, SignJWT } from 'jose'

/** A sign-in from a browser. It keeps its `id` when it is renewed; `stamp` is that of the password it was opened with. */
export type Session = Readonly<{ id: string; stamp: string }>

/** Who a token speaks for. The role is the account's at the time it was signed. */
export type Claims = Readonly<{ name: string; role: Role; session?: Session }>

/** `expiresAt`: milliseconds since the epoch, UTC. `session`: null in a token of `signIn`. */
export type VerifiedClaims = Readonly<{ name: string; role: Role; session: Session | null; expiresAt: number }>

export interface Tokens {
  readonly lifetimeSeconds: number
  issue(claims: Claims): Promise<Readonly<{ token: string; expiresAt: number }>>
  /** Fails with `gateway.sign-in-needed` where the token is not ours, changed or expired. */
  verify(token: string): Promise<VerifiedClaims>
}

const issuer = 'eip'
const algorithm = 'HS256'

const reasonOf = (error: unknown): string =>
  error instanceof errors.JWTExpired ? 'the token has expired' : 'the token is not valid'

/** Signed tokens (JWT, HMAC with SHA-256) that end after `lifetimeSeconds`. `key`: at least 32 bytes. */
export function signedTokens({
  key,
  clock,
  lifetimeSeconds,
}: {
  key: Uint8Array
  clock: Clock
  lifetimeSeconds: number
}): Tokens {
  return Object.freeze({
    lifetimeSeconds,
    async issue({ name, role, session }: Claims) {
      const seconds = Math.floor(clock.now() / 1_000)
      const unsigned = new SignJWT(session ? { role, stamp: session.stamp } : { role })
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setSubject(name)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetimeSeconds)
      const token = await (session ? unsigned.setJti(session.id) : unsigned).sign(key)
      return { token, expiresAt: (seconds + lifetimeSeconds) * 1_000 }
    },
    async verify(token: string) {
      const { payload } = await jwtVerify(token, key, {
        issuer,
        algorithms: [algorithm],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(clock.now()),
      }).catch((error: unknown) => {
        throw gatewayFailure('gateway.sign-in-needed', reasonOf(error))
      })
      const role = roles.find((each) => each === payload.role)
      if (!role || !payload.sub) throw gatewayFailure('gateway.sign-in-needed', 'the token names no role')
      const { jti: id, stamp, exp = 0 } = payload
      const session = id !== undefined && typeof stamp === 'string' ? { id, stamp } : null
      return { name: payload.sub, role, session, expiresAt: exp * 1_000 }
    },
  })
}

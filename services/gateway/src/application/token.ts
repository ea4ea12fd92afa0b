import { gatewayFailure, type Role, roles } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import { errors, jwtVerify, SignJWT } from 'jose'

/** Who a token speaks for. */
export type Claims = Readonly<{ name: string; role: Role }>

export interface Tokens {
  issue(claims: Claims): Promise<Readonly<{ token: string; expiresAt: number }>>
  /** Fails with `gateway.sign-in-needed` where the token is not ours, changed or expired. */
  verify(token: string): Promise<Claims>
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
    async issue({ name, role }: Claims) {
      const seconds = Math.floor(clock.now() / 1_000)
      const token = await new SignJWT({ role })
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setSubject(name)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetimeSeconds)
        .sign(key)
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
      return { name: payload.sub, role }
    },
  })
}

import { gatewayFailure, type Role } from '@eip/contracts'
import { permissions } from '../domain/permission.ts'
import type { Claims, Tokens } from './token.ts'

/** Who calls: the claims of the bearer token, or null where none is given. A bad token fails rather than counting as none. */
export const authenticate =
  (tokens: Tokens) =>
  async (authorization: string | undefined): Promise<Claims | null> => {
    if (authorization === undefined) return null
    const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1]
    if (!token) throw gatewayFailure('gateway.sign-in-needed', 'the authorization header is not "Bearer TOKEN"')
    return tokens.verify(token)
  }

/** Fails unless the caller's role allows the operation. */
export function authorize(operation: string, claims: Claims | null): void {
  const allowed: readonly Role[] | undefined = permissions[operation]
  if (!allowed) return
  if (!claims) throw gatewayFailure('gateway.sign-in-needed', `"${operation}" needs a sign-in`, { roles: allowed })
  if (allowed.includes(claims.role)) return
  throw gatewayFailure('gateway.role-missing', `"${operation}" is not for the role ${claims.role}`, { roles: allowed })
}

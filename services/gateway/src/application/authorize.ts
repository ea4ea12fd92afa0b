import type { IncomingMessage } from 'node:http'
import { gatewayFailure } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import { permissionOf } from '../domain/permission.ts'
import { type CsrfValues, requireCsrf, requireSameOrigin } from './forgery.ts'
import { sessionToken } from './session-cookie.ts'
import type { Claims, Tokens, VerifiedClaims } from './token.ts'

/** The part of a request that says who asks. */
export type Asking = Pick<IncomingMessage, 'method' | 'headers'>

const readingMethods = ['GET', 'HEAD', 'OPTIONS']

function bearerOf(authorization: string): string {
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1]
  if (token) return token
  throw gatewayFailure('gateway.sign-in-needed', 'the authorization header is not "Bearer TOKEN"')
}

/**
 * Who calls: by the bearer token, else by the session's cookie, else null. A token that is not valid fails rather than
 * counting as none. What a browser may send by itself, made by another page, is refused (`gateway.forged`): whatever
 * changes something comes from this origin and, with the cookie, brings the session's csrf value.
 */
export const authenticate =
  ({ tokens, csrf }: { tokens: Tokens; csrf: CsrfValues }) =>
  async ({ method = 'GET', headers }: Asking): Promise<VerifiedClaims | null> => {
    if (headers.authorization !== undefined) return tokens.verify(bearerOf(headers.authorization))
    const isChange = !readingMethods.includes(method)
    if (isChange) requireSameOrigin(headers)
    const token = sessionToken(headers.cookie)
    if (token === null) return null
    const claims = await tokens.verify(token)
    if (!claims.session) throw gatewayFailure('gateway.sign-in-needed', 'the cookie holds no session')
    if (isChange) requireCsrf(headers, csrf.of(claims.session.id))
    return claims
  }

const orNobody = (error: unknown): null => {
  if (isFailure(error) && error.kind === 'unauthenticated') return null
  throw error
}

/** The caller of an operation, once the operation's permission allows the call. */
export const admit = (needs: { tokens: Tokens; csrf: CsrfValues }) => {
  const claimsOf = authenticate(needs)
  return async (operation: string, asking: Asking): Promise<VerifiedClaims | null> => {
    const permission = permissionOf(operation)
    if (permission === 'optional') return claimsOf(asking).catch(orNobody)
    if (permission === 'open') {
      // Signing in from a page of another site would put its visitors into somebody else's session.
      if (operation === 'openSession') requireSameOrigin(asking.headers)
      return null
    }
    if (permission === 'shopper') {
      // The shopper's cookie goes along by itself, whoever made the page.
      if (!readingMethods.includes(asking.method ?? 'GET')) requireSameOrigin(asking.headers)
      return null
    }
    const claims = await claimsOf(asking)
    authorize(operation, claims)
    return claims
  }
}

/** Fails unless the caller's role allows the operation. */
export function authorize(operation: string, claims: Pick<Claims, 'role'> | null): void {
  const permission = permissionOf(operation) ?? []
  if (permission === 'open' || permission === 'optional' || permission === 'shopper') return
  const details = { roles: permission }
  if (!claims) throw gatewayFailure('gateway.sign-in-needed', `"${operation}" needs a sign-in`, details)
  if (permission.includes(claims.role)) return
  throw gatewayFailure('gateway.role-missing', `"${operation}" is not for the role ${claims.role}`, details)
}

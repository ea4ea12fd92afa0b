import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { gatewayFailure } from '@eip/contracts'

export interface CsrfValues {
  /** The value that a page of this origin is told, and sends with what it changes. The same as long as the session lasts. */
  of(sessionId: string): string
}

/**
 * Values that only this platform can make: HMAC (SHA-256) of the session's id, so that nothing has to be kept (OWASP's
 * "HMAC based token pattern"). What the same key signs for tokens holds no colon, so that neither passes for the other.
 */
export const csrfValues = (key: Uint8Array): CsrfValues =>
  Object.freeze({
    of: (sessionId: string) => createHmac('sha256', key).update(`csrf:${sessionId}`).digest('base64url'),
  })

const first = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim().toLowerCase()

const forged = (message: string) => gatewayFailure('gateway.forged', message)

/**
 * Fails with `gateway.forged` where the browser says that a page of another site asks. Both headers are the browser's own:
 * no page can set them. Other programs send neither.
 */
export function requireSameOrigin(headers: IncomingHttpHeaders): void {
  const { origin } = headers
  if (headers['sec-fetch-site'] === 'cross-site') throw forged('the request was made by a page of another site')
  if (origin === undefined) return
  const host = URL.parse(origin)?.host
  // A proxy may have put its own name into Host; what the browser asked for is then beside it.
  const isOurs = host !== undefined && [first(headers['x-forwarded-host']), first(headers.host)].includes(host)
  if (!isOurs) throw forged(`the origin "${origin.slice(0, 200)}" is not this one`)
}

/** Fails with `gateway.forged` unless the header `x-csrf-token` is the session's value. */
export function requireCsrf(headers: IncomingHttpHeaders, expected: string): void {
  const header = headers['x-csrf-token']
  const given = Buffer.from(typeof header === 'string' ? header : '')
  const wanted = Buffer.from(expected)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return
  throw forged(
    given.length === 0 ? 'the header x-csrf-token is missing' : "the header x-csrf-token is not this session's",
  )
}

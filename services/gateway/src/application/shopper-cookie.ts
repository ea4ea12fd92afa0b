import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { gatewayFailure } from '@eip/contracts'
import type { Reply } from '@eip/rpc'
import { cookieValue, isHttps } from './session-cookie.ts'

const name = 'eip_shopper'
const header = 'x-shopper'
const form = /^[\w-]{16,128}$/
const yearSeconds = 365 * 86_400

/** How the services behind know a shopper: pseudonyms that tell nothing of the secret, nor of each other. */
export type Shopper = Readonly<{ customer: string; cartId: string }>

/** Who shops, known by a secret of the browser's or the program's own; nobody has to sign in. */
export type ShopperCookie = Readonly<{
  /** null: has never put anything into a cart. Fails with `gateway.bad-request` where the header is no secret. */
  known(): Shopper | null
  /** The shopper; one that is new gets a cookie. */
  keep(): Shopper
}>

const pseudonym = (secret: string, of: string): string =>
  createHash('sha256').update(`${of}:${secret}`).digest('base64url').slice(0, 32)

const shopperOf = (secret: string): Shopper => ({
  customer: pseudonym(secret, 'customer'),
  cartId: pseudonym(secret, 'cart'),
})

/** The secret is in a cookie that no script reads and no other site makes the browser send; a program sends `x-shopper`. */
export function shopperCookie(headers: IncomingHttpHeaders, reply: Reply, isAlwaysSecure: boolean): ShopperCookie {
  const secretOf = (): string | null => {
    const given = headers[header]
    if (given === undefined) {
      const kept = cookieValue(headers.cookie, name)
      return kept !== null && form.test(kept) ? kept : null
    }
    if (typeof given === 'string' && form.test(given)) return given
    throw gatewayFailure('gateway.bad-request', `the header ${header} is not 16 to 128 letters, digits, "_" and "-"`)
  }
  return Object.freeze({
    known() {
      const secret = secretOf()
      return secret === null ? null : shopperOf(secret)
    },
    keep() {
      const known = secretOf()
      if (known !== null) return shopperOf(known)
      const secret = randomBytes(24).toString('base64url')
      const secure = isAlwaysSecure || isHttps(headers) ? '; Secure' : ''
      reply.header(
        'set-cookie',
        `${name}=${secret}; Path=/api; Max-Age=${yearSeconds}; HttpOnly; SameSite=Strict${secure}`,
      )
      return shopperOf(secret)
    },
  })
}

import type { IncomingHttpHeaders } from 'node:http'
import type { Reply } from '@eip/rpc'

const name = 'eip_session'

/** Where a browser keeps its token: no script reads it, and no other site makes the browser send it. */
export type SessionCookie = Readonly<{
  token: string | null
  keep(token: string, lifetimeSeconds: number): void
  drop(): void
}>

/** The value of one cookie in a `cookie` header, where there is one. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return value === '' ? null : value
  }
  return null
}

/** The token of a `cookie` header, where there is one. */
export const sessionToken = (header: string | undefined): string | null => cookieValue(header, name)

/** Whether the browser asked by https, as the proxy in front says. */
export const isHttps = (headers: IncomingHttpHeaders): boolean => {
  const given = headers['x-forwarded-proto']
  return (Array.isArray(given) ? given[0] : given)?.split(',')[0]?.trim().toLowerCase() === 'https'
}

/** `isAlwaysSecure`: the browser is to send it by https only, whatever the proxy in front says. */
export function sessionCookie(headers: IncomingHttpHeaders, reply: Reply, isAlwaysSecure: boolean): SessionCookie {
  const secure = isAlwaysSecure || isHttps(headers) ? '; Secure' : ''
  const write = (value: string, seconds: number) =>
    reply.header('set-cookie', `${name}=${value}; Path=/api; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`)
  return Object.freeze({
    token: sessionToken(headers.cookie),
    keep: write,
    drop: () => write('', 0),
  })
}

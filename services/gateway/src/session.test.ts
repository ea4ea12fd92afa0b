import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newAccount } from './domain/account.ts'
import {
  type BrowserSession,
  bearer,
  browser,
  codeOf,
  type OpenGateway,
  openGateway,
  password,
  sending,
} from './testing/open-gateway.ts'

let shop: OpenGateway
beforeEach(async () => {
  shop = await openGateway({}, { 'search.deleteSynonym': () => ({ id: 'tv' }) })
})
afterEach(() => shop.close())

/** Something that changes something, and may be asked by merchandisers. */
const deleteSynonym = (headers: Record<string, string>) =>
  shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers })
const readSession = async (headers: Record<string, string> = {}) => shop.ask('/api/v1/session', { headers })
const sessionOf = async (headers: Record<string, string>) =>
  ((await readSession(headers)).body as { session: BrowserSession | null }).session

describe('a session in the browser', () => {
  it('puts the token into a cookie that no script and no other site can use, and not into the answer', async () => {
    const { answer, session, setCookie, cookie } = await browser(shop, 'ana')
    const expiresAt = new Date(shop.clock.now() + 900_000).toISOString()
    expect(session).toEqual({
      name: 'ana',
      role: 'merchandiser',
      expiresAt,
      csrf: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(setCookie.split('; ').slice(1)).toEqual(['Path=/api', 'Max-Age=900', 'HttpOnly', 'SameSite=Strict'])
    expect(answer.text).not.toContain(cookie.slice('eip_session='.length))
  })

  it('asks for https in the cookie where the request came by it, or where it always has to', async () => {
    const asked = sending('POST', { name: 'ana', password }, { 'x-forwarded-proto': 'https' })
    expect((await shop.ask('/api/v1/session', asked)).headers.get('set-cookie')).toMatch(/; Secure$/)
    const strict = await openGateway({ secureCookies: true })
    const { setCookie } = await browser(strict, 'ana')
    await strict.close()
    expect(setCookie).toMatch(/; Secure$/)
  })

  it('refuses a wrong password as signing in does, by the same limit', async () => {
    const wrong = () => shop.ask('/api/v1/session', sending('POST', { name: 'ana', password: 'wrong' }))
    const first = await wrong()
    expect([codeOf(first), first.headers.get('set-cookie')]).toEqual(['gateway.sign-in-failed', null])
    for (let i = 0; i < 9; i++) await wrong()
    expect(codeOf(await wrong())).toBe('gateway.too-many-sign-ins')
    const token = await shop.ask('/api/v1/sign-in', sending('POST', { name: 'ana', password }))
    expect(codeOf(token)).toBe('gateway.too-many-sign-ins')
  })

  it('says who is signed in, and that nobody is', async () => {
    const { session, headers } = await browser(shop, 'vic')
    expect(await sessionOf(headers)).toEqual(session)
    const nobody = await readSession()
    expect([nobody.body, nobody.headers.get('set-cookie')]).toEqual([{ session: null }, null])
    expect(await sessionOf(await bearer(shop, 'vic'))).toBeNull()
  })

  it('ends with its lifetime: reading says nobody and drops the cookie, anything else asks for a sign-in', async () => {
    const { headers } = await browser(shop, 'ana')
    shop.clock.advance(901_000)
    const read = await readSession(headers)
    expect(read.body).toEqual({ session: null })
    expect(read.headers.get('set-cookie')).toContain('eip_session=; Path=/api; Max-Age=0')
    const change = await deleteSynonym(headers)
    expect([change.status, codeOf(change)]).toEqual([401, 'gateway.sign-in-needed'])
    expect(codeOf(await shop.ask('/api/v1/session/renew', { method: 'POST', headers }))).toBe('gateway.sign-in-needed')
  })

  it('lets a shopper search with an expired cookie', async () => {
    const { headers } = await browser(shop, 'ana')
    shop.clock.advance(901_000)
    expect(codeOf(await shop.ask('/api/v1/search?q=tv', { headers }))).toBe('test.reached')
  })

  it('closes: the cookie is dropped, also one that has expired', async () => {
    const { headers } = await browser(shop, 'ana')
    const close = () => shop.ask('/api/v1/session', { method: 'DELETE', headers })
    const closed = await close()
    expect([closed.status, closed.body]).toEqual([200, { session: null }])
    expect(closed.headers.get('set-cookie')).toContain('Max-Age=0')
    shop.clock.advance(901_000)
    expect((await close()).headers.get('set-cookie')).toContain('Max-Age=0')
  })
})

describe('renewing a session', () => {
  const renew = (headers: Record<string, string>) => shop.ask('/api/v1/session/renew', { method: 'POST', headers })

  it('gives a new lifetime and keeps the csrf value, so that other pages of the browser go on', async () => {
    const { session, headers } = await browser(shop, 'ana')
    shop.clock.advance(600_000)
    const renewed = await renew(headers)
    expect(renewed.body).toEqual({ ...session, expiresAt: new Date(shop.clock.now() + 900_000).toISOString() })
    shop.clock.advance(600_000)
    const cookie = renewed.headers.get('set-cookie')!.split(';')[0]!
    expect((await deleteSynonym({ ...headers, cookie })).status).toBe(200)
    expect((await deleteSynonym(headers)).status).toBe(401)
  })

  it('reads the account again: its new role holds', async () => {
    const { headers } = await browser(shop, 'ana')
    const ana = await shop.accounts.find('ana')
    await shop.accounts.save({ ...ana!, role: 'viewer' })
    expect((await deleteSynonym(headers)).status).toBe(200)
    const renewed = await renew(headers)
    expect(renewed.body).toMatchObject({ role: 'viewer' })
    const cookie = renewed.headers.get('set-cookie')!.split(';')[0]!
    expect(codeOf(await deleteSynonym({ ...headers, cookie }))).toBe('gateway.role-missing')
  })

  it('refuses where the account was deleted, or has another password by now', async () => {
    const [ana, vic] = [await browser(shop, 'ana'), await browser(shop, 'vic')]
    await shop.accounts.remove('ana')
    await shop.accounts.save(await newAccount('vic', 'viewer', 'another password'))
    for (const { headers } of [ana, vic]) {
      const answer = await renew(headers)
      expect([answer.status, codeOf(answer)]).toEqual([401, 'gateway.sign-in-needed'])
    }
  })

  it('renews no token that a program holds', async () => {
    expect(codeOf(await renew(await bearer(shop, 'ana')))).toBe('gateway.sign-in-needed')
  })
})

describe('a request that another site makes the browser send', () => {
  it.each([
    ['the header is missing', {}, 'x-csrf-token is missing'],
    ['the value is another', { 'x-csrf-token': 'A'.repeat(43) }, "not this session's"],
    ['the value is cut', { 'x-csrf-token': 'A' }, "not this session's"],
  ])('is refused: %s', async (_, given, said) => {
    const { cookie } = await browser(shop, 'ana')
    const answer = await deleteSynonym({ cookie, ...given })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'gateway.forged'])
    expect(answer.text).toContain(said)
  })

  it('is refused with the csrf value of another session, even of the same person', async () => {
    const [one, other] = [await browser(shop, 'ana'), await browser(shop, 'ana')]
    expect(codeOf(await deleteSynonym({ cookie: one.cookie, 'x-csrf-token': other.session.csrf }))).toBe(
      'gateway.forged',
    )
  })

  it.each([
    ['its origin', { origin: 'https://evil.example' }],
    ['an origin that hides', { origin: 'null' }],
    ['the browser', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused by %s, with the right value too', async (_, given) => {
    const { headers } = await browser(shop, 'ana')
    expect(codeOf(await deleteSynonym({ ...headers, ...given }))).toBe('gateway.forged')
    const opening = await shop.ask('/api/v1/session', sending('POST', { name: 'ana', password }, given))
    expect([codeOf(opening), opening.headers.get('set-cookie')]).toEqual(['gateway.forged', null])
    const closing = await shop.ask('/api/v1/session', {
      method: 'DELETE',
      headers: { cookie: headers.cookie, ...given },
    })
    expect([codeOf(closing), closing.headers.get('set-cookie')]).toEqual(['gateway.forged', null])
  })

  it('passes from this origin, and from behind a proxy that says which it was', async () => {
    const { headers } = await browser(shop, 'ana')
    const own = { ...headers, origin: shop.address, 'sec-fetch-site': 'same-origin' }
    expect((await deleteSynonym(own)).status).toBe(200)
    const proxied = { ...headers, origin: 'https://shop.example', 'x-forwarded-host': 'shop.example' }
    expect((await deleteSynonym(proxied)).status).toBe(200)
  })

  it('needs nothing to read, nor from a program with a token of its own', async () => {
    const { cookie } = await browser(shop, 'vic')
    expect(codeOf(await shop.ask('/api/v1/synonyms', { headers: { cookie } }))).toBe('test.reached')
    expect((await deleteSynonym(await bearer(shop, 'ana'))).status).toBe(200)
  })

  it('does not pass a program’s token as a cookie', async () => {
    const { authorization } = await bearer(shop, 'ana')
    const cookie = `eip_session=${authorization!.slice('Bearer '.length)}`
    expect(codeOf(await deleteSynonym({ cookie }))).toBe('gateway.sign-in-needed')
  })

  it.each(['eip_session=', 'eip_session=nonsense', 'other=1; eip_session="x"', 'eip_session', 'eip_sessionX'])(
    'is nobody’s with the cookie %s',
    async (cookie) => {
      expect(codeOf(await deleteSynonym({ cookie }))).toBe('gateway.sign-in-needed')
      expect(await sessionOf({ cookie })).toBeNull()
    },
  )
})

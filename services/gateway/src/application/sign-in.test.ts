import { fakeClock } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { memoryAccountStore } from '../adapters/memory.account-store.ts'
import { newAccount } from '../domain/account.ts'
import { attemptLimit } from '../domain/attempt-limit.ts'
import { authenticate, authorize } from './authorize.ts'
import { csrfValues } from './forgery.ts'
import { signIn } from './sign-in.ts'
import { signedTokens } from './token.ts'

const key = new Uint8Array(32).fill(7)

async function opened() {
  const clock = fakeClock()
  const tokens = signedTokens({ key, clock, lifetimeSeconds: 900 })
  const accounts = memoryAccountStore([await newAccount('ana', 'merchandiser', 'correct horse')])
  const claimsOf = authenticate({ tokens, csrf: csrfValues(key) })
  const bearer = (authorization: string) => claimsOf({ method: 'GET', headers: { authorization } })
  return { clock, tokens, bearer, enter: signIn({ accounts, tokens, attempts: attemptLimit(clock, 3, 60_000) }) }
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  )

describe('signing in', () => {
  it('gives a token that says who one is, until it expires', async () => {
    const { clock, bearer, enter } = await opened()
    const { token, role, expiresAt } = await enter({ name: 'ana', password: 'correct horse' })
    expect([role, expiresAt]).toEqual(['merchandiser', new Date(clock.now() + 900_000).toISOString()])
    expect(await bearer(`Bearer ${token}`)).toMatchObject({ name: 'ana', role: 'merchandiser', session: null })
    clock.advance(901_000)
    expect(await codeOf(bearer(`Bearer ${token}`))).toBe('gateway.sign-in-needed')
  })

  it('answers a wrong name as it answers a wrong password', async () => {
    const { enter } = await opened()
    expect(await codeOf(enter({ name: 'ana', password: 'wrong' }))).toBe('gateway.sign-in-failed')
    expect(await codeOf(enter({ name: 'nobody', password: 'wrong' }))).toBe('gateway.sign-in-failed')
  })

  it('slows guessing down, for that name alone and for a while', async () => {
    const { clock, enter } = await opened()
    for (let i = 0; i < 3; i++) await codeOf(enter({ name: 'ana', password: 'wrong' }))
    expect(await codeOf(enter({ name: 'ana', password: 'correct horse' }))).toBe('gateway.too-many-sign-ins')
    expect(await codeOf(enter({ name: 'bea', password: 'wrong' }))).toBe('gateway.sign-in-failed')
    clock.advance(60_000)
    expect(await codeOf(enter({ name: 'ana', password: 'correct horse' }))).toBe('ok')
  })

  it.each([
    'Bearer nonsense',
    'Basic YW5hOnNlY3JldA==',
    '',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEiLCJyb2xlIjoib3BlcmF0b3IiLCJpc3MiOiJlaXAiLCJleHAiOjk5OTk5OTk5OTl9.',
  ])('refuses the header "%s"', async (header) => {
    const { bearer } = await opened()
    expect(await codeOf(bearer(header))).toBe('gateway.sign-in-needed')
  })

  it('refuses a token that another key signed', async () => {
    const { clock, tokens } = await opened()
    const other = signedTokens({ key: new Uint8Array(32).fill(8), clock, lifetimeSeconds: 900 })
    const { token } = await other.issue({ name: 'ana', role: 'operator' })
    expect(await codeOf(tokens.verify(token))).toBe('gateway.sign-in-needed')
  })
})

describe('permission', () => {
  const refusal = (operation: string, role: 'shopper' | 'viewer' | 'operator' | null): unknown => {
    try {
      authorize(operation, role && { role })
      return null
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  it('lets everybody search', () => expect(refusal('search', null)).toBeNull())
  it('asks for a sign-in where one is needed', () =>
    expect(refusal('upsertProducts', null)).toBe('gateway.sign-in-needed'))
  it('refuses a role that may not', () => expect(refusal('upsertProducts', 'viewer')).toBe('gateway.role-missing'))
  it('lets the operator do everything', () => {
    for (const operation of ['upsertProducts', 'deleteProducts', 'indexStatus', 'saveAccount'])
      expect(refusal(operation, 'operator')).toBeNull()
  })
})

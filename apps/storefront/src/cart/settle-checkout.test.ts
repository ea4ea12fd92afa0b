import { gatewayContract } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CheckoutAsked,
  isOver,
  newCheckoutId,
  type Outcome,
  settleCheckout,
  type WaitsFor,
} from './settle-checkout.ts'

const asked: CheckoutAsked = {
  checkoutId: 'one',
  expected: { amount: 1_000, currency: 'USD' },
  paymentToken: 'test-card',
}
const order = { orderId: 'one' } as unknown as Extract<Outcome, { outcome: 'placed' }>['order']

class Lost extends Error {}
class Refused extends Error {}

type Way = 'works' | 'lost before' | 'lost after' | 'pending'

/** A gateway whose way is as it is told, call by call; what it was asked first it does once, by the id. */
function fakeGateway(ways: readonly Way[]) {
  const charged: string[] = []
  let call = 0
  const checkout = async ({ checkoutId }: CheckoutAsked): Promise<Outcome> => {
    const way = ways[call++] ?? 'works'
    if (way === 'lost before') throw new Lost()
    if (way === 'pending') return { outcome: 'pending' }
    if (!charged.includes(checkoutId)) charged.push(checkoutId)
    if (way === 'lost after') throw new Lost()
    return { outcome: 'placed', order }
  }
  return { charged, checkout, calls: () => call }
}

function wayTo(checkout: (input: CheckoutAsked) => Promise<Outcome>) {
  const waited: WaitsFor[] = []
  return {
    waited,
    ask: () => checkout(asked),
    isPassing: (failure: unknown) => failure instanceof Lost,
    isRefusal: (failure: unknown) => failure instanceof Refused,
    pause: async () => {},
    waits: (what: WaitsFor) => void waited.push(what),
  }
}

describe('a checkout', () => {
  it('buys once, whatever is lost on the way and however long the payment is pending', async () => {
    const ways = fc.array(fc.constantFrom<Way>('works', 'lost before', 'lost after', 'pending'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(ways, async (given) => {
        const gateway = fakeGateway(given)
        expect(await settleCheckout(wayTo(gateway.checkout))).toEqual({ outcome: 'placed', order })
        expect(gateway.charged).toEqual(['one'])
      }),
    )
  })

  it('says whether it waits for the server or for the payment', async () => {
    const way = wayTo(fakeGateway(['lost before', 'pending', 'lost after']).checkout)
    await settleCheckout(way)
    expect(way.waited).toEqual(['server', 'payment', 'server'])
  })

  it.each<Outcome>([
    { outcome: 'insufficient', lines: [{ productId: 'a', wanted: 2, available: 0 }] },
    { outcome: 'repriced', total: { amount: 1_200, currency: 'USD' } },
    { outcome: 'declined', reason: 'no cover' },
  ])('is over when it was answered: $outcome', async (answer) => {
    const settled = await settleCheckout(wayTo(async () => answer))
    expect(settled).toEqual(answer)
    expect(isOver(settled)).toBe(true)
  })

  it('is over when it was refused, and keeps its id where the answer was none', async () => {
    const endsWith = (failure: Error) => settleCheckout(wayTo(() => Promise.reject(failure)))
    expect(isOver(await endsWith(new Refused()))).toBe(true)
    expect(isOver(await endsWith(new Error('a broken answer')))).toBe(false)
  })

  it('stops asking when the shopper goes away', async () => {
    const gateway = fakeGateway(Array<Way>(100).fill('pending'))
    const pause = async (attempt: number) => {
      if (attempt === 2) throw new Error('left')
    }
    await expect(settleCheckout({ ...wayTo(gateway.checkout), pause })).rejects.toThrow('left')
    expect(gateway.calls()).toBe(3)
  })

  it('has an id of its own that the gateway takes', () => {
    const ids = Array.from({ length: 100 }, newCheckoutId)
    expect(new Set(ids).size).toBe(100)
    const input = gatewayContract.checkout['~orpc'].inputSchema!
    for (const checkoutId of ids) expect(input.safeParse({ ...asked, checkoutId }).error).toBeUndefined()
  })
})

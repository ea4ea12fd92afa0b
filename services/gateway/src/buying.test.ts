import { failures } from '@eip/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, codeOf, type OpenGateway, openGateway, sending } from './testing/open-gateway.ts'

const gone = failures({ 'test.gone': { kind: 'unavailable', cure: 'None.' } })

let gateway: OpenGateway
afterEach(() => gateway.close())

const price = { amount: 100, currency: 'USD' }
const lines = [{ productId: 'p1', title: 'Lamp', quantity: 1, unitPrice: price }]
const carts: string[] = []
const answers: Answers = {
  'orders.getCart': (input) => ({ ...(input as object), lines, total: price }),
  'orders.setCartLine': (input) => {
    const { cartId } = input as { cartId: string }
    carts.push(cartId)
    return { cartId, lines, total: price }
  },
  'inventory.getStock': () => ({ stock: [] }),
  'logistics.promise': () => {
    throw gone('test.gone', 'logistics is away')
  },
}
const open = async () => {
  gateway = await openGateway({}, answers)
  return gateway
}
const shopper = (secret: string) => ({ 'x-shopper': secret })

describe('a shopper', () => {
  it('gets a cookie with the first thing that is put into a cart, and is known by it', async () => {
    const { ask } = await open()
    const first = await ask('/api/v1/cart/lines/p1', sending('PUT', { quantity: 1 }))
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^eip_shopper=[\w-]{32}; Path=\/api; Max-Age=31536000; HttpOnly; SameSite=Strict$/)
    const again = await ask('/api/v1/cart/lines/p1', sending('PUT', { quantity: 2 }, { cookie: cookie.split(';')[0]! }))
    expect(again.headers.get('set-cookie')).toBeNull()
    expect(carts.at(-1)).toBe(carts.at(-2))
    expect(cookie).not.toContain(carts.at(-1))
  })

  it('who has put nothing into a cart has an empty one, and no orders', async () => {
    const { ask } = await open()
    expect((await ask('/api/v1/cart')).body).toEqual({ lines: [], total: null })
    expect((await ask('/api/v1/orders')).body).toEqual({ orders: [], next: null })
    expect(codeOf(await ask('/api/v1/orders/o1'))).toBe('orders.no-such-order')
  })

  it('is named to the services by pseudonyms that nobody can choose', async () => {
    const { ask } = await open()
    const checkout = { checkoutId: 'c1', expected: price, paymentToken: 'card' }
    const secret = 'a-secret-of-a-program'
    const { body } = await ask(
      '/api/v1/checkout',
      sending('POST', { ...checkout, customer: 'somebody else', cartId: 'x'.repeat(20) }, shopper(secret)),
    )
    const { input } = (body as { error: { details: { input: Record<string, unknown> } } }).error.details
    expect(input).toMatchObject({ checkoutId: 'c1', promisedAt: null })
    expect(JSON.stringify(input)).not.toContain(secret)
    expect(input.customer).not.toBe('somebody else')
    expect(input.customer).not.toBe(input.cartId)
  })

  it('with a secret that is too short is told so', async () => {
    const { ask } = await open()
    const refused = await ask('/api/v1/cart', { headers: shopper('short') })
    expect([refused.status, codeOf(refused)]).toEqual([400, 'gateway.bad-request'])
  })

  it('buys nothing by a page of another site', async () => {
    const { ask } = await open()
    const elsewhere = { origin: 'https://elsewhere.example', ...shopper('a-secret-of-a-program') }
    const refused = await ask('/api/v1/cart/lines/p1', sending('PUT', { quantity: 1 }, elsewhere))
    expect([refused.status, codeOf(refused)]).toEqual([403, 'gateway.forged'])
  })
})

describe('delivery', () => {
  it('is told as far as it is known, and says what is missing', async () => {
    const { ask } = await open()
    expect((await ask('/api/v1/products/p1/delivery?region=SP')).body).toEqual({
      stock: { notice: 'unknown', left: null },
      promise: null,
      degraded: [{ part: 'promise', reason: 'test.gone' }],
    })
  })
})

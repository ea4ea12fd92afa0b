import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patienceMs } from './application/drive-checkouts.ts'
import { buying, cartId, openStage, type Running, type Stage, usd } from './testing/open-stage.ts'

let stage: Stage
let shop: Running
beforeEach(async () => {
  stage = await openStage({ a: 3, b: 5 })
  await stage.sell([
    { id: 'a', price: usd(500), title: 'Tea', seller: 'Shop', categoryPath: ['Home', 'Tea'] },
    { id: 'b', price: usd(250) },
    { id: 'won', price: { amount: 9_000, currency: 'KRW' } },
    { id: 'free-of-price' },
  ])
  shop = await stage.start()
})
afterEach(() => stage[Symbol.asyncDispose]())

const put = (productId: string, quantity: number, cart = cartId) =>
  shop.client.setCartLine({ cartId: cart, productId, quantity })
const cartOf = (name: string) => `cart-of-${name}-0123456789`
const checkOut = (...given: Parameters<typeof buying>) => shop.client.checkout(buying(...given))

it('buys what is in the cart, at the prices of the book, and empties it', async () => {
  await put('a', 2)
  expect(await put('b', 1)).toMatchObject({ total: usd(1_250) })
  const answer = await checkOut('c1', 1_250, { region: 'SP', promisedAt: stage.clock.now() + 1_000 })
  expect(answer).toMatchObject({
    outcome: 'placed',
    order: {
      ...{ orderId: 'c1', state: 'paid', customer: 'ann', region: 'SP', total: usd(1_250), source: 'checkout' },
      lines: [
        {
          productId: 'a',
          quantity: 2,
          unitPrice: usd(500),
          title: 'Tea',
          seller: 'Shop',
          categoryPath: ['Home', 'Tea'],
        },
        { productId: 'b', quantity: 1 },
      ],
      ...{ placedAt: stage.clock.now(), paidAt: stage.clock.now(), promisedAt: stage.clock.now() + 1_000 },
    },
  })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 1, reserved: 0 })
  expect(await stage.paymentOf('c1')).toBe('captured')
  expect(await shop.client.getCart({ cartId })).toEqual({ cartId, lines: [], total: null })
  await stage.hasPublished('purchase', 1)
  expect(stage.published('purchase')[0]).toMatchObject({ key: 'ann', market: { currency: 'USD', region: 'SP' } })
  expect(stage.published('orders.order-changed')[0]).toMatchObject({ key: 'c1', version: 1 })
  expect(stage.published('cart')).toHaveLength(2)
})

it('answers what became of a checkout when its id comes again, also when the cart has new things', async () => {
  await put('a', 1)
  const first = await checkOut('c1', 500)
  expect(await checkOut('c1', 500)).toEqual(first)
  await put('b', 1)
  expect(await checkOut('c1', 500)).toEqual(first)
  await expect(checkOut('c1', 250)).rejects.toMatchObject({ code: 'orders.checkout-differs' })
  await expect(checkOut('c1', 500, { customer: 'bob' })).rejects.toMatchObject({ code: 'orders.checkout-differs' })
  expect((await shop.client.statistics({})).orders).toBe(1)
})

it('does not buy another cart under the id of a checkout that came to nothing', async () => {
  await put('a', 4)
  const refused = { outcome: 'insufficient', lines: [{ productId: 'a', wanted: 4, available: 3 }] }
  expect(await checkOut('c1', 2_000)).toEqual(refused)
  expect(await checkOut('c1', 2_000)).toEqual(refused)
  await put('a', 0)
  await put('b', 8)
  await expect(checkOut('c1', 2_000)).rejects.toMatchObject({ code: 'orders.checkout-differs' })
})

it('tells a new total and begins nothing, when the price has moved', async () => {
  await put('a', 1)
  await stage.sell([{ id: 'a', price: usd(600) }], 2)
  expect((await shop.client.getCart({ cartId })).total).toEqual(usd(600))
  expect(await checkOut('c1', 500)).toEqual({ outcome: 'repriced', total: usd(600) })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 3, reserved: 0 })
  expect(await checkOut('c1', 600)).toMatchObject({ outcome: 'placed', order: { total: usd(600) } })
})

it('takes nothing when the payment is declined', async () => {
  await put('a', 1)
  const answer = await checkOut('c1', 500, { paymentToken: 'declined' })
  expect(answer).toMatchObject({ outcome: 'declined', reason: expect.any(String) })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 3, reserved: 0 })
  expect((await shop.client.getCart({ cartId })).lines).toHaveLength(1)
  expect(await shop.client.statistics({})).toMatchObject({ orders: 0, unfinished: 0 })
})

it('asks again for a payment whose answer was lost', async () => {
  await put('a', 1)
  expect(await checkOut('c1', 500, { paymentToken: 'timeout' })).toMatchObject({ outcome: 'placed' })
})

it('takes nothing while stock does not answer, and lets go of what it may have reserved', async () => {
  await put('a', 1)
  await shop.stop()
  for (const kind of ['lost before', 'lost after'] as const) {
    const life = await stage.start({ kind, call: 1 })
    await expect(life.client.checkout(buying(kind.replace(' ', '-'), 500))).rejects.toMatchObject({
      ...{ code: 'orders.not-ready', kind: 'unavailable' },
    })
    stage.clock.advance(patienceMs + 1)
    await life.sweep()
    expect(stage.stock.amounts('a')).toEqual({ onHand: 3, reserved: 0 })
    expect(await life.client.checkout(buying(kind.replace(' ', '-'), 500))).toMatchObject({ outcome: 'declined' })
    await life.stop()
  }
})

it('goes on with the same checkout when stock is back before it was given up', async () => {
  await put('a', 1)
  await shop.stop()
  const life = await stage.start({ kind: 'lost after', call: 1 })
  await expect(life.client.checkout(buying('c1', 500))).rejects.toMatchObject({ code: 'orders.not-ready' })
  expect(await life.client.checkout(buying('c1', 500))).toMatchObject({ outcome: 'placed' })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 2, reserved: 0 })
})

it('says that it is pending while an end is not known, and comes to it later', async () => {
  for (const id of ['c3', 'c4']) await put('a', 1, cartOf(id))
  await shop.stop()
  // The first calls are: reserve, authorise, confirm, capture.
  for (const [call, id] of [
    [3, 'c3'],
    [4, 'c4'],
  ] as const) {
    const life = await stage.start({ kind: 'lost after', call })
    const asked = { ...buying(id, 500), cartId: cartOf(id) }
    expect(await life.client.checkout(asked)).toEqual({ outcome: 'pending' })
    expect(await life.client.statistics({})).toMatchObject({ unfinished: 1 })
    stage.clock.advance(patienceMs + 1)
    await life.sweep()
    expect(await life.client.checkout(asked)).toMatchObject({ outcome: 'placed' })
    await life.stop()
  }
  expect(stage.stock.amounts('a')).toEqual({ onHand: 1, reserved: 0 })
})

it('never captures what ran out before it was confirmed', async () => {
  await put('a', 1)
  await shop.stop()
  const life = await stage.start({ kind: 'lost before', call: 3 })
  expect(await life.client.checkout(buying('c1', 500))).toEqual({ outcome: 'pending' })
  expect(await stage.paymentOf('c1')).toBe('authorised')
  stage.clock.advance(901_000)
  await life.sweep()
  expect(await stage.paymentOf('c1')).toBe('voided')
  expect(await life.client.checkout(buying('c1', 500))).toMatchObject({ outcome: 'declined' })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 3, reserved: 0 })
})

it('gives the goods back when the payment lapsed after they were confirmed', async () => {
  await put('a', 1)
  await shop.stop()
  const life = await stage.start({ kind: 'lost before', call: 4 })
  expect(await life.client.checkout(buying('c1', 500))).toEqual({ outcome: 'pending' })
  await stage.payment.void('c1')
  expect(await life.client.checkout(buying('c1', 500))).toMatchObject({ outcome: 'declined' })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 3, reserved: 0 })
  expect(await life.client.statistics({})).toMatchObject({ orders: 0, unfinished: 0 })
})

it('sells the last piece to one of two shoppers', async () => {
  await put('a', 2)
  await checkOut('c0', 1_000)
  const carts = ['first', 'second'].map(cartOf)
  for (const cart of carts) await put('a', 1, cart)
  const answers = await Promise.all(carts.map((cart, at) => checkOut(`c${at + 1}`, 500, { cartId: cart })))
  expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['insufficient', 'placed'])
  expect(stage.stock.amounts('a')).toEqual({ onHand: 0, reserved: 0 })
})

it('buys once when the same checkout is asked for many times at once, in several processes', async () => {
  await put('a', 1)
  const others = [await stage.start(), await stage.start()]
  const lives = [shop, ...others, shop, others[0]!]
  const answers = await Promise.all(lives.map(({ client }) => client.checkout(buying('c1', 500))))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ outcome: 'placed' })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 2, reserved: 0 })
  await stage.hasPublished('purchase', 1)
  expect(stage.published('purchase')).toHaveLength(1)
})

it('buys a cart once, when it is bought under several ids at once, in several processes', async () => {
  await put('a', 1)
  const lives = [shop, await stage.start(), shop, await stage.start()]
  const answers = await Promise.all(
    lives.map(({ client }, at) => client.checkout(buying(`c${at}`, 500)).catch(({ code }) => ({ outcome: code }))),
  )
  expect(answers.filter(({ outcome }) => outcome === 'placed')).toHaveLength(1)
  expect(await shop.client.statistics({})).toMatchObject({ orders: 1, unfinished: 0 })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 2, reserved: 0 })
})

it('buys under a new id at once, when stock did not answer to the first', async () => {
  await put('a', 1)
  await shop.stop()
  const life = await stage.start({ kind: 'lost after', call: 1 })
  await expect(life.client.checkout(buying('c1', 500))).rejects.toMatchObject({ code: 'orders.not-ready' })
  expect(await life.client.checkout(buying('c2', 500))).toMatchObject({ outcome: 'placed' })
  expect(await life.client.checkout(buying('c1', 500))).toMatchObject({ outcome: 'declined' })
  expect(stage.stock.amounts('a')).toEqual({ onHand: 2, reserved: 0 })
  expect(await stage.paymentOf('c1')).toBe('voided')
})

it('never sells more than there is, nor takes more than was sold, whatever shoppers do', async () => {
  const move = fc.record({
    shopper: fc.integer({ min: 0, max: 3 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    token: fc.constantFrom('card', 'card', 'declined', 'timeout'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 12 }), async (moves) => {
      await using other = await openStage({ a: 5 })
      await other.sell([{ id: 'a', price: usd(500) }])
      const { client } = await other.start()
      const answers = await Promise.all(
        moves.map(async ({ shopper, quantity, token: paymentToken }, at) => {
          const cart = cartOf(`${shopper}`)
          await client.setCartLine({ cartId: cart, productId: 'a', quantity })
          const asked = buying(`c${at}`, quantity * 500, { cartId: cart, paymentToken })
          return client.checkout(asked).catch(({ code }) => ({ outcome: code as string }))
        }),
      )
      const { orders } = await client.listOrders({})
      const sold = orders.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.quantity, 0)
      expect(other.stock.amounts('a')).toEqual({ onHand: 5 - sold, reserved: 0 })
      expect(answers.filter(({ outcome }) => outcome === 'placed')).toHaveLength(orders.length)
      for (const [at, { outcome }] of answers.entries())
        if (outcome === 'placed') expect(await other.paymentOf(`c${at}`)).toBe('captured')
        else expect(await other.paymentOf(`c${at}`)).not.toBe('captured')
    }),
    { numRuns: 15 },
  )
})

describe('refuses', () => {
  const code = (expected: string) => expect.objectContaining({ code: expected })

  it('an empty cart, products without a price, and several currencies', async () => {
    await expect(checkOut('c1', 0)).rejects.toEqual(code('orders.empty-cart'))
    for (const id of ['nobody-sells-it', 'free-of-price'])
      await expect(put(id, 1)).rejects.toEqual(code('orders.unknown-product'))
    await put('a', 1)
    expect(await put('won', 1)).toMatchObject({ total: null })
    await expect(checkOut('c1', 500)).rejects.toEqual(code('orders.mixed-currencies'))
    await stage.sell([{ id: 'a', price: usd(500), active: false }], 2)
    expect((await shop.client.getCart({ cartId })).lines[0]?.unitPrice).toBeNull()
    await expect(checkOut('c1', 500)).rejects.toEqual(code('orders.unknown-product'))
    expect((await put('a', 0)).lines).toHaveLength(1)
  })

  it('quantities that are none, ids with other characters, and totals that no number counts', async () => {
    for (const quantity of [-1, 1.5, 10_001, Number.NaN])
      await expect(put('a', quantity)).rejects.toEqual(code('rpc.bad-input'))
    await put('a', 1)
    await expect(checkOut('c 1', 500)).rejects.toEqual(code('rpc.bad-input'))
    await expect(shop.client.getCart({ cartId: 'short' })).rejects.toEqual(code('rpc.bad-input'))
    await stage.sell([{ id: 'dear', price: usd(Number.MAX_SAFE_INTEGER) }])
    expect((await put('dear', 3)).total).toBeNull()
    await expect(checkOut('c1', 500)).rejects.toEqual(code('orders.cart-full'))
  })

  it('the id of an order that another system made', async () => {
    await put('a', 1)
    const order = { orderId: 'o1', customer: 'bob', region: null, state: 'placed', placedAt: 5, review: null }
    const times = { paidAt: null, shippedAt: null, deliveredAt: null, cancelledAt: null, returnedAt: null }
    const line = { productId: 'a', quantity: 1, unitPrice: usd(1), seller: null, sellerRegion: null, categoryPath: [] }
    await shop.client.importOrders({ orders: [{ ...order, ...times, promisedAt: null, lines: [line] }] })
    await expect(checkOut('o1', 500)).rejects.toEqual(code('orders.checkout-differs'))
  })
})

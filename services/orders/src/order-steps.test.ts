import type { Envelope, Order } from '@eip/contracts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { days } from './testing/examples.ts'
import { buying, cartId, openStage, type Running, type Stage, usd } from './testing/open-stage.ts'

let stage: Stage
let shop: Running
beforeEach(async () => {
  stage = await openStage({ a: 9, b: 9 })
  await stage.sell([
    { id: 'a', price: usd(500) },
    { id: 'b', price: usd(250) },
  ])
  shop = await stage.start()
  await shop.client.setCartLine({ cartId, productId: 'a', quantity: 2 })
  await shop.client.setCartLine({ cartId, productId: 'b', quantity: 1 })
  await shop.client.checkout(buying('o1', 1_250))
})
afterEach(() => stage[Symbol.asyncDispose]())

const orderId = 'o1'
const refuses = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code })
const changes = () => stage.published('orders.order-changed') as readonly Envelope<Order>[]

it('goes its way to the customer, and tells of every step once', async () => {
  const { client } = shop
  const begun = stage.clock.now()
  stage.clock.advance(days(3))
  await client.shipOrder({ orderId, at: begun + days(1) })
  await client.shipOrder({ orderId })
  await client.deliverOrder({ orderId })
  const order = await client.deliverOrder({ orderId, at: begun })
  expect(order).toMatchObject({ state: 'delivered', shippedAt: begun + days(1), deliveredAt: begun + days(3) })
  expect(await client.getOrder({ orderId, customer: 'ann' })).toEqual(order)
  await stage.hasPublished('orders.order-changed', 3)
  expect(changes().map(({ version, payload, occurredAt }) => [version, payload!.state, occurredAt - begun])).toEqual([
    [1, 'paid', 0],
    [2, 'shipped', days(1)],
    [3, 'delivered', days(3)],
  ])
})

it('takes no step before the one that it follows, nor in the future', async () => {
  const { client } = shop
  const now = stage.clock.now()
  await refuses(client.shipOrder({ orderId, at: now - 1 }), 'orders.bad-time')
  await refuses(client.shipOrder({ orderId, at: now + 5 * 60_000 + 1 }), 'orders.bad-time')
  await refuses(client.shipOrder({ orderId, at: Number.MAX_SAFE_INTEGER }), 'orders.bad-time')
  await refuses(client.shipOrder({ orderId, at: -1 }), 'rpc.bad-input')
  await client.shipOrder({ orderId, at: now + 5 * 60_000 })
  await refuses(client.deliverOrder({ orderId, at: now }), 'orders.bad-time')
  // Our own clock is behind the one that told of the shipment: the delivery of now is not before it.
  expect(await client.deliverOrder({ orderId })).toMatchObject({ deliveredAt: now + 5 * 60_000 })
})

it('takes no step out of turn', async () => {
  const { client } = shop
  await refuses(client.deliverOrder({ orderId }), 'orders.wrong-state')
  await refuses(client.returnOrder({ orderId }), 'orders.wrong-state')
  await refuses(client.reviewOrder({ orderId, customer: 'ann', score: 5 }), 'orders.wrong-state')
  await client.shipOrder({ orderId })
  await refuses(client.cancelOrder({ orderId }), 'orders.wrong-state')
  await refuses(client.shipOrder({ orderId: 'other' }), 'orders.no-such-order')
})

it('is cancelled before it is shipped, and the money goes back', async () => {
  const { client } = shop
  const order = await client.cancelOrder({ orderId, reason: ' changed my mind ' })
  expect(order).toMatchObject({ state: 'cancelled', reason: 'changed my mind', cancelledAt: stage.clock.now() })
  expect(await stage.paymentOf(orderId)).toBe('voided')
  expect(await client.cancelOrder({ orderId, reason: 'other' })).toEqual(order)
  await refuses(client.shipOrder({ orderId }), 'orders.wrong-state')
  await stage.hasPublished('orders.order-changed', 2)
  expect(changes()).toHaveLength(2)
})

it('gives the money back later, where the provider did not answer', async () => {
  await shop.stop()
  const life = await stage.start({ kind: 'lost before', call: 1 })
  expect(await life.client.cancelOrder({ orderId })).toMatchObject({ state: 'cancelled' })
  expect(await stage.paymentOf(orderId)).toBe('captured')
  await life.sweep()
  expect(await stage.paymentOf(orderId)).toBe('voided')
})

it('comes back in parts, and is returned with the last of them', async () => {
  const { client } = shop
  await client.shipOrder({ orderId })
  await client.deliverOrder({ orderId })
  const part = await client.returnOrder({ orderId, lines: [{ productId: 'a', quantity: 1 }], reason: 'too big' })
  expect(part).toMatchObject({ state: 'delivered', reason: 'too big', lines: [{ returned: 1 }, { returned: 0 }] })
  const tooMany = [{ productId: 'a', quantity: 2 }]
  await refuses(client.returnOrder({ orderId, lines: tooMany }), 'orders.too-many-returned')
  const twice = [tooMany[0]!, { productId: 'b', quantity: 1 }].map((line) => ({ ...line, quantity: 1 }))
  const sneaky = [...twice, { productId: 'a', quantity: 1 }]
  await refuses(client.returnOrder({ orderId, lines: sneaky }), 'orders.too-many-returned')
  const never = [{ productId: 'never-sold', quantity: 1 }]
  await refuses(client.returnOrder({ orderId, lines: never }), 'orders.too-many-returned')
  const whole = await client.returnOrder({ orderId })
  expect(whole).toMatchObject({ state: 'returned', reason: 'too big', lines: [{ returned: 2 }, { returned: 1 }] })
  expect(await client.returnOrder({ orderId })).toEqual(whole)
  await refuses(client.returnOrder({ orderId, lines: twice }), 'orders.too-many-returned')
})

it('is reviewed by its customer, once', async () => {
  const { client } = shop
  await client.shipOrder({ orderId })
  await refuses(client.reviewOrder({ orderId, customer: 'bob', score: 1 }), 'orders.no-such-order')
  await refuses(client.reviewOrder({ orderId, customer: 'ann', score: 6 }), 'rpc.bad-input')
  const order = await client.reviewOrder({ orderId, customer: 'ann', score: 4 })
  expect(order.review).toEqual({ score: 4, at: stage.clock.now() })
  expect(await client.reviewOrder({ orderId, customer: 'ann', score: 4 })).toEqual(order)
  await refuses(client.reviewOrder({ orderId, customer: 'ann', score: 1 }), 'orders.wrong-state')
})

it('is shown to its customer and to nobody else', async () => {
  const { client } = shop
  await refuses(client.getOrder({ orderId, customer: 'bob' }), 'orders.no-such-order')
  await refuses(client.getOrder({ orderId: 'o2' }), 'orders.no-such-order')
  expect((await client.listOrders({ customer: 'bob' })).orders).toEqual([])
  expect((await client.listOrders({ customer: 'ann', state: 'paid' })).orders).toHaveLength(1)
})

it('is found page by page', async () => {
  const { client } = shop
  for (const id of ['o2', 'o3.a', 'o4']) {
    await client.setCartLine({ cartId, productId: 'b', quantity: 1 })
    await client.checkout(buying(id, 250))
  }
  const seen: string[] = []
  for (let before: string | undefined; ; ) {
    const { orders, next } = await client.listOrders({ limit: 1, ...(before === undefined ? {} : { before }) })
    seen.push(...orders.map((order) => order.orderId))
    if (next === null) break
    before = next
  }
  expect(seen).toEqual(['o4', 'o3.a', 'o2', 'o1'])
  for (const before of ['', 'x', '12', '99999999999999999.o1'])
    await refuses(client.listOrders({ before }), 'rpc.bad-input')
})

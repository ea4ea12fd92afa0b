import type { Envelope, Order } from '@eip/contracts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { days, noon } from './testing/examples.ts'
import { buying, cartId, openStage, type Running, type Stage, usd } from './testing/open-stage.ts'

let stage: Stage
let shop: Running
beforeEach(async () => {
  stage = await openStage({ a: 9 })
  shop = await stage.start()
})
afterEach(() => stage[Symbol.asyncDispose]())

const placedAt = noon - days(30)
const row = (orderId: string, fields: Record<string, unknown> = {}) => ({
  ...{ orderId, customer: 'ann', region: 'SP', state: 'delivered', placedAt, paidAt: placedAt + 1 },
  ...{ shippedAt: placedAt + days(2), deliveredAt: placedAt + days(5), cancelledAt: null, returnedAt: null },
  ...{ promisedAt: placedAt + days(9), review: { score: 5, at: placedAt + days(6) } },
  lines: [line('a')],
  ...fields,
})
const line = (productId: string, fields: Record<string, unknown> = {}) => ({
  ...{ productId, quantity: 2, unitPrice: usd(300), seller: 's1', sellerRegion: 'RJ', categoryPath: ['Home', 'Tea'] },
  ...fields,
})
const load = (...orders: Record<string, unknown>[]) => shop.client.importOrders({ orders })

it('takes history in, publishes it, and touches neither stock nor money', async () => {
  expect(await load(row('h1'), row('h2', { state: 'cancelled', cancelledAt: placedAt + 5 }))).toEqual({
    ...{ created: 2, updated: 0, unchanged: 0, rejected: [] },
  })
  const order = await shop.client.getOrder({ orderId: 'h1' })
  expect(order).toMatchObject({
    ...{ state: 'delivered', source: 'import', total: usd(600), reason: '' },
    lines: [{ productId: 'a', quantity: 2, returned: 0, title: '', sellerRegion: 'RJ' }],
  })
  await stage.hasPublished('orders.order-changed', 2)
  const [event] = stage.published('orders.order-changed') as Envelope<Order>[]
  expect(event).toMatchObject({ key: 'h1', version: 1, occurredAt: placedAt + days(6), payload: order })
  expect(stage.published('purchase')).toEqual([])
  await shop.sweep()
  expect(stage.stock.amounts('a')).toEqual({ onHand: 9, reserved: 0 })
  expect(await stage.paymentOf('h2')).toBeNull()
})

it('changes nothing by what it has heard already, and takes what is new', async () => {
  await load(row('h1'), row('h2'))
  const changed = row('h2', { state: 'returned', returnedAt: placedAt + days(7), lines: [line('a', { returned: 2 })] })
  expect(await load(row('h1'), changed)).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
  expect(await load(row('h1'), changed)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  await stage.hasPublished('orders.order-changed', 3)
  expect(stage.published('orders.order-changed').map(({ key, version }) => `${key}@${version}`)).toEqual([
    ...['h1@1', 'h2@1', 'h2@2'],
  ])
})

it('takes the last of an order that comes twice at once', async () => {
  expect(await load(row('h1'), row('h1', { region: 'RJ' }))).toMatchObject({ created: 1, updated: 1 })
  expect((await shop.client.getOrder({ orderId: 'h1' })).region).toBe('RJ')
})

it('sets bad rows aside with their reason, and no other', async () => {
  const { rejected, created } = await load(
    row('late', { deliveredAt: placedAt - 1 }),
    row('h1'),
    row('before-shipment', { deliveredAt: placedAt + 5 }),
    row('future', { review: { score: 5, at: noon + days(2) } }),
    row('half', { lines: [line('a', { quantity: 1.5 })] }),
    row('none', { lines: [line('a', { quantity: -1 })] }),
    row('too-many', { lines: [line('b'), line('a', { returned: 3 })] }),
    row('mixed', { lines: [line('a'), line('b', { unitPrice: { amount: 5, currency: 'BRL' } })] }),
    row('misspelt', { delivredAt: 5 }),
    row('h2', { state: 'lost' }),
    { customer: 'ann' },
    JSON.parse('{"__proto__": {"orderId": "x"}}'),
    row('much', { lines: [line('a', { unitPrice: usd(Number.MAX_SAFE_INTEGER) })] }),
    row('back-too-soon', { returnedAt: placedAt + days(4) }),
    row('heavy', { weight: 2 }),
    row('weightless', { weight: 0 }),
  )
  expect(created).toBe(1)
  expect(rejected.map(({ index, orderId, field }) => [index, orderId, field])).toEqual([
    [0, 'late', 'deliveredAt'],
    [2, 'before-shipment', 'deliveredAt'],
    [3, 'future', 'review.at'],
    [4, 'half', 'lines[0].quantity'],
    [5, 'none', 'lines[0].quantity'],
    [6, 'too-many', 'lines[1].returned'],
    [7, 'mixed', 'lines'],
    [8, 'misspelt', 'delivredAt'],
    [9, 'h2', 'state'],
    [10, null, 'orderId'],
    [11, null, 'orderId'],
    [12, 'much', 'lines'],
    [13, 'back-too-soon', 'returnedAt'],
    [14, 'heavy', 'weight'],
    [15, 'weightless', 'weight'],
  ])
  expect((await shop.client.getOrder({ orderId: 'h1' })).weight).toBe(1)
  expect(rejected[0]!.reason).toContain('is before the purchase')
  expect([3, 4, 8, 9].map((place) => rejected[place]!.reason)).toEqual([
    'must be a whole number, not 1.5',
    'must be 1 or more',
    'must be one of placed, paid, shipped, delivered, cancelled, returned',
    expect.stringContaining('is missing'),
  ])
})

it('does not overwrite orders that were made here', async () => {
  await stage.sell([{ id: 'a', price: usd(500) }])
  await shop.client.setCartLine({ cartId, productId: 'a', quantity: 1 })
  const { order } = (await shop.client.checkout(buying('o1', 500))) as { order: Order }
  const { rejected } = await load(row('o1'))
  expect(rejected).toMatchObject([{ index: 0, orderId: 'o1', field: 'orderId' }])
  expect(await shop.client.getOrder({ orderId: 'o1' })).toEqual(order)
})

it('learns from history and live orders after how many days customers buy again', async () => {
  const bought = (orderId: string, day: number) =>
    row(orderId, { placedAt: placedAt + days(day), paidAt: placedAt + days(day), ...nothingElse })
  const nothingElse = { state: 'paid', shippedAt: null, deliveredAt: null, review: null }
  await load(bought('h2', 10), bought('h1', 0), bought('h3', 14))
  await load(bought('h2', 10), bought('h1', 0), bought('h3', 14))
  const { client } = shop
  expect(await client.repurchaseFacts({ productId: 'a' })).toEqual({
    ...{ product: { intervals: 2, medianDays: 7 }, category: null },
  })
  expect(await client.repurchaseFacts({ productId: 'b', category: 'Home > Tea' })).toEqual({
    ...{ product: { intervals: 0, medianDays: null }, category: { intervals: 2, medianDays: 7 } },
  })
})

it('takes five hundred rows at once', async () => {
  const rows = Array.from({ length: 500 }, (_, at) => row(`h${at}`, { customer: `c${at % 50}` }))
  expect(await load(...rows)).toMatchObject({ created: 500, rejected: [] })
  expect(await load(...rows)).toMatchObject({ unchanged: 500 })
  expect((await shop.client.statistics({})).orders).toBe(500)
})

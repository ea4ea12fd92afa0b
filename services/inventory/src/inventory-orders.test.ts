import type { Envelope, Order, OrderState } from '@eip/contracts'
import { orderChanged } from '@eip/contracts'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Running, type Stage } from './testing/open-stage.ts'

let stage: Stage
let client: Running['client']
beforeEach(async () => {
  stage = await openStage()
  client = (await stage.start()).client
  await receive('a', 10)
  await receive('b', 10)
})
afterEach(() => stage[Symbol.asyncDispose]())

const receive = (productId: string, quantity: number) =>
  client.receive({ operationId: `of ${productId}`.replace(' ', '-'), lines: [{ productId, quantity }], by: 'kim' })
const atp = async () => (await client.getStock({ productIds: ['a', 'b'] })).stock.map((each) => each.atp).join()
const buy = async (reservationId: string, lines: readonly { productId: string; quantity: number }[]) => {
  await client.reserve({ reservationId, lines: [...lines] })
  await client.confirm({ reservationId })
}
const ordered = [
  { productId: 'a', quantity: 3 },
  { productId: 'b', quantity: 2 },
]

let events = 0
/** With what came back of a, and of b. */
const order = (
  orderId: string,
  version: number,
  state: OrderState,
  [ofA, ofB]: readonly [number, number] = [0, 0],
  source: Order['source'] = 'checkout',
): Envelope<Order> => {
  const line = (productId: string, quantity: number, returned: number) => ({
    ...{ productId, quantity, returned, unitPrice: { amount: 100, currency: 'EUR' }, title: productId },
    ...{ seller: null, categoryPath: [], sellerRegion: null },
  })
  const times = { paidAt: null, shippedAt: null, deliveredAt: null, cancelledAt: null, returnedAt: null }
  return {
    ...{ id: `event-${events++}`, schema: orderChanged.schema, key: orderId, version },
    ...{ occurredAt: 1, recordedAt: 1, deleted: false, market: {} },
    payload: {
      ...{ orderId, state, customer: 'c', region: null, total: { amount: 500, currency: 'EUR' }, reason: '' },
      ...{ lines: [line('a', 3, ofA), line('b', 2, ofB)], placedAt: 1, ...times, promisedAt: null },
      ...{ review: null, source, weight: 1 },
    },
  }
}

describe('an order', () => {
  it('that was cancelled after its goods left brings everything back, once', async () => {
    await buy('o1', ordered)
    expect(await atp()).toBe('7,8')
    await stage.tell(order('o1', 2, 'paid'), order('o1', 3, 'cancelled'), order('o1', 3, 'cancelled'))
    expect(await atp()).toBe('10,10')
    expect((await client.listLedger({ productId: 'a' })).entries[0]).toMatchObject({
      ...{ operationId: 'o1/cancelled', reason: 'restored', onHand: 3, reserved: 0, by: 'orders' },
    })
  })

  it('that was cancelled before its goods left frees them, and they do not leave later', async () => {
    await client.reserve({ reservationId: 'o1', lines: [...ordered] })
    await stage.tell(order('o1', 2, 'cancelled'))
    expect(await atp()).toBe('10,10')
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'released' })
  })

  it('of which goods came back brings these, as many as it says in all', async () => {
    await buy('o1', ordered)
    await stage.tell(order('o1', 4, 'returned', [2, 0]))
    expect(await atp()).toBe('9,8')
    await stage.tell(order('o1', 5, 'returned', [3, 1]), order('o1', 4, 'returned', [2, 0]))
    expect(await atp()).toBe('10,9')
    const { entries } = await client.listLedger({ productId: 'a' })
    expect(entries.slice(0, 2).map(({ operationId, onHand }) => [operationId, onHand])).toEqual([
      ['o1/returned/a/3', 1],
      ['o1/returned/a/2', 2],
    ])
  })

  it('that returns more than it had, or goods that were never sold, brings no more than left', async () => {
    await buy('o1', [{ productId: 'a', quantity: 3 }])
    await stage.tell(order('o1', 2, 'returned', [99, 99]), order('never', 1, 'returned', [1, 1]))
    await stage.tell(order('o1', 3, 'returned', [-5, 0]))
    expect(await atp()).toBe('10,10')
  })

  it('that was imported touches no stock', async () => {
    await buy('o1', ordered)
    await stage.tell(order('o1', 2, 'cancelled', [0, 0], 'import'), order('o9', 1, 'returned', [1, 1], 'import'))
    expect(await atp()).toBe('7,8')
    expect(await client.reserve({ reservationId: 'o9', lines: [{ productId: 'a', quantity: 1 }] })).toMatchObject({
      ...{ outcome: 'reserved' },
    })
  })

  it('comes to the same, told in any order and any number of times', async () => {
    let orders = 0
    const history = [
      ...[order('?', 2, 'paid'), order('?', 3, 'delivered'), order('?', 4, 'delivered', [1, 0])],
      ...[order('?', 5, 'returned', [2, 1]), order('?', 6, 'returned', [3, 2])],
    ]
    const tellings = fc.array(fc.nat(history.length - 1), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(tellings, async (places) => {
        const id = `order-${orders++}`
        await buy(id, ordered)
        const told = [...places, history.length - 1].map((place, index) => {
          const { payload, ...event } = history[place]!
          return { ...event, id: `${id}-${index}`, key: `${id}-${index}`, payload: { ...payload!, orderId: id } }
        })
        await stage.tell(...told)
        expect(await atp()).toBe('10,10')
      }),
      { numRuns: 20 },
    )
  })
})

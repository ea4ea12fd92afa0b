import { expect, it } from 'vitest'
import { anOrder, becomes, days, noon } from '../testing/examples.ts'
import type { OrderStore } from './order-store.port.ts'

export type OrderStoreHarness = Readonly<{
  orders: OrderStore
  sent(): Promise<readonly Readonly<{ key: string; version: number; schema: string }>[]>
  reopen(): Promise<OrderStoreHarness>
  close(): Promise<void>
}>

/** Every law of the port, one test each. */
export function orderStoreContract(open: () => Promise<OrderStoreHarness>): void {
  const withStore = async (work: (harness: OrderStoreHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }
  const keep = (orders: OrderStore, order: ReturnType<typeof anOrder>) => orders.change([order], becomes(order))

  it('begins with nothing', () =>
    withStore(async ({ orders }) => {
      expect([await orders.read('o1'), await orders.list({ limit: 5 }), await orders.count()]).toEqual([null, [], 0])
      expect(await orders.change([{ orderId: 'o1' }], (_, standing) => ({ answer: standing, change: null }))).toEqual([
        null,
      ])
      expect(await orders.intervals('product', 'a')).toEqual([])
      expect(await orders.change([], () => ({ answer: 1, change: null }))).toEqual([])
    }))

  it('decides each request by what those before it left', () =>
    withStore(async ({ orders, sent }) => {
      const order = anOrder({ orderId: 'o1' })
      expect(await orders.change([order, { ...order, region: 'RJ' }], becomes(order))).toEqual([1, 2])
      await orders.change([order], (_, standing) => {
        expect(standing).toEqual({ order, version: 2 })
        return { answer: null, change: null }
      })
      const changes = (await sent()).filter(({ schema }) => schema.startsWith('orders.order-changed'))
      expect(changes.map(({ key, version }) => [key, version])).toEqual([
        ['o1', 1],
        ['o1', 2],
      ])
    }))

  it('keeps orders and events together, and none of them when a decision throws', () =>
    withStore(async ({ orders, sent }) => {
      const refusal = new Error('no')
      const requests = [anOrder({ orderId: 'o1' }), anOrder({ orderId: 'o2' })]
      const refused = orders.change(requests, (request, standing) => {
        if (request.orderId === 'o2') throw refusal
        return becomes(request)(request, standing)
      })
      await expect(refused).rejects.toBe(refusal)
      expect([await orders.count(), await sent()]).toEqual([0, []])
    }))

  it('publishes the purchase of a paid order once', () =>
    withStore(async ({ orders, sent }) => {
      await keep(orders, anOrder({ orderId: 'o1' }))
      await keep(orders, anOrder({ orderId: 'o1', state: 'shipped', shippedAt: noon }))
      await keep(orders, anOrder({ orderId: 'history', source: 'import' }))
      const purchases = (await sent()).filter(({ schema }) => schema.startsWith('orders.purchase'))
      expect(purchases.map(({ key }) => key)).toEqual(['ann'])
    }))

  it('lists the newest first, page by page, of one customer or state', () =>
    withStore(async ({ orders }) => {
      const placed = (orderId: string, day: number, customer = 'ann') =>
        anOrder({ orderId, customer, placedAt: noon + days(day), paidAt: noon + days(day) })
      for (const order of [placed('o1', 1), placed('o3', 2), placed('o2', 2), placed('o4', 0, 'bob')])
        await keep(orders, order)
      const idsOf = async (asked: Parameters<OrderStore['list']>[0]) =>
        (await orders.list(asked)).map(({ orderId }) => orderId)
      expect(await idsOf({ limit: 10 })).toEqual(['o3', 'o2', 'o1', 'o4'])
      expect(await idsOf({ limit: 2 })).toEqual(['o3', 'o2'])
      expect(await idsOf({ limit: 9, before: { placedAt: noon + days(2), orderId: 'o3' } })).toEqual(['o2', 'o1', 'o4'])
      expect(await idsOf({ limit: 9, customer: 'bob' })).toEqual(['o4'])
      expect(await idsOf({ limit: 9, state: 'delivered' })).toEqual([])
      expect(await orders.count()).toBe(4)
    }))

  it('counts the days between purchases of the same, an order once, in whatever order they come', () =>
    withStore(async ({ orders }) => {
      const bought = (orderId: string, day: number, fields = {}) =>
        anOrder({ orderId, placedAt: noon + days(day), paidAt: noon + days(day), ...fields })
      await orders.change(
        [bought('o1', 0), bought('o2', 30)].map((order) => ({ orderId: order.orderId, order })),
        ({ order }, standing) => becomes(order)(order, standing),
      )
      await keep(orders, bought('o2', 30, { region: 'RJ' }))
      await keep(orders, bought('o0', -10))
      await keep(orders, bought('of another', 3, { orderId: 'o5', customer: 'bob' }))
      await keep(orders, bought('o6', 31, { paidAt: null, state: 'placed' }))
      const expected = [
        { days: 10, times: 1 },
        { days: 30, times: 1 },
      ]
      expect(await orders.intervals('product', 'a')).toEqual(expected)
      expect(await orders.intervals('category', 'Home > Tea')).toEqual(expected)
      await keep(orders, bought('o6', 31, { paidAt: noon + days(60) }))
      expect(await orders.intervals('product', 'a')).toEqual([expected[0], { days: 30, times: 2 }])
    }))

  it('names refunds until it is told that they were given', () =>
    withStore(async ({ orders }) => {
      await keep(orders, anOrder({ orderId: 'o1' }))
      expect(await orders.refundsDue(5)).toEqual([])
      await keep(orders, anOrder({ orderId: 'o1', state: 'cancelled', cancelledAt: noon }))
      expect(await orders.refundsDue(5)).toEqual(['o1'])
      await orders.refunded('o1')
      await keep(orders, anOrder({ orderId: 'o1', state: 'cancelled', cancelledAt: noon, reason: 'late' }))
      expect(await orders.refundsDue(5)).toEqual([])
    }))

  it('lets nobody in between a look and its change', () =>
    withStore(async ({ orders, sent }) => {
      const next = () => keep(orders, anOrder({ orderId: 'o1' }))
      const versions = (await Promise.all(Array.from({ length: 12 }, next))).flat()
      expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
      expect((await sent()).filter(({ schema }) => schema.startsWith('orders.purchase'))).toHaveLength(1)
    }))

  it('is durable', async () => {
    const before = await open()
    const order = anOrder({ orderId: 'o1' })
    await keep(before.orders, order)
    const after = await before.reopen()
    expect([await after.orders.read('o1'), (await after.sent()).length]).toEqual([order, 2])
    await after.close()
  })
}

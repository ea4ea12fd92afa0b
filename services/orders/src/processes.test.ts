import { expect, it } from 'vitest'
import { orderOf } from './domain/checkout.ts'
import { changeOf } from './domain/order-change.ts'
import { aCheckout, anOccasion, anOrder, becomes, cartEvent, days, noon } from './testing/examples.ts'
import { joinIn, newSchema, onPostgres } from './testing/sql-stores.ts'

onPostgres(() => {
  it('counts versions one by one when several processes change the same orders', async () => {
    await using schema = await newSchema()
    const processes = [await joinIn(schema), await joinIn(schema), await joinIn(schema)]
    const steps = processes.flatMap(({ orders }) =>
      Array.from({ length: 6 }, () => orders.change([{ orderId: 'o1' }], becomes(anOrder({ orderId: 'o1' })))),
    )
    const versions = (await Promise.all(steps)).flat()
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, at) => at + 1))
    expect((await processes[0]!.sent()).filter(({ schema: name }) => name.startsWith('orders.purchase'))).toHaveLength(
      1,
    )
  })

  it('counts every interval of a customer whose orders are paid in several processes at once', async () => {
    await using schema = await newSchema()
    const processes = [await joinIn(schema), await joinIn(schema)]
    const customers = Array.from({ length: 6 }, (_, at) => `customer-${at}`)
    const bought = customers.flatMap((customer) =>
      [0, 1].map((at) => {
        const order = anOrder({ orderId: `${customer}.${at}`, customer, placedAt: noon + days(10 * at) })
        return processes[at]!.orders.change([order], becomes(order))
      }),
    )
    await Promise.all(bought)
    expect(await processes[0]!.orders.intervals('product', 'a')).toEqual([{ days: 10, times: customers.length }])
  })

  it('ends a checkout once, when two processes drive it', async () => {
    await using schema = await newSchema()
    const processes = [await joinIn(schema), await joinIn(schema)]
    const seen = await processes[0]!.checkouts.begin(aCheckout('c1'), noon)
    const ends = await Promise.all(
      [0, 1, 0, 1].map((at) =>
        processes[at]!.checkouts.place(
          seen,
          { ...seen.checkout, step: 'ended', end: { outcome: 'placed' } },
          (before) => changeOf(before, orderOf(seen.checkout, noon), noon, anOccasion()),
        ),
      ),
    )
    expect(new Set(ends.map(({ version }) => version))).toEqual(new Set([2]))
    const events = await processes[0]!.sent()
    expect(events.map(({ schema: name }) => name.split('/')[0])).toEqual(['orders.order-changed', 'orders.purchase'])
  })

  it('neither waits for ever nor loses a line, when a cart is filled while it is bought', async () => {
    await using schema = await newSchema()
    const [first, second] = [await joinIn(schema), await joinIn(schema)]
    const { cartId } = aCheckout('c1')
    const set = (productId: string) =>
      second.carts.set(cartId, { productId, quantity: 2 }, cartEvent(cartId, productId, 2))
    await set('a')
    const seen = await first.checkouts.begin(aCheckout('c1'), noon)
    const placing = first.checkouts.place(
      seen,
      { ...seen.checkout, step: 'ended', end: { outcome: 'placed' } },
      (before) => changeOf(before, orderOf(seen.checkout, noon), noon, anOccasion()),
    )
    await Promise.all([placing, ...['b', 'c', 'd'].map(set)])
    expect((await first.carts.read(cartId)).map(({ productId }) => productId).toSorted()).toEqual(['b', 'c', 'd'])
  })

  it('takes the same prices in any order from several processes at once', async () => {
    await using schema = await newSchema()
    const processes = [await joinIn(schema), await joinIn(schema)]
    const changes = Array.from({ length: 400 }, (_, at) => ({
      version: 1 + (at % 4),
      product: {
        ...{ productId: `p${at % 100}`, title: '', seller: null, categoryPath: [] },
        price: { amount: 1 + (at % 4), currency: 'USD' },
      },
    }))
    await Promise.all([
      processes[0]!.prices.apply(changes),
      processes[1]!.prices.apply(changes.toReversed()),
      processes[0]!.prices.apply(changes.slice(100)),
    ])
    const found = await processes[1]!.prices.find(['p0', 'p99'])
    expect(await processes[0]!.prices.count()).toBe(100)
    expect(found.size).toBe(2)
  })
})

import { productChanged } from '@eip/contracts'
import { envelopeOf, until } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cartId, openStage, type Stage, usd } from './testing/open-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage[Symbol.asyncDispose]())

it('is ready once it knows all prices that were on the bus when it started', async () => {
  await stage.sell(Array.from({ length: 1_200 }, (_, at) => ({ id: `p${at}`, price: usd(100) })))
  const { client, missing } = await stage.begin()
  await until('nothing is missing', () => missing() === null)
  expect((await client.statistics({})).pricedProducts).toBe(1_200)
})

it('answers that it is not ready, and not that there is no such product, while prices are coming in', async () => {
  await stage.sell(Array.from({ length: 3_000 }, (_, at) => ({ id: `p${at}`, price: usd(100) })))
  const { client, missing } = await stage.begin()
  const set = () =>
    client.setCartLine({ cartId, productId: 'p2999', quantity: 1 }).then(
      () => 'set',
      ({ code }) => code as string,
    )
  const wasMissing = missing() !== null
  const first = await set()
  expect(first === 'set' || wasMissing).toBe(true)
  expect(['set', 'orders.not-ready']).toContain(first)
  await until('the product can be bought', async () => (await set()) === 'set')
})

it('sells at the prices that it knows while the group of its readers takes nobody in, and says so', async () => {
  await stage.sell([{ id: 'a', price: usd(500) }])
  await (await stage.start()).stop()
  const { client, missing } = await stage.begin(() => Promise.reject(new Error('the group takes nobody in')))
  await until('it is said', () => missing() === 'the group takes nobody in')
  expect((await client.setCartLine({ cartId, productId: 'a', quantity: 2 })).total).toEqual(usd(1_000))
})

it('takes the newest price, whether events come twice or late, and forgets what is deleted', async () => {
  const { client } = await stage.start()
  const priceOf = async () => (await client.getCart({ cartId })).lines[0]?.unitPrice
  await stage.sell([{ id: 'a', price: usd(500) }], 3)
  await until('it is known', () => client.setCartLine({ cartId, productId: 'a', quantity: 1 }).catch(() => null))
  await stage.sell([{ id: 'a', price: usd(100) }], 2)
  await stage.sell([{ id: 'a', price: usd(500) }], 3)
  await stage.sell([{ id: 'mark', price: usd(1) }])
  await until('all came', async () => (await client.statistics({})).pricedProducts === 2)
  expect(await priceOf()).toEqual(usd(500))
  await stage.bus.publish(productChanged, [envelopeOf('a', 4, null)])
  await until('it is gone', async () => (await priceOf()) === null)
  expect(await client.getCart({ cartId })).toMatchObject({ lines: [{ productId: 'a', quantity: 1 }], total: null })
})

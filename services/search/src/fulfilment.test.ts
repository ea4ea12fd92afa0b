import { regionListed } from '@eip/contracts'
import { defaultPolicy, type Policy } from '@eip/engine-ranking'
import { aProduct, envelopeOf, until } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { openShop, type Shop } from './testing/open-shop.ts'

const lamp = (id: string) => aProduct({ id, title: 'Brass lamp', price: { amount: 4_900, currency: 'USD' } })
const stock = (id: string, atp: number, daysOfCover: number | null = null) =>
  ({ owner: 'inventory', id, numbers: { atp, daysOfCover } }) as const
const score = (id: string, logisticsScore: number, coverage: number | null = null) =>
  ({ owner: 'logistics', id, numbers: { logisticsScore, coverage, leadTimeDays: 4 } }) as const
type GuardAction = Policy['guards']['unavailable']
const guarded = (unavailable: GuardAction, undeliverable: GuardAction = unavailable): Policy => ({
  ...defaultPolicy,
  guards: { unavailable, undeliverable },
})

let shop: Shop
afterEach(() => shop[Symbol.asyncDispose]())

async function open(policy = defaultPolicy) {
  shop = await openShop(['a', 'b', 'c', 'd'].map(lamp), { policy })
  const region = (name: string, bit: number) => envelopeOf(name, 1, { region: name, bit })
  await shop.bus.publish(regionListed, [region('SP', 0), region('RJ', 1)])
  return shop
}
const search = (given: object = {}) => shop.client.search({ query: 'lamp', explain: true, ...given })
const order = async (given: object = {}) => (await search(given)).hits.map(({ id }) => id)

describe('stock', () => {
  it('decides among equals: what is gone stands last, what is short below what is ample', async () => {
    await open()
    await shop.own([stock('a', 0, 0), stock('b', 2, 1), stock('c', 500, 90)])
    expect(await order()).toEqual(['c', 'd', 'b', 'a'])
    const { hits } = await search()
    expect(hits.map(({ fulfilment: { notice, left } }) => [notice, left])).toEqual([
      ...[
        [null, null],
        [null, null],
      ],
      ...[
        ['low-stock', 2],
        ['out-of-stock', 0],
      ],
    ])
    expect(hits.at(-1)?.explanation?.guard).toEqual({ reason: 'unavailable', action: 'sink' })
  })

  it('that is gone stands last whatever order the shopper wants', async () => {
    await open()
    await shop.change([aProduct({ id: 'cheap', title: 'Brass lamp', price: { amount: 1, currency: 'USD' } })])
    await shop.own([stock('cheap', 0)])
    expect((await order({ sort: 'price' })).at(-1)).toBe('cheap')
    await shop.own([stock('cheap', 1)])
    expect((await order({ sort: 'price' }))[0]).toBe('cheap')
  })

  it('that is gone is neither found nor counted where the policy hides it, and placement says so', async () => {
    await open(guarded('hide'))
    await shop.own([stock('a', 0), stock('b', 3)])
    const { hits, total, facets } = await search({ facets: ['price'] })
    expect([hits.map(({ id }) => id), total]).toEqual([['b', 'c', 'd'], 3])
    expect(facets[0]).toMatchObject({ minimum: 49, maximum: 49 })
    const absent = await shop.client.placement({ query: 'lamp', product: 'a' })
    expect(absent).toMatchObject({ outcome: 'absent', reasons: [{ reason: 'guard', guard: 'unavailable' }] })
    const { hits: alike } = await shop.client.similar({ id: 'b' })
    expect(alike.map(({ id }) => id)).toEqual(['c', 'd'])
  })

  it('that is gone stays in its place with a notice where the policy shows it', async () => {
    await open(guarded('show'))
    await shop.own([stock('a', 0), stock('b', 0), stock('c', 0), stock('d', 0)])
    const { hits } = await search()
    expect(hits.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(hits[0]).toMatchObject({
      fulfilment: { notice: 'out-of-stock' },
      explanation: { guard: { action: 'show' } },
    })
  })
})

describe('deliveries', () => {
  it('lift and sink by the score, and the explanation says by how much', async () => {
    await open()
    await shop.own([score('a', 0.5), score('b', 1)])
    expect(await order()).toEqual(['b', 'c', 'd', 'a'])
    const { hits } = await search()
    const part = (id: string) =>
      hits.find((hit) => hit.id === id)?.explanation?.features.find(({ name }) => name === 'logistics')?.contribution
    expect(part('a')).toBeCloseTo(defaultPolicy.weights.logistics * (0.5 - defaultPolicy.features.logistics.usual), 9)
    expect(part('c')).toBe(0)
    expect(hits.find(({ id }) => id === 'a')?.fulfilment.leadTimeDays).toBe(4)
  })

  it("respect the shopper's region, once it is known what it is called", async () => {
    await open()
    await shop.own([score('a', 0.9, 0b10), score('b', 0.9, 0b11), score('c', 0.9)])
    await until('the regions are known', async () => (await order({ region: 'SP' })).at(-1) === 'a')
    const { hits } = await search({ region: 'SP' })
    expect(hits.at(-1)).toMatchObject({ id: 'a', fulfilment: { notice: 'not-delivered' } })
    expect((await order({ region: 'RJ' }))[0]).toBe('a')
    expect((await order({ region: 'NOWHERE' }))[0]).toBe('a')
    expect((await order())[0]).toBe('a')
  })

  it('that do not reach the region are not found where the policy hides them', async () => {
    await open(guarded('sink', 'hide'))
    await shop.own([score('a', 0.9, 0b10)])
    await until('the regions are known', async () => (await search({ region: 'SP' })).total === 3)
    expect((await search({ region: 'RJ' })).total).toBe(4)
    const absent = await shop.client.placement({ query: 'lamp', product: 'a', region: 'SP' })
    expect(absent).toMatchObject({ reasons: [{ reason: 'guard', guard: 'undeliverable' }] })
  })
})

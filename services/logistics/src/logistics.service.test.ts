import { join } from 'node:path'
import {
  type Envelope,
  type LogisticsContract,
  type Order,
  orderChanged,
  productChanged,
  regionListed,
  type StockChanged,
  scoreChanged,
  stockChanged,
} from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { type Client, inProcessClient, serveContract } from '@eip/rpc'
import { silentLogger } from '@eip/telemetry'
import { aProduct, envelopeOf, fakeClock, type TemporaryDirectory, temporaryDirectory, until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FactTables, factStoreMigrations, sqlFactStore } from './adapters/sql.fact-store.ts'
import { logistics } from './logistics.service.ts'

const day = 86_400_000
const begun = Date.UTC(2026, 0, 1)
const now = begun + 200 * day
const usd = (amount: number) => ({ amount, currency: 'USD' })

type Given = Partial<Omit<Order, 'lines'>> &
  Readonly<{ productId?: string; seller?: string; returned?: number; from?: string }>

/** A delivered order of one lamp, on the day that was promised, but for what is given. */
function anOrder(
  orderId: string,
  { productId = 'p', seller = 's', returned = 0, from = 'RJ', ...given }: Given = {},
): Order {
  const placedAt = given.placedAt ?? begun
  const line = { productId, quantity: 1, returned, unitPrice: usd(100), title: '', seller, sellerRegion: from }
  return {
    ...{ orderId, state: 'delivered', customer: 'c', region: 'SP', total: usd(100), reason: '', review: null },
    ...{ placedAt, paidAt: placedAt, shippedAt: placedAt + day, deliveredAt: placedAt + 5 * day },
    ...{ cancelledAt: null, returnedAt: null, promisedAt: placedAt + 6 * day, source: 'import', weight: 1 },
    lines: [{ ...line, categoryPath: ['Lamps'] }],
    ...given,
  }
}

async function openStage(bus: EventBus, folder: TemporaryDirectory) {
  const database = await openSqliteDatabase<FactTables>({
    file: join(folder.path, 'logistics.sqlite'),
    migrations: [factStoreMigrations, outboxMigrations],
  })
  const outbox = sqliteOutbox(database)
  const relay = outboxRelay({ outbox, bus, topics: [scoreChanged, regionListed], onTrouble: () => {} })
  const factStore = sqlFactStore({ database, outbox })
  const needs = { factStore, outboxRelay: relay, bus, clock: fakeClock(now), logger: silentLogger, roundEveryMs: 5 }
  const service = logistics.build(needs, () => {
    throw new Error('logistics calls nobody')
  })
  if (!('handlers' in service)) throw new Error('logistics is no edge')
  await service.start?.()
  const client: Client<LogisticsContract> = inProcessClient(serveContract(logistics.contract, service.handlers))
  const close = async () => {
    await service.drain?.()
    await service.stop?.()
    await database.close()
  }
  return { client, factStore, close }
}
type Stage = Awaited<ReturnType<typeof openStage>>

let folder: TemporaryDirectory
let bus: EventBus
let stage: Stage
let version = 0
beforeEach(async () => {
  folder = temporaryDirectory()
  bus = await memoryEventBus()
  stage = await openStage(bus, folder)
})
afterEach(async () => {
  await stage.close()
  await bus.close()
  folder[Symbol.dispose]()
})

const event = (order: Order, at = ++version): Envelope<Order> => ({
  ...envelopeOf(order.orderId, at, order),
  id: `${order.orderId}@${at}#${++version}`,
})
const learned = () => until('all is learned', async () => (await stage.client.statistics({})).behind === 0)
async function publish(...orders: readonly Order[]) {
  await bus.publish(
    orderChanged,
    orders.map((order) => event(order)),
  )
  await learned()
}
const many = (count: number, given: (at: number) => Given, name = 'o') =>
  Array.from({ length: count }, (_, at) => anOrder(`${name}${at}`, { placedAt: begun + at * day, ...given(at) }))
const late = (placedAt: number) => ({ deliveredAt: placedAt + 11 * day })
const scoreOf = async (id: string) => (await stage.client.getScores({ productIds: [id] })).scores[0]
const sums = async (at: Stage = stage) =>
  Object.fromEntries((await at.factStore.page('sum', null, 1_000)).map(({ key, content }) => [key, content]))

describe('a score', () => {
  it('of a late seller is below that of a punctual one, and tells the rates behind it', async () => {
    await publish(
      ...many(40, (at) => ({ productId: 'slow', seller: 'Slow', ...late(begun + at * day) }), 'a'),
      ...many(40, () => ({ productId: 'swift', seller: 'Swift' }), 'b'),
    )
    const [slow, swift] = [await scoreOf('slow'), await scoreOf('swift')]
    expect(slow!.score).toBeLessThan(swift!.score)
    expect(slow!.delayRate).toBeGreaterThan(0.5)
    expect(swift!.delayRate).toBeLessThan(0.2)
    expect(swift!.leadTimeDays).toBeCloseTo(5, 0)
    expect(slow).toMatchObject({ seller: 'Slow', sellerRegion: 'RJ', regions: null, coverage: null })
  })

  it('sinks by returns, and by demand that stock did not meet', async () => {
    await publish(
      ...many(30, () => ({ productId: 'kept' }), 'a'),
      ...many(30, () => ({ productId: 'back', returned: 1 }), 'b'),
    )
    expect((await scoreOf('back'))!.score).toBeLessThan((await scoreOf('kept'))!.score)
    const before = (await scoreOf('kept'))!
    const amounts = { onHand: 0, reserved: 0, atp: 0 }
    const stock: StockChanged = {
      ...{ productId: 'kept', ...amounts, dailySales: null, daysOfCover: null, lowStockAt: null, isLow: true },
      ...{ isGenerated: false, demand: { asked: 100, unmet: 80 } },
      change: { operationId: 'o', reason: 'refused', quantity: 0, before: amounts, after: amounts },
    }
    await bus.publish(stockChanged, [envelopeOf('kept', 1, stock, now), envelopeOf('kept', 1, stock, now)])
    await learned()
    const after = (await scoreOf('kept'))!
    expect(after.shortageRate).toBeGreaterThan(0.5)
    expect(after.score).toBeLessThan(before.score)
  })

  it('does not let go of what was learned because of an order after years, or of its delivery', async () => {
    const past = begun - 8 * 365 * day
    const placed = (at: number) => past + at * day
    await publish(
      ...many(40, (at) => ({ productId: 'slow', seller: 'Slow', placedAt: placed(at), ...late(placed(at)) }), 'a'),
      ...many(40, (at) => ({ productId: 'swift', seller: 'Swift', placedAt: placed(at) }), 'b'),
    )
    const apart = async () => (await scoreOf('swift'))!.score - (await scoreOf('slow'))!.score
    const before = await apart()
    expect(before).toBeGreaterThan(0.2)
    const soon = { placedAt: now - day, shippedAt: null, deliveredAt: null, state: 'paid' } as const
    await publish(anOrder('live', { ...soon, productId: 'other', seller: 'Other' }))
    const promised = async () => (await stage.client.promise({ productIds: ['slow'], region: 'SP' })).promises[0]!
    expect((await promised()).lateProbability).toBeGreaterThan(0.3)
    await publish(anOrder('live', { ...soon, state: 'delivered', deliveredAt: now, productId: 'other' }))
    expect((await promised()).days).toBeGreaterThan(5)
    // Told of anew, so that no step hides what is known.
    await stage.client.republishScores({ products: ['slow', 'swift'].map((id) => ({ id, above: 0 })) })
    expect(await apart()).toBeGreaterThan(before / 2)
  })

  it('of a product that was never sold leans on its seller, and follows when the seller moves', async () => {
    await bus.publish(productChanged, [
      envelopeOf('new', 1, aProduct({ id: 'new', seller: 'Slow', categoryPath: ['Lamps'] })),
      envelopeOf('other', 1, aProduct({ id: 'other', seller: 'Swift', categoryPath: ['Lamps'] })),
    ])
    await learned()
    await publish(...many(60, (at) => ({ productId: 'old', seller: 'Slow', ...late(begun + at * day) })))
    await until('the new one follows', async () => ((await scoreOf('new'))?.delayRate ?? 0) > 0.3)
    expect((await scoreOf('other'))!.delayRate).toBeLessThan((await scoreOf('new'))!.delayRate)
  })

  it('is told again only when it moves by a step', async () => {
    await publish(...many(40, () => ({})))
    await until('rounds are through', async () => (await stage.client.statistics({})).unpublishedEvents === 0)
    const [told] = (await stage.client.listScoreVersions({ ids: ['p'] })).versions
    await publish(anOrder('one more', { placedAt: begun + 40 * day }))
    const [again] = (await stage.client.listScoreVersions({ ids: ['p'] })).versions
    expect(again!.version).toBe(told!.version)
  })
})

describe('what is learned', () => {
  const history = many(20, (at) => ({
    productId: `p${at % 3}`,
    seller: `s${at % 2}`,
    returned: at % 5 === 0 ? 1 : 0,
    ...(at % 4 === 0 ? late(begun + at * day) : {}),
  }))

  it('is the same whatever comes twice, out of order, with earlier versions between, or after a restart', async () => {
    await publish(...history)
    const expected = await sums()
    const other = { bus: await memoryEventBus(), folder: temporaryDirectory() }
    let second = await openStage(other.bus, other.folder)
    const placed = history.map((order) => event({ ...order, state: 'placed', deliveredAt: null, shippedAt: null }, 1))
    const delivered = history.map((order) => event(order, 2))
    const settled = () => until('all is learned', async () => (await second.client.statistics({})).behind === 0)
    await other.bus.publish(orderChanged, [...placed.slice(10), ...delivered.toReversed()])
    await settled()
    await second.close()
    second = await openStage(other.bus, other.folder)
    await other.bus.publish(orderChanged, [
      ...placed.map((each) => ({ ...each, id: `${each.id}again` })),
      ...delivered.slice(3, 9).map((each) => ({ ...each, id: `${each.id}again` })),
    ])
    await settled()
    const found = await sums(second)
    for (const [key, sum] of Object.entries(expected) as [string, Record<string, number>][]) {
      if (key.startsWith('known ')) continue
      for (const [name, value] of Object.entries(sum))
        expect([key, name, (found[key] as Record<string, number>)[name]! / (value || 1)]).toEqual([
          ...[key, name],
          expect.closeTo(value === 0 ? 0 : 1, 9),
        ])
    }
    await second.close()
    await other.bus.close()
    other.folder[Symbol.dispose]()
  })

  it('leaves out orders that cannot be: delivered before they were placed, or in the far future', async () => {
    await publish(
      anOrder('before', { deliveredAt: begun - day }),
      anOrder('future', { placedAt: now + 100 * day, deliveredAt: now + 101 * day, promisedAt: null }),
      anOrder('sound'),
    )
    expect((await sums())['all ']).toMatchObject({ orders: 1, deliveries: 1 })
    expect((await stage.client.statistics({})).orders).toBe(3)
  })

  it('counts what is cancelled and badly reviewed beside the rates, and no part of the score', async () => {
    await publish(
      anOrder('a', { state: 'cancelled', deliveredAt: null, shippedAt: null, cancelledAt: begun }),
      anOrder('b', { review: { score: 1, at: begun + 9 * day } }),
    )
    const { rates, all, total } = await stage.client.listRates({ by: 'seller' })
    expect(rates[0]).toMatchObject({ name: 's', orders: 2, deliveries: 1, cancelled: 1, reviews: 1, badReviews: 1 })
    expect([all.orders, total]).toEqual([2, 1])
    expect((await stage.client.listRates({ by: 'route', contains: 'sp' })).rates[0]?.name).toBe('RJ > SP')
    expect((await stage.client.listRates({ by: 'region' })).rates[0]).toMatchObject({ name: 'SP', orders: 2 })
  })

  it('counts in rates for no more than it weighs', async () => {
    const cancelled = { state: 'cancelled', deliveredAt: null, shippedAt: null } as const
    await publish(...many(10, () => ({}), 'came'), ...many(10, () => ({ ...cancelled, weight: 0.05 }), 'gone'))
    const { all } = await stage.client.listRates({ by: 'seller' })
    expect(all).toMatchObject({ orders: 20, cancelled: 10 })
    expect(all.cancellationRate).toBeLessThan(0.1)
  })

  it('of an order that does not say where it is shipped from goes by where the product was before', async () => {
    const [known] = many(1, () => ({}), 'known')
    const silent = (productId: string, orderId: string): Order => {
      const order = anOrder(orderId, { productId })
      return { ...order, lines: order.lines.map((line) => ({ ...line, sellerRegion: null })) }
    }
    await publish(known!, silent('unheard', 'x'))
    await publish(silent('p', 'y'))
    const { rates } = await stage.client.listRates({ by: 'route' })
    expect(rates.map(({ name, orders }) => [name, orders])).toEqual([
      ['RJ > SP', 2],
      ['? > SP', 1],
    ])
  })
})

describe('a promise', () => {
  it('stands on the route, on the seller, on all, or on nothing', async () => {
    const promise = async (region: string | null, id = 'p') =>
      (await stage.client.promise({ productIds: [id], region })).promises[0]!
    expect(await promise('SP')).toMatchObject({
      basis: 'nothing',
      days: null,
      lateProbability: null,
      isDeliverable: true,
    })
    await publish(
      ...many(30, () => ({}), 'near'),
      ...many(
        30,
        (at) => ({ region: 'AM', deliveredAt: begun + (at + 20) * day, promisedAt: begun + (at + 25) * day }),
        'far',
      ),
    )
    const [near, far] = [await promise('SP'), await promise('AM')]
    expect([near.basis, far.basis]).toEqual(['route', 'route'])
    expect(far.days!).toBeGreaterThan(near.days! + 5)
    expect(near.latestDays!).toBeGreaterThanOrEqual(near.days!)
    expect((await promise('RS')).basis).toBe('seller')
    expect((await promise('SP', 'unheard')).basis).toBe('all')
  })

  it('of a way that nothing has gone is that of others as long, where regions are placed', async () => {
    const regions = [
      { region: 'RJ', latitude: -22.9, longitude: -43.3 },
      { region: 'SP', latitude: -23.5, longitude: -46.7 },
      { region: 'MG', latitude: -20.1, longitude: -43.9 },
      { region: 'AM', latitude: -3.1, longitude: -60 },
      { region: 'PA', latitude: -1.5, longitude: -48.5 },
    ]
    expect(await stage.client.placeRegions({ regions })).toEqual({ changed: 5 })
    expect(await stage.client.placeRegions({ regions })).toEqual({ changed: 0 })
    await publish(
      ...many(30, (at) => ({ productId: 'a', seller: `s${at}` }), 'near'),
      ...many(
        30,
        (at) => ({ productId: 'b', seller: `t${at}`, region: 'AM', deliveredAt: begun + (at + 20) * day }),
        'far',
      ),
    )
    // A seller of whom nothing is known, in Rio as all of them.
    await publish(anOrder('new', { productId: 'c', seller: 'New', region: 'RJ', state: 'paid', deliveredAt: null }))
    const promise = async (region: string) => (await stage.client.promise({ productIds: ['c'], region })).promises[0]!
    const [near, far] = [await promise('MG'), await promise('PA')]
    expect([near.basis, far.basis]).toEqual(['distance', 'distance'])
    expect(near.days!).toBeLessThan(7)
    expect(far.days!).toBeGreaterThan(15)
    const { rates } = await stage.client.listRates({ by: 'distance' })
    expect(rates.map(({ name, deliveries }) => [name, deliveries])).toEqual(
      expect.arrayContaining([
        ['200-400 km', 30],
        ['1600-3200 km', 30],
      ]),
    )
  })

  it('is judged by what was known when the order was placed', async () => {
    await publish(...many(50, (at) => (at % 5 === 0 ? late(begun + at * day) : {})))
    const { deliveries, bins, brier, baseBrier, meanAbsoluteError } = await stage.client.calibration({})
    // Nothing had arrived when the first ones were placed.
    expect(deliveries).toBe(44)
    expect(bins.reduce((sum, bin) => sum + bin.deliveries, 0)).toBe(deliveries)
    expect([brier, baseBrier, meanAbsoluteError].every((figure) => figure !== null && figure >= 0)).toBe(true)
  })
})

describe('coverage', () => {
  it('is told with all products of the seller, and regions keep their bits', async () => {
    await publish(
      anOrder('a', { productId: 'p1' }),
      anOrder('b', { productId: 'p2' }),
      anOrder('c', { productId: 'q', seller: 't' }),
    )
    const { regions } = await stage.client.listRegions({})
    expect(regions).toEqual([
      { region: 'RJ', bit: 0 },
      { region: 'SP', bit: 1 },
    ])
    await stage.client.setCoverage({ seller: 's', regions: ['SP', 'AC'] })
    const { scores } = await stage.client.getScores({ productIds: ['p1', 'p2', 'q'] })
    expect(scores.map(({ regions, coverage }) => [regions, coverage])).toEqual([
      [['AC', 'SP'], 0b110],
      [['AC', 'SP'], 0b110],
      [null, null],
    ])
    const promise = async (region: string) => (await stage.client.promise({ productIds: ['p1'], region })).promises[0]
    expect([(await promise('SP'))?.isDeliverable, (await promise('RJ'))?.isDeliverable]).toEqual([true, false])
    await stage.client.setCoverage({ seller: 's', regions: null })
    expect((await scoreOf('p1'))!.coverage).toBeNull()
  })

  it('is refused of who sells nothing, and beyond 52 regions', async () => {
    await expect(stage.client.setCoverage({ seller: 'nobody', regions: null })).rejects.toMatchObject({
      code: 'logistics.no-such-seller',
    })
    await publish(anOrder('a'))
    const regions = Array.from({ length: 52 }, (_, at) => `R${at}`)
    await expect(stage.client.setCoverage({ seller: 's', regions })).rejects.toMatchObject({
      code: 'logistics.too-many-regions',
    })
  })
})

it('publishes scores once more above what a reader holds', async () => {
  await publish(anOrder('a'))
  const before = (await stage.client.listScoreVersions({})).versions
  const answer = await stage.client.republishScores({
    products: [
      { id: 'p', above: 40 },
      { id: 'nobody', above: 6 },
    ],
  })
  expect(answer).toEqual({ republished: 2 })
  expect(before.map(({ id }) => id)).toEqual(['p'])
  const { versions } = await stage.client.listScoreVersions({})
  expect(versions.map(({ id, version }) => [id, version])).toEqual([
    ['nobody', 7],
    ['p', 41],
  ])
})

import { until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Running, type Stage } from './testing/open-stage.ts'

let stage: Stage
let running: Running
let client: Running['client']
beforeEach(async () => {
  stage = await openStage()
  running = await stage.start()
  client = running.client
})
afterEach(() => stage[Symbol.asyncDispose]())

const day = 86_400_000
let operations = 0
const by = 'kim'
const receive = (productId: string, quantity: number, place = 'main') =>
  client.receive({ operationId: `receipt-${operations++}`, lines: [{ productId, quantity, place }], by })
const count = (...rows: Record<string, unknown>[]) =>
  client.countStock({ operationId: `count-${operations++}`, rows, by })
const reserve = (reservationId: string, quantity: number, productId = 'a', ttlSeconds = 900) =>
  client.reserve({ reservationId, lines: [{ productId, quantity }], ttlSeconds })
const stockOf = async (productId: string) => (await client.getStock({ productIds: [productId] })).stock[0]
const buy = async (id: string, quantity: number, productId = 'a') => {
  await reserve(id, quantity, productId)
  await client.confirm({ reservationId: id })
}

describe('goods that come in', () => {
  it('are on hand, and everybody is told, with what led there', async () => {
    expect(await receive('a', 5)).toMatchObject({ outcome: 'received', stock: [{ productId: 'a', atp: 5 }] })
    await until('it is published', () => stage.published.length === 1)
    expect(stage.published[0]).toMatchObject({
      ...{ key: 'a', version: 1, schema: 'inventory.stock-changed/1' },
      payload: {
        ...{ productId: 'a', onHand: 5, reserved: 0, atp: 5, dailySales: null, daysOfCover: null, isLow: false },
        change: { reason: 'received', quantity: 5, before: { atp: 0 }, after: { onHand: 5, reserved: 0, atp: 5 } },
      },
    })
  })

  it('come in once, however often it is said; the same id for another thing is refused', async () => {
    const receipt = { operationId: 'r', lines: [{ productId: 'a', quantity: 5 }], by }
    await client.receive(receipt)
    expect(await client.receive(receipt)).toMatchObject({ outcome: 'repeated', stock: [{ onHand: 5 }] })
    const other = { ...receipt, lines: [{ productId: 'a', quantity: 6 }] }
    await expect(client.receive(other)).rejects.toMatchObject({ code: 'inventory.operation-differs', kind: 'conflict' })
    const adjusting = client.adjust({ operationId: 'r', productId: 'a', quantity: 5, note: 'found', by })
    await expect(adjusting).rejects.toMatchObject({ code: 'inventory.operation-differs' })
    expect(await stockOf('a')).toMatchObject({ onHand: 5 })
  })

  it('are refused in negative and broken numbers, by the name of the field', async () => {
    for (const quantity of [-1, 0, 1.5, Number.NaN, 2_000_000_000])
      await expect(receive('a', quantity)).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('quantity'),
      })
    await expect(receive('a b', 1)).rejects.toMatchObject({ kind: 'invalid' })
    await expect(reserve('o', -1)).rejects.toMatchObject({ kind: 'invalid' })
    expect(await client.getStock({ productIds: ['a'] })).toEqual({ stock: [] })
  })

  it('may be corrected, never below what is reserved', async () => {
    await receive('a', 5)
    await reserve('o1', 3)
    const adjust = (quantity: number, operationId = `adjust-${operations++}`) =>
      client.adjust({ operationId, productId: 'a', quantity, note: 'broken', by })
    await expect(adjust(-3)).rejects.toMatchObject({ code: 'inventory.below-zero', kind: 'invalid' })
    expect(await adjust(-2)).toMatchObject({ outcome: 'adjusted', stock: { onHand: 3, atp: 0 } })
    await expect(adjust(0)).rejects.toMatchObject({ kind: 'invalid' })
    const unknown = client.adjust({ operationId: 'x', productId: 'nobody', quantity: -1, note: 'lost', by })
    await expect(unknown).rejects.toMatchObject({ code: 'inventory.below-zero' })
  })
})

describe('a count', () => {
  it('takes the place of what was known of a place, row by row, and a bad row holds no other up', async () => {
    await receive('a', 5)
    await reserve('o1', 3)
    const rows = [
      { productId: 'a', onHand: 2 },
      { productId: 'b', onHand: 7, lowStockAt: 10, dailySales: 2 },
      { productId: 'c', onHand: 1.5 },
      { productId: 'd', onHand: -1 },
      { onHand: 1 },
      { productId: 'a', onHand: 9, place: 'north' },
      { productId: 'e', onHand: 0 },
    ]
    const counted = await count(...rows)
    expect(counted).toMatchObject({ changed: 3, unchanged: 0 })
    expect(counted.rejected.map(({ index, productId, field }) => [index, productId, field])).toEqual([
      [0, 'a', 'onHand'],
      [2, 'c', 'onHand'],
      [3, 'd', 'onHand'],
      [4, null, 'productId'],
    ])
    expect(counted.rejected[0]!.reason).toContain('3 that are reserved')
    expect(await stockOf('a')).toMatchObject({ onHand: 14, reserved: 3 })
    expect(await stockOf('b')).toMatchObject({
      onHand: 7,
      dailySales: 2,
      daysOfCover: 3.5,
      lowStockAt: 10,
      isLow: true,
    })
    expect(await count({ productId: 'b', onHand: 7 }, { productId: 'e', onHand: 1 })).toMatchObject({
      ...{ changed: 1, unchanged: 1 },
    })
  })

  it('that was made up is marked in the ledger and the stock', async () => {
    const rows = [{ productId: 'a', onHand: 5 }]
    await client.countStock({ operationId: 'c1', rows, isGenerated: true, by })
    expect((await client.listLedger({ productId: 'a' })).entries).toMatchObject([{ isGenerated: true, by }])
    expect(await stockOf('a')).toMatchObject({ isGenerated: true })
  })
})

describe('a reservation', () => {
  beforeEach(() => receive('a', 5))

  it('holds all its lines, or none of them', async () => {
    await receive('b', 1)
    const lines = [
      { productId: 'a', quantity: 2 },
      { productId: 'b', quantity: 1 },
      { productId: 'a', quantity: 1 },
    ]
    expect(await client.reserve({ reservationId: 'o1', lines })).toMatchObject({ outcome: 'reserved' })
    expect(await client.reserve({ reservationId: 'o2', lines })).toEqual({
      outcome: 'insufficient',
      lines: [
        { productId: 'a', wanted: 3, available: 2 },
        { productId: 'b', wanted: 1, available: 0 },
      ],
    })
    expect(await stockOf('a')).toMatchObject({ onHand: 5, reserved: 3, atp: 2 })
    expect(await client.reserve({ reservationId: 'o3', lines: [{ productId: 'nobody', quantity: 1 }] })).toEqual({
      outcome: 'insufficient',
      lines: [{ productId: 'nobody', wanted: 1, available: 0 }],
    })
  })

  it('asked for again answers the same, and of other lines is refused', async () => {
    const first = await reserve('o1', 3)
    stage.clock.advance(1_000)
    expect(await reserve('o1', 3)).toEqual(first)
    await expect(reserve('o1', 2)).rejects.toMatchObject({ code: 'inventory.operation-differs' })
    expect(await stockOf('a')).toMatchObject({ reserved: 3, demand: { asked: 3, unmet: 0 } })
  })

  it('that stock does not meet is told once as demand, and may be met later', async () => {
    await reserve('o1', 8)
    await reserve('o1', 8)
    expect(await stockOf('a')).toMatchObject({ atp: 5, demand: { asked: 8, unmet: 3 } })
    await until('it is published', () => stage.published.length === 2)
    expect(stage.published[1]!.payload).toMatchObject({
      ...{ atp: 5, demand: { asked: 8, unmet: 3 } },
      change: { operationId: 'o1', reason: 'refused', quantity: 8, before: { atp: 5 }, after: { atp: 5 } },
    })
    await receive('a', 3)
    expect(await reserve('o1', 8)).toMatchObject({ outcome: 'reserved' })
    expect(await stockOf('a')).toMatchObject({ atp: 0, demand: { asked: 8, unmet: 3 } })
  })

  it('confirmed takes the goods once', async () => {
    await reserve('o1', 3)
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'confirmed' })
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'confirmed' })
    expect(await client.release({ reservationId: 'o1' })).toEqual({ outcome: 'confirmed' })
    expect(await reserve('o1', 3)).toEqual({ outcome: 'confirmed' })
    expect(await stockOf('a')).toMatchObject({ onHand: 2, reserved: 0, atp: 2 })
    const unknown = client.confirm({ reservationId: 'never' })
    await expect(unknown).rejects.toMatchObject({ code: 'inventory.no-such-reservation', kind: 'not-found' })
  })

  it('released gives the goods back once, and comes no more', async () => {
    await reserve('o1', 3)
    expect(await client.release({ reservationId: 'o1' })).toEqual({ outcome: 'released' })
    expect(await client.release({ reservationId: 'o1' })).toEqual({ outcome: 'released' })
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'released' })
    expect(await client.release({ reservationId: 'late' })).toEqual({ outcome: 'released' })
    expect(await reserve('late', 1)).toEqual({ outcome: 'released' })
    expect(await stockOf('a')).toMatchObject({ onHand: 5, reserved: 0 })
  })

  it('ends when its time is over, and its goods are there for who asks next', async () => {
    await reserve('o1', 5, 'a', 60)
    stage.clock.advance(59_999)
    expect(await reserve('o2', 1)).toMatchObject({ outcome: 'insufficient' })
    stage.clock.advance(1)
    expect(await reserve('o3', 5)).toMatchObject({ outcome: 'reserved' })
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'expired' })
    expect(await client.release({ reservationId: 'o1' })).toEqual({ outcome: 'expired' })
    expect(await reserve('o1', 5)).toEqual({ outcome: 'expired' })
  })

  it('ends by itself where nobody asks', async () => {
    await reserve('o1', 5, 'a', 60)
    stage.clock.advance(60_000)
    await until('its goods are free', async () => (await stockOf('a'))?.atp === 5)
    expect((await client.listLedger({ productId: 'a' })).entries[0]).toMatchObject({
      ...{ operationId: 'o1', reason: 'restored', onHand: 0, reserved: -5, note: 'expired' },
    })
  })

  it('that ended stays so when the clock is put back, and others still end in their time', async () => {
    await reserve('o1', 2, 'a', 60)
    stage.clock.advance(60_000)
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'expired' })
    stage.clock.advance(-day)
    await running.stop()
    client = (await stage.start()).client
    expect(await client.confirm({ reservationId: 'o1' })).toEqual({ outcome: 'expired' })
    const held = await reserve('o2', 5, 'a', 60)
    expect(held).toEqual({
      ...{ outcome: 'reserved', expiresAt: new Date(stage.clock.now() + 60_000).toISOString() },
    })
    stage.clock.advance(60_000)
    expect(await reserve('o3', 5)).toMatchObject({ outcome: 'reserved' })
  })

  it('takes of as few places as can be, and gives back to the same', async () => {
    await receive('b', 2, 'north')
    await receive('b', 6, 'south')
    await buy('o1', 5, 'b')
    await buy('o2', 3, 'b')
    const places = async () => (await client.listLedger({ productId: 'b' })).places.map(({ onHand }) => onHand)
    expect(await places()).toEqual([0, 0])
    const lines = [{ productId: 'b', quantity: 3 }]
    await client.restore({ operationId: 'back', reservationId: 'o2', lines, by })
    expect(await places()).toEqual([2, 1])
  })
})

describe('goods that come back', () => {
  const restore = (reservationId: string, quantity: number, operationId: string, productId = 'a') =>
    client.restore({ operationId, reservationId, lines: [{ productId, quantity }], by })
  beforeEach(async () => {
    await receive('a', 5)
    await buy('o1', 3)
  })

  it('come back once, and never more than left', async () => {
    expect(await restore('o1', 2, 'x1')).toEqual({ outcome: 'restored', refused: [] })
    expect(await restore('o1', 2, 'x1')).toEqual({ outcome: 'repeated', refused: [] })
    expect(await restore('o1', 2, 'x2')).toMatchObject({
      ...{ outcome: 'restored', refused: [{ productId: 'a', quantity: 1 }] },
    })
    expect(await restore('o1', 1, 'x3')).toMatchObject({ outcome: 'refused', refused: [{ quantity: 1 }] })
    expect(await stockOf('a')).toMatchObject({ onHand: 5 })
    await expect(restore('o1', 1, 'x1')).rejects.toMatchObject({ code: 'inventory.operation-differs' })
  })

  it('of what was never sold are refused', async () => {
    expect(await restore('o1', 1, 'x1', 'other')).toMatchObject({
      ...{ outcome: 'refused', refused: [{ productId: 'other', reason: 'the reservation holds none of it' }] },
    })
    await reserve('o2', 1)
    expect(await restore('o2', 1, 'x2')).toMatchObject({ outcome: 'refused' })
    await expect(restore('never', 1, 'x3')).rejects.toMatchObject({ code: 'inventory.no-such-reservation' })
    expect(await stockOf('a')).toMatchObject({ onHand: 2 })
  })
})

describe('what is to be sold', () => {
  it('follows what was sold, and sinks while nothing is; everybody is told', async () => {
    await receive('a', 1_000)
    for (let n = 0; n < 28; n++) {
      await buy(`o${n}`, 4)
      stage.clock.advance(day)
    }
    const sold = await stockOf('a')
    expect(sold!.dailySales).toBeGreaterThan(3.5)
    expect(sold!.dailySales).toBeLessThan(4.1)
    expect(sold!.daysOfCover).toBeCloseTo(sold!.atp / sold!.dailySales!, 2)
    const before = stage.published.length
    stage.clock.advance(28 * day)
    await until('it is told', () =>
      stage.published.slice(before).some(({ payload }) => payload?.change.reason === 'forecast'),
    )
    const { versions } = await client.listStockVersions({ ids: ['a', 'nobody'] })
    const last = stage.published.at(-1)!
    expect(versions).toEqual([
      { id: 'a', version: last.version, atp: sold!.atp, daysOfCover: last.payload!.daysOfCover },
    ])
    expect(versions[0]!.daysOfCover).toBeGreaterThan(sold!.daysOfCover! * 2)
  })

  it('is what was foretold until sales tell otherwise, and says when stock is low', async () => {
    await count({ productId: 'a', onHand: 60, dailySales: 10 })
    expect(await stockOf('a')).toMatchObject({ dailySales: 10, daysOfCover: 6, lowStockAt: 70, isLow: true })
    expect(await client.setThreshold({ productId: 'a', lowStockAt: 5 })).toMatchObject({ lowStockAt: 5, isLow: false })
    expect(await client.listStock({ onlyLow: true })).toEqual({ stock: [], next: null })
    expect(await client.setThreshold({ productId: 'a', lowStockAt: null })).toMatchObject({ lowStockAt: 70 })
    expect(await client.listStock({ onlyLow: true })).toMatchObject({ stock: [{ productId: 'a' }] })
    const unknown = client.setThreshold({ productId: 'nobody', lowStockAt: 5 })
    await expect(unknown).rejects.toMatchObject({ code: 'inventory.no-such-stock', kind: 'not-found' })
    stage.clock.advance(60 * day)
    expect((await stockOf('a'))!.dailySales).toBeLessThan(1)
  })
})

describe('whoever looks', () => {
  it('sees pages of stock and of the ledger, and that it is balanced', async () => {
    for (const id of ['c', 'a', 'b']) await receive(id, 5)
    await buy('o1', 5, 'b')
    await reserve('o2', 1, 'c')
    const first = await client.listStock({ limit: 2 })
    expect(first.stock.map(({ productId }) => productId)).toEqual(['a', 'b'])
    expect(await client.listStock({ after: first.next!, limit: 2 })).toMatchObject({
      ...{ stock: [{ productId: 'c', reserved: 1 }], next: null },
    })
    const { entries, isBalanced } = await client.listLedger({ productId: 'b', limit: 2 })
    expect(entries.map(({ reason, onHand, reserved }) => [reason, onHand, reserved])).toEqual([
      ['deducted', -5, -5],
      ['reserved', 0, 5],
    ])
    expect(isBalanced).toBe(true)
    expect((await client.listLedger({ productId: 'b', before: entries[1]!.id })).entries).toHaveLength(1)
    await until('all is published', async () => (await client.statistics({})).unpublishedEvents === 0)
    expect(await client.statistics({})).toEqual({
      ...{ products: 3, outOfStock: 1, low: 1, heldReservations: 1, unbalanced: 0, unpublishedEvents: 0 },
    })
  })

  it('gets stock said once more, above what was known of it', async () => {
    await receive('a', 5)
    const products = [
      { id: 'a', above: 7 },
      { id: 'nobody', above: 3 },
    ]
    expect(await client.republishStock({ products })).toEqual({ republished: 2 })
    await until('it is said', () => stage.published.length === 3)
    const said = new Map(stage.published.map((each) => [each.key, each]))
    expect(said.get('a')).toMatchObject({ version: 8, payload: { atp: 5, change: { quantity: 0 } } })
    expect(said.get('nobody')).toMatchObject({ version: 4, payload: { atp: 0, change: { quantity: 0 } } })
    expect((await client.listLedger({ productId: 'nobody' })).entries).toEqual([])
  })
})

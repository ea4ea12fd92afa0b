import { describe, expect, it } from 'vitest'
import { patienceMs } from './application/drive-checkouts.ts'
import type { Fault, FaultKind } from './testing/faults.ts'
import { buying, cartId, openStage, type Stage, usd } from './testing/open-stage.ts'

const kinds: readonly FaultKind[] = ['crash before', 'crash after', 'lost before', 'lost after']

async function stageWithCart(): Promise<Stage> {
  const stage = await openStage({ a: 3, b: 5 })
  await stage.sell([
    { id: 'a', price: usd(500) },
    { id: 'b', price: usd(250) },
  ])
  const shop = await stage.start()
  await shop.client.setCartLine({ cartId, productId: 'a', quantity: 2 })
  await shop.client.setCartLine({ cartId, productId: 'b', quantity: 1 })
  await shop.stop()
  return stage
}

/** Runs lives of the service, each with its fault, then one without, until all has come to an end. */
async function liveOn(stage: Stage, faults: readonly Fault[], token: string) {
  let calls = 0
  for (const [place, fault] of faults.entries()) {
    const life = await stage.start(fault).catch(() => null)
    if (life === null) continue
    if (place === 0) await life.client.checkout(buying('c1', 1_250, { paymentToken: token })).catch(() => {})
    calls = life.calls()
    stage.clock.advance(patienceMs + 1)
    if (!fault.kind.startsWith('crash')) await life.sweep()
    await life.stop().catch(() => {})
  }
  stage.clock.advance(patienceMs + 1)
  const last = await stage.start()
  return { calls, last }
}

/** Either the order stands, with stock confirmed once and money captured once; or nothing is taken, and nothing is set aside. */
async function expectWholeOrNothing(stage: Stage, { client }: Awaited<ReturnType<Stage['start']>>) {
  expect((await client.statistics({})).unfinished).toBe(0)
  const { orders } = await client.listOrders({})
  const [a, b, payment] = [stage.stock.amounts('a'), stage.stock.amounts('b'), await stage.paymentOf('c1')]
  const cart = await client.getCart({ cartId })
  if (orders.length === 0) {
    expect([a, b]).toEqual([
      { onHand: 3, reserved: 0 },
      { onHand: 5, reserved: 0 },
    ])
    expect([null, 'declined', 'voided']).toContain(payment)
    expect(cart.lines).toHaveLength(2)
    return 'nothing'
  }
  expect(orders).toMatchObject([{ orderId: 'c1', state: 'paid', total: usd(1_250) }])
  expect([a, b]).toEqual([
    { onHand: 1, reserved: 0 },
    { onHand: 4, reserved: 0 },
  ])
  expect(payment).toBe('captured')
  expect(cart.lines).toEqual([])
  await stage.hasPublished('purchase', 1)
  await stage.hasPublished('orders.order-changed', 1)
  expect([stage.published('purchase').length, stage.published('orders.order-changed').length]).toEqual([1, 1])
  return 'order'
}

describe.each(kinds)('%s', (kind) => {
  it.each(['card', 'timeout', 'declined'])('at every single call, paid with %s: whole or nothing', async (token) => {
    const ends = new Set<string>()
    let call = 1
    for (; ; call++) {
      await using stage = await stageWithCart()
      const life = await liveOn(stage, [{ kind, call }], token)
      ends.add(await expectWholeOrNothing(stage, life.last))
      const { outcome } = await life.last.client.checkout(buying('c1', 1_250, { paymentToken: token }))
      expect(await expectWholeOrNothing(stage, life.last)).toBe(outcome === 'placed' ? 'order' : 'nothing')
      expect(['placed', 'declined']).toContain(outcome)
      // The fault came after all that there was to do.
      if (life.calls < call) break
    }
    expect(call).toBeGreaterThan(4)
    expect([...ends].toSorted()).toEqual(token === 'declined' ? ['nothing'] : ['nothing', 'order'])
  })
})

it('is whole or nothing also when the one that takes it up crashes too, at any call', async () => {
  for (let first = 6; first <= 16; first++)
    for (let second = 1; second <= 12; second++) {
      await using stage = await stageWithCart()
      const faults = [
        { kind: 'crash after', call: first },
        { kind: second % 2 === 0 ? 'crash after' : 'crash before', call: second },
      ] as const
      const { last } = await liveOn(stage, faults, 'card')
      await expectWholeOrNothing(stage, last)
    }
})

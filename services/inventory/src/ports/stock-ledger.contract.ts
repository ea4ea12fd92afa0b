import type { Envelope } from '@eip/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Decision, Occasion, Standing, Touched } from '../domain/ledger-change.ts'
import { summed } from '../domain/reservation.ts'
import { decideConfirmation, decideExpiry, decideRelease, decideReserving } from '../domain/reserving.ts'
import { decideCount, decideReceipt } from '../domain/stocking.ts'
import type { StockLedger } from './stock-ledger.port.ts'

/** A ledger and what it has sent on its way, in order. `reopen` leaves it as after a crash: only what was durable is there. */
export type StockLedgerHarness = Readonly<{
  ledger: StockLedger
  sent(): Promise<readonly Envelope[]>
  reopen(): Promise<StockLedgerHarness>
  close(): Promise<void>
}>

type Request = Touched & Readonly<{ decide: (standing: Standing, occasion: Occasion) => Decision<unknown> }>

/** Requests as the service makes them. */
export function ledgerRequests(occasion: Occasion) {
  const request = (touched: Partial<Touched>, decide: Request['decide']): Request => ({
    ...{ productIds: [], reservationId: null, operationId: null },
    ...{ ...touched, decide },
  })
  const signed = { note: '', by: 'kim' }
  return {
    receive: (operationId: string, productId: string, quantity: number, place = 'main') =>
      request({ productIds: [productId], operationId }, (standing, when) =>
        decideReceipt({ operationId, lines: [{ productId, place, quantity }], ...signed }, standing, when),
      ),
    reserve: (reservationId: string, lines: readonly { productId: string; quantity: number }[], ttlMs = 60_000) =>
      request({ productIds: lines.map(({ productId }) => productId), reservationId }, (standing, when) =>
        decideReserving({ reservationId, lines: summed(lines), ttlMs }, standing, when),
      ),
    confirm: (reservationId: string) =>
      request({ reservationId }, (standing, when) => decideConfirmation(reservationId, standing, when)),
    release: (reservationId: string) =>
      request({ reservationId }, (standing, when) => decideRelease(reservationId, standing, when)),
    expire: (reservationId: string, at: number) =>
      request({ reservationId }, (standing, when) => decideExpiry(reservationId, standing, { ...when, at })),
    count: (operationId: string, productId: string, onHand: number, lowStockAt: number | null = null) =>
      request({ productIds: [productId], operationId }, (standing, when) => {
        const rows = [{ productId, place: 'main', onHand, lowStockAt, dailySales: null }]
        return decideCount({ operationId, rows, isGenerated: false, by: 'kim' }, standing, when)
      }),
    run: (ledger: StockLedger, ...requests: readonly Request[]) =>
      ledger.change(requests, ({ decide }, standing) => decide(standing, occasion)),
  }
}

/** Every adapter keeps these laws. */
export function stockLedgerContract(open: () => Promise<StockLedgerHarness>): void {
  let harness: StockLedgerHarness
  let events = 0
  const at = Date.UTC(2026, 0, 1)
  const occasion = { at, now: at, trace: 'trace', newEventId: () => `event ${events++}` }
  const { receive, reserve, confirm, release, expire, count, run } = ledgerRequests(occasion)
  const change = (...requests: Parameters<typeof run> extends [unknown, ...infer Rest] ? Rest : never) =>
    run(harness.ledger, ...requests)
  const amounts = async (...ids: string[]) =>
    (await harness.ledger.stockOf(ids)).map(({ productId, onHand, reserved }) => [productId, onHand, reserved])
  const sentVersions = async () => (await harness.sent()).map(({ key, version }) => `${key}@${version}`)

  describe('stock ledger', () => {
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    it('holds what was written, its entries, and sends its events', async () => {
      expect(await change(receive('r1', 'a', 5), receive('r2', 'b', 2, 'north'))).toEqual(['received', 'received'])
      expect(await amounts('b', 'a', 'nobody')).toEqual([
        ['a', 5, 0],
        ['b', 2, 0],
      ])
      expect(await harness.ledger.entries('b', null, 10)).toMatchObject([
        {
          operationId: 'r2',
          place: 'north',
          reason: 'received',
          onHand: 2,
          reserved: 0,
          by: 'kim',
          isGenerated: false,
        },
      ])
      const [event] = await harness.sent()
      expect(event).toMatchObject({
        ...{ key: 'a', version: 1, deleted: false },
        payload: { productId: 'a', atp: 5, change: { operationId: 'r1', reason: 'received', after: { onHand: 5 } } },
      })
      expect(await sentVersions()).toEqual(['a@1', 'b@1'])
    })

    it('writes and sends nothing where nothing is to change', async () => {
      await change(receive('r1', 'a', 5))
      expect(await change(receive('r1', 'a', 5))).toEqual(['repeated'])
      expect(await sentVersions()).toEqual(['a@1'])
      expect(await harness.ledger.entries('a', null, 10)).toHaveLength(1)
    })

    it('decides each request after those before it in the same call', async () => {
      const line = { productId: 'a', quantity: 2 }
      const outcomes = await change(
        receive('r1', 'a', 3),
        receive('r1', 'a', 3),
        reserve('o1', [line]),
        reserve('o2', [line]),
        release('o1'),
        reserve('o3', [line]),
        confirm('o3'),
      )
      expect(outcomes).toMatchObject([
        ...['received', 'repeated', { outcome: 'reserved' }, { outcome: 'insufficient' }],
        ...['released', { outcome: 'reserved' }, 'confirmed'],
      ])
      expect(await amounts('a')).toEqual([['a', 1, 0]])
      expect(await sentVersions()).toEqual([1, 2, 3, 4, 5, 6].map((version) => `a@${version}`))
      expect(await harness.ledger.unbalanced(['a'])).toEqual([])
    })

    it('finds the products of a reservation that was made before', async () => {
      const lines = ['a', 'b'].map((productId) => ({ productId, quantity: 1 }))
      await change(receive('r1', 'a', 1), receive('r2', 'b', 1))
      await change(reserve('o1', lines))
      expect(await change(confirm('o1'), confirm('o1'), release('o1'))).toEqual([
        ...['confirmed', 'confirmed', 'confirmed'],
      ])
      expect(await amounts('a', 'b')).toEqual([
        ['a', 0, 0],
        ['b', 0, 0],
      ])
    })

    it('decides one after the other when asked at once', async () => {
      await change(receive('r', 'a', 10), receive('s', 'b', 1_000))
      const wanted = ['b', 'a'].map((productId) => ({ productId, quantity: 1 }))
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, n) => change(reserve(`o${n}`, n % 2 === 0 ? wanted : wanted.toReversed()))),
      )
      const reserved = outcomes.flat().filter((each) => (each as { outcome: string }).outcome === 'reserved')
      expect(reserved).toHaveLength(10)
      expect(await amounts('a', 'b')).toEqual([
        ['a', 10, 10],
        ['b', 1_000, 10],
      ])
      const versions = (await harness.sent()).filter(({ key }) => key === 'a').map(({ version }) => version)
      expect(versions).toEqual(Array.from({ length: versions.length }, (_, index) => index + 1))
    })

    it('keeps and sends nothing of a call in which a decision fails', async () => {
      await change(receive('r1', 'a', 5))
      const failing = change(receive('r2', 'a', 5), {
        ...receive('r3', 'a', 5),
        decide: () => {
          throw new Error('no decision')
        },
      })
      await expect(failing).rejects.toThrow('no decision')
      expect(await amounts('a')).toEqual([['a', 5, 0]])
      expect(await sentVersions()).toEqual(['a@1'])
    })

    it('keeps nothing of what would take more than there is, whoever decides so', async () => {
      await change(receive('r1', 'a', 5))
      const [stock] = await harness.ledger.stockOf(['a'])
      const oversold = { ...stock!, reserved: 6, version: 2 }
      const empty = { at, operation: null, reservations: [], entries: [], events: [] }
      const selling = change({
        ...receive('r2', 'a', 1),
        decide: () => ({ outcome: 'sold', change: { ...empty, stocks: [oversold] } }),
      })
      await expect(selling).rejects.toThrow()
      expect(await amounts('a')).toEqual([['a', 5, 0]])
    })

    it('counts products, those that are out, and reservations that are held', async () => {
      const none = { products: 0, outOfStock: 0, low: 0, heldReservations: 0, latestAt: 0 }
      expect(await harness.ledger.count()).toEqual(none)
      await change(count('c1', 'a', 1), count('c2', 'b', 4, 5), count('c3', 'c', 9, 5))
      const counted = { products: 3, outOfStock: 0, low: 1, heldReservations: 0, latestAt: at }
      expect(await harness.ledger.count()).toEqual(counted)
      await change(reserve('o1', [{ productId: 'a', quantity: 1 }]))
      expect(await harness.ledger.count()).toEqual({ ...counted, outOfStock: 1, heldReservations: 1 })
      await change(confirm('o1'), count('c4', 'a', 1))
      expect(await harness.ledger.count()).toMatchObject({ outOfStock: 0, heldReservations: 0 })
    })

    it('names the reservations whose time is over', async () => {
      await change(receive('r', 'a', 10))
      const line = [{ productId: 'a', quantity: 1 }]
      await change(reserve('late', line, 3_000), reserve('soon', line, 1_000), reserve('gone', line, 1_000))
      await change(release('gone'))
      expect(await harness.ledger.expired(at + 999, 10)).toEqual([])
      expect(await harness.ledger.expired(at + 1_000, 10)).toEqual(['soon'])
      expect(await harness.ledger.expired(at + 9_000, 10)).toEqual(['soon', 'late'])
      expect(await harness.ledger.expired(at + 9_000, 1)).toEqual(['soon'])
      expect(await change(expire('soon', at + 1_000), expire('late', at + 1_000))).toEqual(['expired', 'left'])
      expect(await amounts('a')).toEqual([['a', 10, 1]])
      expect(await harness.ledger.expired(at + 9_000, 10)).toEqual(['late'])
    })

    it('pages through products by id, and through those that are low', async () => {
      for (const [id, onHand] of [
        ['b', 1],
        ['B', 9],
        ['a', 1],
        ['\u00e9', 9],
      ] as const)
        await change(count(`count of ${id}`, id, onHand, 5))
      const ids = async (...asked: Parameters<StockLedger['stockAfter']>) =>
        (await harness.ledger.stockAfter(...asked)).map(({ productId }) => productId)
      expect(await ids(null, 10, 'all')).toEqual(['B', 'a', 'b', '\u00e9'])
      expect(await ids('B', 2, 'all')).toEqual(['a', 'b'])
      expect(await ids(null, 10, 'low')).toEqual(['a', 'b'])
    })

    it('pages through entries, the newest first', async () => {
      await change(...[1, 2, 3].map((n) => receive(`r${n}`, 'a', n)))
      const [third, second] = await harness.ledger.entries('a', null, 2)
      expect([third!.onHand, second!.onHand]).toEqual([3, 2])
      expect(await harness.ledger.entries('a', second!.id, 2)).toMatchObject([{ operationId: 'r1', onHand: 1 }])
    })

    it('gives every character back as it was', async () => {
      const odd = "o'dd;--\u{1f40d}%_가방"
      await change(receive('r1', odd, 5, "it's \u{1f45f}"), receive('r2', 'plain', 5))
      expect(await harness.ledger.stockOf([odd])).toMatchObject([
        { productId: odd, places: [{ place: "it's \u{1f45f}", onHand: 5 }] },
      ])
      expect(await harness.ledger.stockOf(["o'dd"])).toEqual([])
    })

    it('holds after a crash what was resolved before it', async () => {
      await change(receive('r1', 'a', 5))
      await change(reserve('o1', [{ productId: 'a', quantity: 2 }]))
      const [before, sent] = [await harness.ledger.stockOf(['a']), await harness.sent()]
      harness = await harness.reopen()
      expect(await harness.ledger.stockOf(['a'])).toEqual(before)
      expect(await harness.sent()).toEqual(sent)
      expect(await change(confirm('o1'), receive('r1', 'a', 5))).toEqual(['confirmed', 'repeated'])
    })
  })
}

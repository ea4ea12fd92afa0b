import { type Random, seededRandom } from '@eip/kernel'
import { testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openStage, type Place, type Running } from './testing/open-stage.ts'

const productIds = ['a', 'b', 'c']
type Amounts = Record<string, number>

/** What a plain bookkeeper would have, from the answers alone. */
function bookkeeper() {
  const onHand: Amounts = { a: 0, b: 0, c: 0 }
  const reserved: Amounts = { a: 0, b: 0, c: 0 }
  const held = new Map<string, Amounts>()
  const add = (to: Amounts, lines: Amounts, sign: number) => {
    for (const [id, quantity] of Object.entries(lines)) to[id]! += sign * quantity
  }
  return {
    ...{ onHand, reserved, held },
    receive: (id: string, quantity: number) => add(onHand, { [id]: quantity }, 1),
    hold(id: string, lines: Amounts) {
      held.set(id, lines)
      add(reserved, lines, 1)
    },
    end(id: string, hasLeft: boolean) {
      const lines = held.get(id)
      if (!lines || !held.delete(id)) return
      add(reserved, lines, -1)
      if (hasLeft) add(onHand, lines, -1)
    },
  }
}

const wantedBy = (random: Random): Amounts =>
  Object.fromEntries(productIds.filter(() => random.next() < 0.6).map((id) => [id, 1 + random.integer(3)]))

/** One of many who work at once: random operations, each told to the bookkeeper once it is answered. */
async function work(caller: number, { client }: Running, books: ReturnType<typeof bookkeeper>, random: Random) {
  for (let round = 0; round < 25; round++) {
    const id = `${caller}-${round}`
    const chance = random.next()
    if (chance < 0.25) {
      const [productId, quantity] = [random.pick(productIds), 1 + random.integer(5)]
      const receipt = { operationId: `receipt-${id}`, lines: [{ productId, quantity }], by: 'kim' }
      const answers = await Promise.all([client.receive(receipt), client.receive(receipt)])
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['received', 'repeated'])
      books.receive(productId, quantity)
      continue
    }
    const wanted = wantedBy(random)
    const lines = Object.entries(wanted).map(([productId, quantity]) => ({ productId, quantity }))
    if (lines.length === 0) continue
    const { outcome } = await client.reserve({ reservationId: id, lines })
    if (outcome === 'insufficient') continue
    expect(outcome).toBe('reserved')
    books.hold(id, wanted)
    if (chance < 0.5) continue
    const end = chance < 0.8 ? client.confirm : client.release
    const [first, second] = await Promise.all([end({ reservationId: id }), end({ reservationId: id })])
    expect(second).toEqual(first)
    books.end(id, first.outcome === 'confirmed')
  }
}

const places: readonly (readonly [string, Place])[] = [
  ['sqlite', 'sqlite'],
  ['postgres', { postgres: testEngines.postgres ?? '' }],
]

describe.each(places)('many at once on %s', (name, place) => {
  it.skipIf(name === 'postgres' && testEngines.postgres === undefined)(
    'come to what a bookkeeper would have, and nothing is sold twice',
    async () => {
      await using stage = await openStage(place)
      // A file belongs to one process; a server has several.
      const running = [await stage.start(), ...(name === 'postgres' ? [await stage.start()] : [])]
      const books = bookkeeper()
      const callers = Array.from({ length: 20 }, (_, caller) =>
        work(caller, running[caller % running.length]!, books, seededRandom(caller)),
      )
      await Promise.all(callers)
      const [{ client }] = running as [Running]
      const { stock } = await client.getStock({ productIds })
      for (const { productId, onHand, reserved, atp } of stock) {
        expect([onHand, reserved]).toEqual([books.onHand[productId], books.reserved[productId]])
        expect(atp).toBeGreaterThanOrEqual(0)
      }
      const statistics = await client.statistics({})
      expect(statistics).toMatchObject({ unbalanced: 0, heldReservations: books.held.size })
      stage.clock.advance(3_600_000)
      // Whoever asks next has all that was held.
      const lines = stock
        .map(({ productId, onHand }) => ({ productId, quantity: onHand }))
        .filter((l) => l.quantity > 0)
      if (lines.length > 0)
        expect(await client.reserve({ reservationId: 'all', lines })).toMatchObject({ outcome: 'reserved' })
    },
  )
})

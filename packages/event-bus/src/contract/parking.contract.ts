import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { describe, expect, test } from 'vitest'
import type { Delivery, EventBus } from '../event-bus.port.ts'
import { positionsAfter } from '../position.ts'
import {
  clicked,
  contentOf,
  eventOf,
  eventsOf,
  forgets,
  gate,
  numberOf,
  numbersOf,
  type OpenBus,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

const asked = { topics: [viewed], maximumAttempts: 2, retryDelayMs: 1 }
const never: Topic = { ...viewed, payload: viewed.payload.refine(() => false, 'not yet') }

const lagOf = async (bus: EventBus, group: string) => (await bus.lag(group, [viewed]))['shop.viewed']
const parkedNumbers = async (bus: EventBus, group: string) =>
  (await bus.parking.list(group)).map(({ body }) => (JSON.parse(body) as Envelope<{ n: number }>).payload?.n)
const retryAll = async (bus: EventBus, group: string) =>
  bus.parking.retry(
    group,
    (await bus.parking.list(group)).map(({ position }) => position),
  )

/** Publishes, and has the group park all of it: its reader, gone by now, could not read a thing. */
async function parkAll(bus: EventBus, group: string, events: readonly Envelope[]): Promise<void> {
  await bus.publish(viewed, events)
  const reader = await bus.subscribe({ group, topics: [never], handle: async () => {} })
  await until(async () => (await lagOf(bus, group)) === 0)
  await reader.close()
}

/** A reader that rejects the numbers it is told to, and takes down the others. */
function picky() {
  const { taken, handle } = taker()
  const bad = new Set<number>()
  const attempts = new Map<number, number[]>()
  return {
    taken,
    bad,
    attempts,
    async handle(deliveries: readonly Delivery[]) {
      for (const delivery of deliveries) {
        const n = numberOf(delivery)
        attempts.set(n, [...(attempts.get(n) ?? []), delivery.attempt])
      }
      const found = deliveries.find((delivery) => bad.has(numberOf(delivery)))
      if (found !== undefined) throw new Error(`${numberOf(found)} again`)
      await handle(deliveries)
    },
  }
}

export function parkingContract(open: OpenBus): void {
  describe('parking', () => {
    test('names the groups that hold something, with how much', async () => {
      const { bus } = await open()
      expect(await bus.parking.groups()).toEqual([])
      await parkAll(bus, 'two', eventsOf(3))
      await parkAll(bus, 'one', eventsOf(2))
      await contentOf(bus, never)
      expect(await bus.parking.groups()).toEqual([
        { group: 'follow', messages: 5, topics: { 'shop.viewed': 5 } },
        { group: 'one', messages: 5, topics: { 'shop.viewed': 5 } },
        { group: 'two', messages: 3, topics: { 'shop.viewed': 3 } },
      ])
    })
  })

  describe('retry', () => {
    test('gives parked messages to their group alone, as first attempts with the bytes and the position they had', async () => {
      const { bus } = await open()
      const events = eventsOf(5)
      await parkAll(bus, 'g', events)
      await parkAll(bus, 'other', [])
      const parked = await bus.parking.list('g')
      const mine = taker()
      const theirs = taker()
      await bus.subscribe({ ...asked, group: 'g', handle: mine.handle })
      await bus.subscribe({ ...asked, group: 'other', handle: theirs.handle })
      expect(await retryAll(bus, 'g')).toEqual({ retried: 5, absent: 0 })
      await until(async () => mine.taken.length === 5 && (await lagOf(bus, 'g')) === 0)
      for (const { event, attempt, isRetried, position } of mine.taken) {
        expect({ attempt, isRetried }).toEqual({ attempt: 1, isRetried: true })
        expect(events).toContainEqual(event)
        expect(parked.map((message) => message.position)).toContainEqual(position)
      }
      expect(await bus.parking.groups()).toEqual([{ group: 'other', messages: 5, topics: { 'shop.viewed': 5 } }])
      expect(theirs.taken).toEqual([])
    })

    test('waits for a reader if there is none, and lag counts what waits', async () => {
      const { bus } = await open()
      await parkAll(bus, 'g', eventsOf(4))
      const [first, ...others] = (await bus.parking.list('g')).map(({ position }) => position)
      expect(await bus.parking.retry('g', others)).toEqual({ retried: 3, absent: 0 })
      expect(await lagOf(bus, 'g')).toBe(3)
      expect((await bus.parking.list('g')).map(({ position }) => position)).toEqual([first])
      const { taken, handle } = taker()
      await bus.subscribe({ ...asked, group: 'g', handle })
      await until(async () => (await lagOf(bus, 'g')) === 0)
      expect(taken).toHaveLength(3)
    })

    test('parks again who fails again, with the new reason and its attempts counted anew, and no other', async () => {
      const { bus } = await open()
      await parkAll(
        bus,
        'g',
        eventsOf(6, () => 'one-key'),
      )
      const { taken, bad, attempts, handle } = picky()
      bad.add(3)
      await bus.subscribe({ ...asked, group: 'g', handle })
      await retryAll(bus, 'g')
      await until(async () => (await lagOf(bus, 'g')) === 0)
      expect(sorted(numbersOf(taken))).toEqual([0, 1, 2, 4, 5])
      expect(await bus.parking.list('g')).toMatchObject([{ attempts: 2, reason: 'Error: 3 again' }])
      bad.clear()
      await retryAll(bus, 'g')
      await until(() => taken.length === 6)
      expect(attempts.get(3)).toEqual([1, 2, 1])
      expect(await bus.parking.list('g')).toEqual([])
    })

    test('parks again what still cannot be read, as the newest', async () => {
      const { bus } = await open()
      await parkAll(
        bus,
        'g',
        eventsOf(3, () => 'one-key'),
      )
      const oldest = (await bus.parking.list('g')).slice(0, 1).map(({ position }) => position)
      const stricter: Topic = { ...viewed, payload: viewed.payload.refine(() => false, 'not now either') }
      await bus.subscribe({ ...asked, group: 'g', topics: [stricter], handle: async () => {} })
      await bus.parking.retry('g', oldest)
      await until(async () => (await bus.parking.list('g')).length === 3)
      expect(await parkedNumbers(bus, 'g')).toEqual([1, 2, 0])
      expect((await bus.parking.list('g'))[2]).toMatchObject({ attempts: 0, position: oldest[0] })
      expect((await bus.parking.list('g'))[2]?.reason).toContain('not now either')
    })

    test('gives a message once however often it is asked, and counts what is not parked', async () => {
      const { bus } = await open()
      await parkAll(bus, 'g', eventsOf(2))
      const positions = (await bus.parking.list('g')).map(({ position }) => position)
      const nowhere = { topic: 'shop.nowhere', partition: 70, offset: 9 }
      const answers = await Promise.all([
        bus.parking.retry('g', [...positions, ...positions, nowhere]),
        bus.parking.retry('g', positions),
      ])
      expect(answers).toEqual([
        { retried: 2, absent: 3 },
        { retried: 0, absent: 2 },
      ])
      expect(await bus.parking.retry('nobody', positions)).toEqual({ retried: 0, absent: 2 })
      const { taken, handle } = taker()
      await bus.subscribe({ ...asked, group: 'g', handle })
      await until(async () => (await lagOf(bus, 'g')) === 0)
      expect(sorted(numbersOf(taken))).toEqual([0, 1])
      expect(await bus.parking.retry('g', positions)).toEqual({ retried: 0, absent: 2 })
    })

    test('comes after all that the partition held when it was asked', async () => {
      const { bus } = await open()
      const one = (n: number) => eventOf('one-key', { n })
      await parkAll(bus, 'g', [one(0)])
      const running = gate()
      const { taken, handle } = taker()
      await bus.subscribe({
        ...asked,
        group: 'g',
        batchSize: 1,
        async handle(deliveries) {
          await running.open
          await handle(deliveries)
        },
      })
      await bus.publish(
        viewed,
        upTo(5).map((n) => one(n + 1)),
      )
      await retryAll(bus, 'g')
      running.letGo()
      await until(() => taken.length === 6)
      expect(numbersOf(taken)).toEqual([1, 2, 3, 4, 5, 0])
    })

    test('holds while other events come and readers share the work: a key is handled by one at a time, nothing is lost', async () => {
      const { bus } = await open()
      const keyOf = (n: number) => `key-${n % 12}`
      await parkAll(bus, 'g', eventsOf(120, keyOf))
      const busy = new Set<string>()
      const seen = new Map<number, number>()
      let overlaps = 0
      const handle = async (deliveries: readonly Delivery[]) => {
        const keys = new Set(deliveries.map(({ event }) => event.key))
        for (const key of keys) {
          if (busy.has(key)) overlaps += 1
          busy.add(key)
        }
        await new Promise((resolve) => setImmediate(resolve))
        for (const key of keys) busy.delete(key)
        for (const n of numbersOf(deliveries)) seen.set(n, (seen.get(n) ?? 0) + 1)
      }
      const reader = { ...asked, group: 'g', handle, batchSize: 7 }
      const first = await bus.subscribe(reader)
      const positions = (await bus.parking.list('g')).map(({ position }) => position)
      const publishing = Promise.all(
        upTo(10).map((part) =>
          bus.publish(
            viewed,
            upTo(12).map((n) => eventOf(keyOf(n), { n: 1_000 + part * 12 + n })),
          ),
        ),
      )
      await bus.parking.retry('g', positions.slice(0, 50))
      await bus.subscribe(reader)
      await bus.parking.retry('g', positions.slice(50, 90))
      await bus.subscribe(reader)
      await first.close()
      await bus.parking.retry('g', positions.slice(90))
      await publishing
      await until(async () => (await lagOf(bus, 'g')) === 0)
      expect(overlaps).toBe(0)
      expect(sorted([...seen.keys()])).toEqual([...upTo(120), ...upTo(120).map((n) => n + 1_000)])
      expect(new Set(seen.values())).toEqual(new Set([1]))
    })

    test('reaches a reader of that topic, where the readers of a group read different ones', async () => {
      const { bus } = await open()
      await parkAll(bus, 'g', eventsOf(10))
      const here = taker()
      const elsewhere = taker()
      await bus.subscribe({ ...asked, group: 'g', topics: [clicked], handle: elsewhere.handle })
      await bus.subscribe({ ...asked, group: 'g', handle: here.handle })
      await retryAll(bus, 'g')
      await until(() => here.taken.length === 10)
      expect(elsewhere.taken).toEqual([])
    })

    test('moves no offset, neither of the group nor of a state that keeps its own', async () => {
      const { bus } = await open()
      await parkAll(bus, 'g', eventsOf(8))
      const { taken, handle } = taker()
      const reader = await bus.subscribe({ ...asked, group: 'g', handle })
      await retryAll(bus, 'g')
      await until(async () => taken.length === 8 && (await lagOf(bus, 'g')) === 0)
      expect(positionsAfter({ 'shop.viewed/0': 3 }, taken)).toEqual({ 'shop.viewed/0': 3 })
      await reader.close()
      await bus.subscribe({ ...asked, group: 'g', handle })
      await bus.publish(viewed, [eventOf('new', { n: 99 })])
      await until(() => taken.length > 8)
      expect(numbersOf(taken.slice(8))).toEqual([99])
    })

    test('outlives a replay, which gives the message once more', async () => {
      const { bus } = await open()
      await parkAll(
        bus,
        'g',
        eventsOf(3, () => 'one-key'),
      )
      await retryAll(bus, 'g')
      await bus.replay('g', [viewed], 'start')
      const { taken, handle } = taker()
      await bus.subscribe({ ...asked, group: 'g', handle })
      await until(async () => (await lagOf(bus, 'g')) === 0)
      expect(numbersOf(taken)).toEqual([0, 1, 2, 0, 1, 2])
      expect(taken.map(({ isRetried }) => isRetried)).toEqual([false, false, false, true, true, true])
    })

    test('that a closing reader gave up comes to the next one', async () => {
      const { bus } = await open()
      await parkAll(bus, 'g', eventsOf(1))
      const reached = gate()
      const reader = await bus.subscribe({
        ...asked,
        group: 'g',
        handle: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('gave up')))
            reached.letGo()
          }),
      })
      await retryAll(bus, 'g')
      await reached.open
      await reader.close()
      expect(await lagOf(bus, 'g')).toBe(1)
      const { taken, handle } = taker()
      await bus.subscribe({ ...asked, group: 'g', handle })
      await until(() => taken.length === 1)
      expect(taken[0]).toMatchObject({ attempt: 1, isRetried: true })
    })

    test('that was accepted is kept when the bus is opened again', async (context) => {
      const { bus, reopen } = await open()
      if (reopen === undefined) return context.skip(forgets)
      await parkAll(bus, 'g', eventsOf(5))
      await retryAll(bus, 'g')
      const again = await reopen()
      expect(await again.parking.list('g')).toEqual([])
      expect(await lagOf(again, 'g')).toBe(5)
      const { taken, handle } = taker()
      await again.subscribe({ ...asked, group: 'g', handle })
      await until(() => taken.length === 5)
    })

    test('makes `follow` forget what it passed over; who begins to follow reads it anyway', async () => {
      const { bus } = await open()
      await bus.publish(viewed, [eventOf('a', { n: 'one' }), eventOf('a', { n: 2 })])
      await contentOf(bus, viewed)
      expect(await retryAll(bus, 'follow')).toEqual({ retried: 1, absent: 0 })
      expect(await bus.parking.groups()).toEqual([])
      await contentOf(bus, viewed)
      expect(await bus.parking.groups()).toEqual([{ group: 'follow', messages: 1, topics: { 'shop.viewed': 1 } }])
      await retryAll(bus, 'follow')
      const mended: Topic = { ...viewed, payload: envelopeSchema.shape.payload }
      expect(await contentOf(bus, mended)).toHaveLength(2)
      expect(await bus.parking.groups()).toEqual([])
    })
  })
}

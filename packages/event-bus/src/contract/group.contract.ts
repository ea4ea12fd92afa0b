import { describe, expect, test } from 'vitest'
import type { Delivery } from '../event-bus.port.ts'
import {
  clicked,
  eventOf,
  eventsOf,
  forgets,
  gate,
  numbersOf,
  type OpenBus,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

export function groupContract(open: OpenBus): void {
  describe('a group', () => {
    test('that is new begins at the start, and groups do not know of each other', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(30))
      const one = taker()
      const two = taker()
      await bus.subscribe({ group: 'one', topics: [viewed], handle: one.handle })
      await until(() => one.taken.length === 30)
      await bus.subscribe({ group: 'two', topics: [viewed], handle: two.handle })
      await until(() => two.taken.length === 30)
      expect(sorted(numbersOf(one.taken))).toEqual(upTo(30))
      expect(sorted(numbersOf(two.taken))).toEqual(upTo(30))
    })

    test('reads several topics, and batches are no larger than asked', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(40))
      await bus.publish(clicked, eventsOf(40))
      const sizes: number[] = []
      const topics = new Set<string>()
      const handle = async (deliveries: readonly Delivery[]) => {
        sizes.push(deliveries.length)
        for (const { position } of deliveries) topics.add(position.topic)
      }
      await bus.subscribe({ group: 'both', topics: [viewed, clicked], handle, batchSize: 7 })
      await until(() => sizes.reduce((sum, size) => sum + size, 0) === 80)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(7)
      expect(topics).toEqual(new Set(['shop.viewed', 'shop.clicked']))
    })

    test('shares the work among its readers: every event to one of them, a key to one at a time', async () => {
      const { bus } = await open()
      const busy = new Map<string, number>()
      let overlaps = 0
      const counts = [0, 0]
      const seen: number[] = []
      const reader = (index: number) => async (deliveries: readonly Delivery[]) => {
        const keys = new Set(deliveries.map(({ event }) => event.key))
        for (const key of keys) {
          if ((busy.get(key) ?? 0) > 0) overlaps += 1
          busy.set(key, (busy.get(key) ?? 0) + 1)
        }
        await new Promise((resolve) => setImmediate(resolve))
        for (const key of keys) busy.set(key, (busy.get(key) ?? 1) - 1)
        counts[index] = (counts[index] ?? 0) + deliveries.length
        seen.push(...numbersOf(deliveries))
      }
      await bus.subscribe({ group: 'shared', topics: [viewed], handle: reader(0), batchSize: 5 })
      await bus.subscribe({ group: 'shared', topics: [viewed], handle: reader(1), batchSize: 5 })
      await bus.publish(
        viewed,
        eventsOf(400, (n) => `key-${n % 40}`),
      )
      await until(() => seen.length >= 400)
      expect(sorted(seen)).toEqual(upTo(400))
      expect(Math.min(...counts)).toBeGreaterThan(0)
      expect(overlaps).toBe(0)
    })

    test('calls the handler of a subscription once at a time, each partition in its order', async () => {
      const { bus } = await open()
      let running = 0
      let most = 0
      const offsets = new Map<string, number[]>()
      const handle = async (deliveries: readonly Delivery[]) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        for (const { position } of deliveries) {
          const name = `${position.topic}/${position.partition}`
          offsets.set(name, [...(offsets.get(name) ?? []), position.offset])
        }
        running -= 1
      }
      await bus.subscribe({ group: 'g', topics: [viewed, clicked], handle, batchSize: 10 })
      for (const part of upTo(5)) {
        await bus.publish(
          viewed,
          eventsOf(40, (n) => `${part}-${n}`),
        )
        await bus.publish(
          clicked,
          eventsOf(40, (n) => `${part}-${n}`),
        )
      }
      await until(() => [...offsets.values()].flat().length === 400)
      expect(most).toBe(1)
      for (const counted of offsets.values()) expect(counted).toEqual(upTo(counted.length))
    })

    test('goes on with its second reader when the first one closes', async () => {
      const { bus } = await open()
      const first = taker()
      const second = taker()
      const closing = await bus.subscribe({ group: 'shared', topics: [viewed], handle: first.handle })
      await bus.subscribe({ group: 'shared', topics: [viewed], handle: second.handle })
      await bus.publish(viewed, eventsOf(40))
      await until(() => first.taken.length + second.taken.length === 40)
      await closing.close()
      const before = first.taken.length
      await bus.publish(
        viewed,
        eventsOf(40, (n) => `more-${n}`),
      )
      await until(() => first.taken.length + second.taken.length === 80)
      expect(first.taken.length).toBe(before)
    })

    test('goes on from its committed offsets when the bus is opened again', async (context) => {
      const { bus, reopen } = await open()
      if (reopen === undefined) return context.skip(forgets)
      const before = taker()
      await bus.publish(viewed, eventsOf(60))
      await bus.subscribe({ group: 'kept', topics: [viewed], handle: before.handle })
      await until(() => before.taken.length === 60)
      const again = await reopen()
      expect(await again.lag('kept', [viewed])).toEqual({ 'shop.viewed': 0 })
      await again.publish(viewed, [eventOf('new', { n: 1_000 })])
      const after = taker()
      await again.subscribe({ group: 'kept', topics: [viewed], handle: after.handle })
      await until(() => after.taken.length > 0)
      expect(numbersOf(after.taken)).toEqual([1_000])
    })

    test('knows its lag: what is published and not yet handled', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(20))
      expect(await bus.lag('late', [viewed, clicked])).toEqual({ 'shop.viewed': 20, 'shop.clicked': 0 })
      const { handle } = taker()
      const subscription = await bus.subscribe({ group: 'late', topics: [viewed], handle })
      await until(async () => (await bus.lag('late', [viewed]))['shop.viewed'] === 0)
      await subscription.close()
      await bus.publish(
        viewed,
        eventsOf(3, (n) => `more-${n}`),
      )
      expect(await bus.lag('late', [viewed])).toEqual({ 'shop.viewed': 3 })
    })

    test('is closed when its running handler is through, and what that finished does not come again', async () => {
      const { bus } = await open()
      const running = gate()
      const { taken, handle } = taker()
      const begun: string[] = []
      await bus.publish(viewed, [eventOf('a', { n: 1 })])
      const subscription = await bus.subscribe({
        group: 'g',
        topics: [viewed],
        async handle(deliveries) {
          begun.push('handling')
          await running.open
          await handle(deliveries)
        },
      })
      await until(() => begun.length === 1)
      const closed = subscription.close().then(() => begun.push('closed'))
      await bus.publish(viewed, [eventOf('a', { n: 2 })])
      expect(begun).toEqual(['handling'])
      running.letGo()
      await closed
      expect(numbersOf(taken)).toEqual([1])
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => taken.length === 2)
      expect(numbersOf(taken)).toEqual([1, 2])
    })

    test('tells a running handler by its signal that it is closing, and redelivers what that gave up', async () => {
      const { bus } = await open()
      let isRunning = false
      await bus.publish(viewed, [eventOf('a', { n: 1 })])
      const subscription = await bus.subscribe({
        group: 'g',
        topics: [viewed],
        handle: (_, signal) => {
          isRunning = true
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up'))))
        },
      })
      await until(() => isRunning)
      await subscription.close()
      const { taken, handle } = taker()
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => taken.length === 1)
      expect(taken[0]?.attempt).toBe(1)
    })

    test('is refused with options out of range, by name', async () => {
      const { bus } = await open()
      const { handle } = taker()
      const refused = { code: 'event-bus.bad-options', message: expect.stringContaining('"batchSize"') }
      await expect(bus.subscribe({ group: 'g', topics: [viewed], handle, batchSize: 0 })).rejects.toMatchObject(refused)
      await expect(bus.subscribe({ group: '', topics: [viewed], handle })).rejects.toMatchObject({
        message: expect.stringContaining('"group"'),
      })
    })
  })
}

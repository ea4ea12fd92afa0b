import { beforeEach, describe, expect, test } from 'vitest'
import type { Delivery } from '../event-bus.port.ts'
import {
  contentOf,
  type Deviations,
  eventOf,
  eventsOf,
  gate,
  numbersOf,
  type OpenBus,
  priceChanged,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

export function followContract(open: OpenBus, deviations: Deviations): void {
  describe('follow', () => {
    test('gives every follower everything, and says when it has caught up', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(100))
      const takers = [taker(), taker(), taker()]
      const followings = await Promise.all(
        takers.map(({ handle }) => bus.follow({ topics: [viewed], handle, batchSize: 9 })),
      )
      await Promise.all(followings.map(({ caughtUp }) => caughtUp))
      for (const { taken } of takers) expect(sorted(numbersOf(taken))).toEqual(upTo(100))
      await bus.publish(viewed, [eventOf('new', { n: 100 })])
      for (const { taken } of takers) await until(() => taken.length === 101)
    })

    test('has caught up with an empty topic at once', async () => {
      const { bus } = await open()
      const following = await bus.follow({ topics: [viewed], handle: async () => {} })
      await following.caughtUp
    })

    test('has not caught up before everything is handled', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(10))
      const slow = gate()
      const order: string[] = []
      let handled = 0
      const handle = async (deliveries: readonly Delivery[]) => {
        order.push('handling')
        await slow.open
        handled += deliveries.length
      }
      const following = await bus.follow({ topics: [viewed], handle })
      const caughtUp = following.caughtUp.then(() => order.push(`caught up after ${handled}`))
      await until(() => order.length === 1)
      expect(order).toEqual(['handling'])
      slow.letGo()
      await caughtUp
      expect(order.at(-1)).toBe('caught up after 10')
    })

    test('tries again what its handler rejects, and parks nothing', async () => {
      const { bus } = await open()
      await bus.publish(
        viewed,
        eventsOf(5, () => 'one-key'),
      )
      const { taken, handle } = taker()
      let failures = 2
      const following = await bus.follow({
        topics: [viewed],
        async handle(deliveries: readonly Delivery[]) {
          failures -= 1
          if (failures >= 0) throw new Error('not yet')
          await handle(deliveries)
        },
      })
      await following.caughtUp
      expect(numbersOf(taken)).toEqual(upTo(5))
      expect(await bus.parking.list('follow')).toEqual([])
    })

    test('parks what it cannot read under its own name', async () => {
      const { bus } = await open()
      await bus.publish(viewed, [eventOf('a', { n: 'one' }), eventOf('a', { n: 2 })])
      expect(numbersOf(await contentOf(bus, viewed))).toEqual([2])
      expect(numbersOf(await contentOf(bus, viewed))).toEqual([2])
      const parked = await bus.parking.list('follow')
      expect(parked.map(({ reason }) => reason)).toEqual([expect.stringContaining('n is a whole number')])
      await expect(bus.subscribe({ group: 'follow', topics: [viewed], handle: async () => {} })).rejects.toMatchObject({
        code: 'event-bus.bad-options',
      })
    })

    test('tells who still waits for it that it was closed', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(1))
      const following = await bus.follow({
        topics: [viewed],
        handle: (_, signal) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
      })
      await following.close()
      await expect(following.caughtUp).rejects.toMatchObject({ code: 'event-bus.closed' })
    })
  })

  describe('compaction', () => {
    const skipped = deviations.compaction
    beforeEach((context) => {
      if (skipped !== undefined) context.skip(skipped)
    })
    const keys = upTo(6).map((n) => `key-${n}`)
    const round = (version: number) => keys.map((key, n) => eventOf(key, { n }, { version }))

    test('keeps the last event of each key of a state topic, its deletion too, where they were', async () => {
      const { bus } = await open()
      for (const version of upTo(30)) await bus.publish(priceChanged, round(version))
      await bus.publish(priceChanged, [eventOf('key-0', null, { deleted: true, version: 30 })])
      const all = await bus.lag('nobody', [priceChanged])
      let content: readonly Delivery[] = []
      await until(async () => {
        content = await contentOf(bus, priceChanged)
        return content.length === keys.length
      })
      expect(all).toEqual({ 'shop.price-changed': 181 })
      expect(await bus.lag('nobody', [priceChanged])).toEqual(all)
      const last = new Map(content.map(({ event }) => [event.key, event]))
      expect(last.get('key-0')).toMatchObject({ deleted: true, version: 30 })
      for (const key of keys.slice(1)) expect(last.get(key)).toMatchObject({ deleted: false, version: 29 })
      await bus.publish(priceChanged, [eventOf('key-0', { n: 0 }, { version: 31 })])
      const positions = (await contentOf(bus, priceChanged)).map(({ position }) => position)
      const others = content.filter(({ event }) => event.key !== 'key-0')
      for (const { position } of others) expect(positions).toContainEqual(position)
    })

    test('does not let a late, older event drive out the newest one', async () => {
      const { bus } = await open()
      const older = eventOf('key-0', { n: 1 }, { version: 1 })
      await bus.publish(priceChanged, [older])
      for (const version of [2, 3, 4]) await bus.publish(priceChanged, [eventOf('key-0', { n: version }, { version })])
      await until(async () => (await contentOf(bus, priceChanged)).length === 1)
      // Its id is forgotten with it, so that a publisher who repeats itself brings it back.
      await bus.publish(priceChanged, [older, ...eventsOf(5, () => 'key-1')])
      await until(async () => (await contentOf(bus, priceChanged)).length === 3)
      const kept = (await contentOf(bus, priceChanged)).filter(({ event }) => event.key === 'key-0')
      expect(kept.map(({ event }) => event.version)).toEqual([4, 1])
    })

    test('leaves behaviour alone', async () => {
      const { bus } = await open()
      await bus.publish(
        viewed,
        eventsOf(20, () => 'one-key'),
      )
      for (const version of upTo(30)) await bus.publish(priceChanged, round(version))
      await until(async () => (await contentOf(bus, priceChanged)).length === keys.length)
      expect(await contentOf(bus, viewed)).toHaveLength(20)
    })

    test('lets a group that is behind go on past what was removed', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      for (const version of upTo(30)) await bus.publish(priceChanged, round(version))
      await until(async () => (await contentOf(bus, priceChanged)).length === keys.length)
      await bus.subscribe({ group: 'behind', topics: [priceChanged], handle })
      await until(async () => (await bus.lag('behind', [priceChanged]))['shop.price-changed'] === 0)
      expect(taken).toHaveLength(keys.length)
    })
  })
}

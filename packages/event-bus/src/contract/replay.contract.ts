import type { Positions } from '@eip/contracts'
import { describe, expect, test } from 'vitest'
import type { Delivery, EventBus } from '../event-bus.port.ts'
import { positionsAfter } from '../position.ts'
import {
  clicked,
  eventOf,
  eventsOf,
  gate,
  numbersOf,
  type OpenBus,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

const isDone = async (bus: EventBus, group: string) => (await bus.lag(group, [viewed]))['shop.viewed'] === 0

export function replayContract(open: OpenBus): void {
  describe('replay', () => {
    test('from the start: running readers go on from there', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      await bus.publish(viewed, eventsOf(25))
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => taken.length === 25)
      await bus.replay('g', [viewed], 'start')
      await until(() => taken.length === 50)
      expect(sorted(numbersOf(taken.slice(25)))).toEqual(upTo(25))
    })

    test('from the start while a handler runs: its end does not undo the replay', async () => {
      const { bus } = await open()
      const running = gate()
      const { taken, handle } = taker()
      let calls = 0
      await bus.publish(
        viewed,
        eventsOf(10, () => 'one-key'),
      )
      await bus.subscribe({
        group: 'g',
        topics: [viewed],
        async handle(deliveries) {
          calls += 1
          await running.open
          await handle(deliveries)
        },
      })
      await until(() => calls === 1)
      await bus.replay('g', [viewed], 'start')
      running.letGo()
      await until(() => taken.length === 20)
      expect(numbersOf(taken)).toEqual([...upTo(10), ...upTo(10)])
    })

    test('from the end: what was published before does not come', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      await bus.publish(viewed, eventsOf(25))
      await bus.replay('g', [viewed], 'end')
      expect(await bus.lag('g', [viewed])).toEqual({ 'shop.viewed': 0 })
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await bus.publish(viewed, [eventOf('new', { n: 99 })])
      await until(() => taken.length > 0)
      expect(numbersOf(taken)).toEqual([99])
    })

    test('from a time: everything recorded at or after it comes, however the clock jumped', async () => {
      const { bus } = await open()
      const times = [100, 200, 150, 900, 300, 250, 400, 500]
      const events = times.map((recordedAt, n) => eventOf('one-key', { n }, { recordedAt }))
      await bus.publish(viewed, events)
      const from = async (time: number) => {
        const { taken, handle } = taker()
        await bus.replay('g', [viewed], { time })
        const subscription = await bus.subscribe({ group: 'g', topics: [viewed], handle })
        await until(() => isDone(bus, 'g'))
        await subscription.close()
        return numbersOf(taken)
      }
      expect(await from(0)).toEqual(upTo(8))
      expect(await from(200)).toEqual([1, 2, 3, 4, 5, 6, 7])
      expect(await from(201)).toEqual([3, 4, 5, 6, 7])
      expect(await from(901)).toEqual([])
    })

    test('from given positions: the named partitions move, the others stay', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      await bus.publish(
        viewed,
        eventsOf(10, () => 'one-key'),
      )
      await bus.publish(
        clicked,
        eventsOf(5, () => 'one-key'),
      )
      await bus.subscribe({ group: 'g', topics: [viewed, clicked], handle })
      await until(() => taken.length === 15)
      const position = taken.find((delivery) => delivery.position.topic === 'shop.viewed')?.position
      await bus.replay('g', [viewed, clicked], { positions: { [`shop.viewed/${position?.partition}`]: 7 } })
      await until(() => taken.length === 18)
      expect(numbersOf(taken.slice(15))).toEqual([7, 8, 9])
    })

    test('refuses positions that the log never had', async () => {
      const { bus } = await open()
      await bus.publish(
        viewed,
        eventsOf(1, () => 'one-key'),
      )
      const beyond = bus.replay('g', [viewed], { positions: { 'shop.viewed/0': 1_000 } })
      await expect(beyond).rejects.toMatchObject({
        code: 'event-bus.bad-position',
        message: expect.stringContaining('shop.viewed/0'),
      })
    })
  })

  describe('resumeFrom', () => {
    test('overrules the committed offsets: a state that was stored with its own goes on from those', async () => {
      const { bus } = await open()
      let stored: Positions = {}
      const seen: number[] = []
      const keeping = async (deliveries: readonly Delivery[]) => {
        seen.push(...numbersOf(deliveries))
        if (seen.length <= 12) stored = positionsAfter(stored, deliveries)
      }
      await bus.publish(viewed, eventsOf(30))
      const first = await bus.subscribe({ group: 'g', topics: [viewed], handle: keeping, batchSize: 3 })
      await until(() => isDone(bus, 'g'))
      await first.close()
      const { taken, handle } = taker()
      await bus.subscribe({ group: 'g', topics: [viewed], handle, resumeFrom: stored })
      await until(() => isDone(bus, 'g'))
      expect(sorted(numbersOf(taken))).toEqual(sorted(seen.slice(12)))
    })

    test('is not heeded where others read already: nothing that they handled comes again, and nothing is passed over', async () => {
      const { bus } = await open()
      const [first, second] = [taker(), taker()]
      await bus.publish(viewed, eventsOf(30))
      await bus.subscribe({ group: 'g', topics: [viewed], handle: first.handle, resumeFrom: {} })
      await until(() => isDone(bus, 'g'))
      const joined = await bus.subscribe({ group: 'g', topics: [viewed], handle: second.handle, resumeFrom: {} })
      await bus.publish(viewed, eventsOf(60).slice(30))
      await until(() => isDone(bus, 'g'))
      expect(second.taken.length).toBeGreaterThan(0)
      await joined.close()
      await bus.publish(viewed, eventsOf(90).slice(60))
      await until(() => isDone(bus, 'g'))
      expect(sorted(numbersOf([...first.taken, ...second.taken]))).toEqual(upTo(90))
    })

    test('refuses positions that the log never had', async () => {
      const { bus } = await open()
      await bus.publish(viewed, eventsOf(1))
      const beyond = { 'shop.viewed/0': 1_000 }
      const refused = bus.subscribe({ group: 'g', topics: [viewed], handle: async () => {}, resumeFrom: beyond })
      await expect(refused).rejects.toMatchObject({ code: 'event-bus.bad-position' })
    })

    test('overrules again, backwards too, when all readers have gone', async () => {
      const { bus } = await open()
      const before = [taker(), taker()]
      await bus.publish(viewed, eventsOf(30))
      for (const { handle } of before) {
        const reader = await bus.subscribe({ group: 'g', topics: [viewed], handle, resumeFrom: {} })
        await until(() => isDone(bus, 'g'))
        await reader.close()
      }
      for (const { taken } of before) expect(sorted(numbersOf(taken))).toEqual(upTo(30))
    })

    test('leaves a replay alone that was asked for while others read', async () => {
      const { bus } = await open()
      const [first, second] = [taker(), taker()]
      const positions = Object.fromEntries(upTo(8).map((partition) => [`shop.viewed/${partition}`, 0]))
      await bus.publish(viewed, eventsOf(30))
      const reader = await bus.subscribe({ group: 'g', topics: [viewed], handle: first.handle, resumeFrom: positions })
      await until(() => isDone(bus, 'g'))
      await bus.subscribe({ group: 'g', topics: [viewed], handle: second.handle, resumeFrom: {} })
      await reader.close()
      await bus.replay('g', [viewed], 'start')
      await until(() => isDone(bus, 'g'))
      expect(sorted(numbersOf([...first.taken, ...second.taken]))).toEqual(sorted([...upTo(30), ...upTo(30)]))
    })

    test('begins at the start of partitions that it does not name', async () => {
      const { bus } = await open()
      const before = taker()
      await bus.publish(viewed, eventsOf(30))
      const first = await bus.subscribe({ group: 'g', topics: [viewed], handle: before.handle })
      await until(() => before.taken.length === 30)
      await first.close()
      const after = taker()
      await bus.subscribe({ group: 'g', topics: [viewed], handle: after.handle, resumeFrom: {} })
      await until(() => after.taken.length === 30)
    })
  })
}

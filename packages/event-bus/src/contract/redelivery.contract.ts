import type { Topic } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { describe, expect, test } from 'vitest'
import type { Delivery } from '../event-bus.port.ts'
import {
  eventOf,
  eventsOf,
  forgets,
  numberOf,
  numbersOf,
  type OpenBus,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

const retryDelayMs = 1

export function redeliveryContract(open: OpenBus): void {
  describe('redelivery', () => {
    test('hands a batch that failed over again, message by message and in order', async () => {
      const { bus } = await open()
      const calls: { numbers: number[]; attempts: number[] }[] = []
      const handle = async (deliveries: readonly Delivery[]) => {
        calls.push({ numbers: numbersOf(deliveries), attempts: deliveries.map(({ attempt }) => attempt) })
        if (calls.length === 1) throw new Error('not now')
      }
      await bus.publish(
        viewed,
        eventsOf(4, () => 'one-key'),
      )
      await bus.subscribe({ group: 'g', topics: [viewed], handle, retryDelayMs })
      await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
      expect(calls).toEqual([
        { numbers: [0, 1, 2, 3], attempts: [1, 1, 1, 1] },
        { numbers: [0], attempts: [2] },
        { numbers: [1], attempts: [2] },
        { numbers: [2], attempts: [2] },
        { numbers: [3], attempts: [2] },
      ])
      expect(await bus.parking.list('g')).toEqual([])
    })

    test.each(['unavailable', 'overloaded', 'deadline'] as const)(
      'gives messages again as they came for as long as a handler lacks something (%s), and parks none',
      async (kind) => {
        const { bus } = await open()
        const failure = failures({ 'test.away': { kind, cure: 'Wait.' } })
        const attempts: number[] = []
        let left = 12
        const handle = async (deliveries: readonly Delivery[]) => {
          left -= 1
          if (left >= 0) throw failure('test.away', 'the database is away')
          attempts.push(...deliveries.map(({ attempt }) => attempt))
        }
        await bus.publish(
          viewed,
          eventsOf(4, () => 'one-key'),
        )
        await bus.subscribe({ group: 'g', topics: [viewed], handle, maximumAttempts: 2, retryDelayMs: 0.001 })
        await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
        expect(attempts).toEqual([1, 1, 1, 1])
        expect(await bus.parking.list('g')).toEqual([])
      },
    )

    test('parks a message that fails every time, with its reason and bytes, and loses no other', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      const bad = eventOf('key-5', { n: -1, text: 'poison' })
      const picky = async (deliveries: readonly Delivery[]) => {
        if (deliveries.some((delivery) => numberOf(delivery) < 0)) throw new RangeError('n is negative')
        await handle(deliveries)
      }
      await bus.publish(viewed, [...eventsOf(20), bad, ...eventsOf(20, (n) => `key-${n}`)])
      await bus.subscribe({ group: 'g', topics: [viewed], handle: picky, maximumAttempts: 3, retryDelayMs })
      await until(() => taken.length === 40)
      await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
      const [message, ...others] = await bus.parking.list('g')
      expect(others).toEqual([])
      expect(message).toMatchObject({ group: 'g', attempts: 3, reason: 'RangeError: n is negative' })
      expect(message?.position.topic).toBe('shop.viewed')
      expect(JSON.parse(message?.body ?? '')).toEqual(bad)
      expect(await bus.parking.list('another')).toEqual([])
    })

    test('never parks a message for the failure of a batch that it was in', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      const picky = async (deliveries: readonly Delivery[]) => {
        if (deliveries.some((delivery) => numberOf(delivery) === 2)) throw new Error('two')
        await handle(deliveries)
      }
      await bus.publish(
        viewed,
        eventsOf(5, () => 'one-key'),
      )
      await bus.subscribe({ group: 'g', topics: [viewed], handle: picky, maximumAttempts: 1, retryDelayMs })
      await until(() => taken.length === 4)
      expect(numbersOf(taken)).toEqual([0, 1, 3, 4])
      expect((await bus.parking.list('g')).map(({ attempts }) => attempts)).toEqual([2])
    })

    test('lets other partitions go on while a bad message waits', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      const picky = async (deliveries: readonly Delivery[]) => {
        if (deliveries.some(({ event }) => event.key === 'bad')) throw new Error('bad')
        await handle(deliveries)
      }
      const subscription = await bus.subscribe({ group: 'g', topics: [viewed], handle: picky, retryDelayMs: 3_600_000 })
      await bus.publish(viewed, [eventOf('bad')])
      await bus.publish(viewed, eventsOf(64))
      await until(() => taken.length > 32)
      await subscription.close()
      expect(await bus.parking.list('g')).toEqual([])
    })

    test('parks a payload that does not fit the schema of its reader, without asking the handler', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      await bus.publish(viewed, [eventOf('a', { n: 1 }), eventOf('a', { n: 'two' }), eventOf('a', { n: 3 })])
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(async () => (await bus.parking.list('g')).length === 1)
      await until(() => taken.length === 2)
      expect(numbersOf(taken)).toEqual([1, 3])
      const [message] = await bus.parking.list('g')
      expect(message).toMatchObject({ attempts: 0, reason: expect.stringContaining('n is a whole number') })
      expect(JSON.parse(message?.body ?? '')).toMatchObject({ key: 'a', payload: { n: 'two' } })
    })

    test('parks a message whose schema throws, instead of stopping at it', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      const throwing = viewed.payload.refine(({ n }) => {
        if (n === 1) throw new Error('a defect of the schema')
        return true
      })
      await bus.publish(
        viewed,
        eventsOf(3, () => 'one-key'),
      )
      await bus.subscribe({ group: 'g', topics: [{ ...viewed, payload: throwing }], handle })
      await until(() => taken.length === 2)
      await until(async () => (await bus.parking.list('g')).length === 1)
      expect((await bus.parking.list('g'))[0]?.reason).toContain('a defect of the schema')
    })

    test('asks no payload of a deletion', async () => {
      const { bus } = await open()
      const { taken, handle } = taker()
      await bus.publish(viewed, [eventOf('a', null, { deleted: true, version: 9 })])
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => taken.length === 1)
      expect(taken[0]?.event).toMatchObject({ deleted: true, payload: null, version: 9 })
    })

    test('keeps parked messages and repeats what was not committed when the bus is opened again', async (context) => {
      const { bus, reopen } = await open()
      if (reopen === undefined) return context.skip(forgets)
      const never: Topic = { ...viewed, payload: viewed.payload.refine(() => false, 'never') }
      await bus.publish(viewed, eventsOf(3))
      await bus.subscribe({ group: 'strict', topics: [never], handle: async () => {} })
      await until(async () => (await bus.parking.list('strict')).length === 3)
      const failing = { group: 'failing', topics: [viewed], retryDelayMs, maximumAttempts: 1_000_000 }
      let isTried = false
      await bus.subscribe({
        ...failing,
        async handle() {
          isTried = true
          throw new Error('no')
        },
      })
      await until(() => isTried)
      const again = await reopen()
      expect(sorted((await again.parking.list('strict')).map(({ body }) => JSON.parse(body).payload.n))).toEqual(
        upTo(3),
      )
      const { taken, handle } = taker()
      await again.subscribe({ ...failing, handle })
      await until(() => taken.length === 3)
    })
  })
}

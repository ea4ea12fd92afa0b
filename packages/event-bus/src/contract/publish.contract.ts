import type { Envelope } from '@eip/contracts'
import { describe, expect, test } from 'vitest'
import type { Delivery } from '../event-bus.port.ts'
import {
  contentOf,
  eventOf,
  eventsOf,
  forgets,
  gate,
  type Note,
  numbersOf,
  type OpenBus,
  priceChanged,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from './stage.ts'

export function publishContract(open: OpenBus): void {
  describe('publish', () => {
    test('delivers the whole envelope, with the fields that a newer writer added', async () => {
      const { bus } = await open()
      const event = eventOf('a', { n: 7, added: 'later' }, { trace: '00-ab-cd-01', market: { language: 'ko' } })
      await bus.publish(viewed, [{ ...event, fromTomorrow: 1 } as Envelope])
      const [delivery] = await contentOf(bus, viewed)
      expect(delivery?.event).toEqual({ ...event, fromTomorrow: 1 })
    })

    test('delivers every script and control character as it was published', async () => {
      const { bus } = await open()
      const text = 'Füße 한국어 日本語 🛒 \u0000\u001f\n\ud800 end'
      const key = text.toWellFormed()
      await bus.publish(viewed, [eventOf(key, { n: 1, text })])
      const [delivery] = await contentOf(bus, viewed)
      expect(delivery?.event.key).toBe(key)
      expect(delivery?.event.payload).toEqual({ n: 1, text })
    })

    test('keeps the order of a key, with several publishers that do not wait', async () => {
      const { bus } = await open()
      const publishers = ['a', 'b', 'c', 'd']
      const calls = upTo(60).flatMap((n) =>
        publishers.map((by) => bus.publish(viewed, [eventOf(`key-${n % 3}`, { n, by }), eventOf('other', { n, by })])),
      )
      await Promise.all(calls)
      const seen = new Map<string, number[]>()
      for (const { event } of await contentOf(bus, viewed)) {
        const { n, by } = event.payload as Note
        const name = `${event.key} by ${by}`
        seen.set(name, [...(seen.get(name) ?? []), n])
      }
      expect(seen.size).toBe(16)
      for (const numbers of seen.values()) expect(numbers).toEqual(sorted(numbers))
    })

    test('counts offsets by one within a partition, and keeps a key in one partition', async () => {
      const { bus } = await open()
      await bus.publish(
        viewed,
        eventsOf(200, (n) => `key-${n % 20}`),
      )
      const offsets = new Map<number, number[]>()
      const partitionOfKey = new Map<string, Set<number>>()
      for (const { position, event } of await contentOf(bus, viewed)) {
        offsets.set(position.partition, [...(offsets.get(position.partition) ?? []), position.offset])
        partitionOfKey.set(event.key, (partitionOfKey.get(event.key) ?? new Set()).add(position.partition))
      }
      for (const counted of offsets.values()) expect(counted).toEqual(upTo(counted.length))
      for (const partitions of partitionOfKey.values()) expect(partitions.size).toBe(1)
      expect(offsets.size).toBeGreaterThan(1)
    })

    test('appends an event id once, within a call and between calls', async () => {
      const { bus } = await open()
      const first = eventOf('a', { n: 1 })
      await bus.publish(viewed, [first, first])
      await bus.publish(viewed, [eventOf('a', { n: 2 }), first])
      expect(numbersOf(await contentOf(bus, viewed))).toEqual([1, 2])
      await bus.publish(priceChanged, [first])
      expect(numbersOf(await contentOf(bus, priceChanged))).toEqual([1])
    })

    test('takes all events of a call or none, and names the field that is wrong', async () => {
      const { bus } = await open()
      const broken = { ...eventOf('b'), version: -1 }
      await expect(bus.publish(viewed, [eventOf('a'), broken])).rejects.toMatchObject({
        code: 'event-bus.bad-envelope',
        message: expect.stringMatching(/event 1 of 2.*"version"/),
      })
      await expect(bus.publish(viewed, [eventOf('half \ud800')])).rejects.toMatchObject({
        message: expect.stringContaining('"key"'),
      })
      const huge = eventOf('c', { n: 1, text: 'x'.repeat(1 << 20) })
      await expect(bus.publish(viewed, [eventOf('a'), huge])).rejects.toMatchObject({ code: 'event-bus.too-large' })
      await bus.publish(viewed, [])
      expect(await contentOf(bus, viewed)).toEqual([])
    })

    test('refuses a topic whose kind has changed', async () => {
      const { bus } = await open()
      await bus.publish(viewed, [eventOf('a')])
      const changed = bus.publish({ ...viewed, kind: 'state' }, [eventOf('a')])
      await expect(changed).rejects.toMatchObject({ code: 'event-bus.topic-changed' })
    })

    test('keeps what it acknowledged when it is opened again', async (context) => {
      const { bus, reopen } = await open()
      if (reopen === undefined) return context.skip(forgets)
      const event = eventOf('a', { n: 99 })
      await bus.publish(viewed, [...eventsOf(50), event])
      const again = await reopen()
      await again.publish(viewed, [event])
      expect(sorted(numbersOf(await contentOf(again, viewed)))).toEqual([...upTo(50), 99])
    })

    test('waits when the bus is behind: few events are in memory between the call and the acknowledgement', async () => {
      const { bus } = await open()
      let inMemory = 0
      let most = 0
      const calls = upTo(200).map(async (n) => {
        const text = 'x'.repeat(250_000)
        // The bus asks for the payload's bytes when it takes the event up.
        const payload = {
          toJSON() {
            inMemory += text.length
            most = Math.max(most, inMemory)
            return { n, text }
          },
        }
        await bus.publish(viewed, [eventOf(`key-${n}`, payload)])
        inMemory -= text.length
      })
      await Promise.all(calls)
      expect(most).toBeLessThan(34_000_000)
    })

    test('does not wait for a slow reader, and hands it no more than it can take', async () => {
      const { bus } = await open()
      const slow = gate()
      let read = 0
      const counting = { ...viewed, payload: viewed.payload.refine(() => ++read > 0) }
      const { taken, handle } = taker()
      const slowly = async (deliveries: readonly Delivery[]) => {
        await slow.open
        await handle(deliveries)
      }
      await bus.publish(viewed, eventsOf(100))
      await bus.subscribe({ group: 'slow', topics: [counting], handle: slowly, batchSize: 100 })
      await until(() => read > 0)
      for (const n of upTo(20))
        await bus.publish(
          viewed,
          eventsOf(500, (i) => `key-${n}-${i}`),
        )
      expect(read).toBeLessThanOrEqual(100)
      slow.letGo()
      await until(() => taken.length === 10_100)
    })

    test('refuses calls after it was closed', async () => {
      const { bus } = await open()
      await bus.close()
      await bus.close()
      await expect(bus.publish(viewed, [eventOf('a')])).rejects.toMatchObject({ code: 'event-bus.closed' })
      await expect(bus.follow({ topics: [viewed], handle: async () => {} })).rejects.toMatchObject({
        code: 'event-bus.closed',
      })
    })
  })
}

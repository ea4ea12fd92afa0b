import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { newId, seededRandom } from '@eip/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outbox } from './outbox.port.ts'
import { outboxRelay, type RelayTrouble } from './outbox-relay.ts'

/** An outbox and the transactions it takes part in. `reopen` leaves it as after a crash: only what was durable is there. */
export type OutboxHarness<Tx> = Readonly<{
  outbox: Outbox<Tx>
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  reopen(): Promise<OutboxHarness<Tx>>
  close(): Promise<void>
}>

const topicOf = (name: string): Topic => ({
  name,
  kind: 'state',
  schema: `${name}/1`,
  payload: envelopeSchema.shape.payload,
})
const noteChanged = topicOf('notes.note-changed')
const noteRead = topicOf('notes.note-read')

const eventOf = (topic: Topic, key: string, version: number): Envelope => ({
  id: newId(),
  schema: topic.schema,
  key,
  version,
  occurredAt: 1,
  recordedAt: 1,
  deleted: false,
  market: {},
  payload: { text: `${key} ${version}` },
})

/** What a bus must do for the relay: keep the order and know the ids. `before` may fail a publish, `after` lose its answer. */
function recordingBus(before: () => void = () => {}, after: () => void = () => {}) {
  const log: Envelope[] = []
  const ids = new Set<string>()
  const waiting: { count: number; resolve: () => void }[] = []
  const publish = async (_topic: Topic, events: readonly Envelope[]) => {
    before()
    for (const event of events) if (!ids.has(event.id)) log.push(event)
    for (const event of events) ids.add(event.id)
    for (const { count, resolve } of waiting) if (log.length >= count) resolve()
    after()
  }
  const holds = (count: number) =>
    new Promise<void>((resolve) => {
      if (log.length >= count) resolve()
      else waiting.push({ count, resolve })
    })
  return { publish, log, holds }
}

const versionsByKey = (log: readonly Envelope[]) => {
  const versions: Record<string, number[]> = {}
  for (const event of log) {
    versions[event.key] ??= []
    versions[event.key]!.push(event.version)
  }
  return versions
}

/** Every adapter keeps these laws. */
export function outboxContract<Tx>(open: () => Promise<OutboxHarness<Tx>>): void {
  let harness: OutboxHarness<Tx>
  beforeEach(async () => {
    harness = await open()
  })
  afterEach(() => harness.close())

  const add = (...events: Envelope[]) => harness.transaction((tx) => harness.outbox.add(tx, noteChanged, events))
  const relayTo = (bus: Pick<ReturnType<typeof recordingBus>, 'publish'>, troubles: RelayTrouble[] = []) =>
    outboxRelay({
      outbox: harness.outbox,
      bus,
      topics: [noteChanged, noteRead],
      onTrouble: (trouble) => troubles.push(trouble),
      retryDelayMs: 1,
      maximumRetryDelayMs: 2,
      batchSize: 7,
    })

  describe('outbox', () => {
    it('holds what was committed, in order, until it is removed', async () => {
      const events = [1, 2, 3].map((version) => eventOf(noteChanged, 'a', version))
      await add(events[0]!, events[1]!)
      await add(events[2]!)
      const entries = await harness.outbox.next(10)
      expect(entries.map((entry) => entry.event)).toEqual(events)
      expect(await harness.outbox.next(2)).toEqual(entries.slice(0, 2))
      expect(await harness.outbox.pending()).toBe(3)
      await harness.outbox.removeThrough(entries[1]!.position)
      expect(await harness.outbox.next(10)).toEqual(entries.slice(2))
      expect(await harness.outbox.pending()).toBe(1)
      await harness.outbox.removeThrough(entries[2]!.position)
      expect(await harness.outbox.next(10)).toEqual([])
      expect(await harness.outbox.pending()).toBe(0)
    })

    it('holds nothing of a transaction that failed, and tells nobody', async () => {
      let arrivals = 0
      harness.outbox.onArrival(() => (arrivals += 1))
      const failing = harness.transaction(async (tx) => {
        await harness.outbox.add(tx, noteChanged, [eventOf(noteChanged, 'a', 1)])
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await harness.outbox.pending()).toBe(0)
      expect(arrivals).toBe(0)
    })

    it('tells listeners of a commit until they leave', async () => {
      let arrivals = 0
      const leave = harness.outbox.onArrival(() => (arrivals += 1))
      await add(eventOf(noteChanged, 'a', 1))
      await harness.outbox.pending()
      expect(arrivals).toBeGreaterThanOrEqual(1)
      leave()
      const before = arrivals
      await add(eventOf(noteChanged, 'a', 2))
      await harness.outbox.pending()
      expect(arrivals).toBe(before)
    })

    it('refuses an envelope that the bus would not take, and the change with it', async () => {
      for (const bad of [
        { ...eventOf(noteChanged, 'a', 1), key: '' },
        { ...eventOf(noteChanged, 'a', 1), version: -1 },
        { ...eventOf(noteChanged, 'a', 1), schema: 'notes.other/1' },
      ])
        await expect(add(eventOf(noteChanged, 'a', 0), bad)).rejects.toMatchObject({ code: 'database.bad-event' })
      expect(await harness.outbox.pending()).toBe(0)
    })

    it('holds after a crash what was committed before it', async () => {
      const event = eventOf(noteChanged, 'a', 1)
      await add(event)
      harness = await harness.reopen()
      expect((await harness.outbox.next(10)).map((entry) => entry.event)).toEqual([event])
    })
  })

  describe('relay', () => {
    it('publishes what was there before it started and then every commit', async () => {
      const bus = recordingBus()
      await add(eventOf(noteChanged, 'a', 1))
      const relay = relayTo(bus)
      relay.start()
      await bus.holds(1)
      await add(eventOf(noteChanged, 'a', 2), eventOf(noteChanged, 'b', 1))
      await bus.holds(3)
      await relay.close()
      expect(versionsByKey(bus.log)).toEqual({ a: [1, 2], b: [1] })
      expect(await relay.pending()).toBe(0)
    })

    it('publishes each topic on its own and keeps their order', async () => {
      const published: string[] = []
      const publish = async (topic: Topic, events: readonly Envelope[]) => {
        published.push(`${topic.name} ${events.map((event) => event.version)}`)
      }
      await add(eventOf(noteChanged, 'a', 1), eventOf(noteChanged, 'a', 2))
      await harness.transaction((tx) => harness.outbox.add(tx, noteRead, [eventOf(noteRead, 'a', 1)]))
      await add(eventOf(noteChanged, 'a', 3))
      await relayTo({ publish }).close()
      expect(published).toEqual(['notes.note-changed 1,2', 'notes.note-read 1', 'notes.note-changed 3'])
    })

    it('publishes all that is left when it is closed', async () => {
      const bus = recordingBus()
      const relay = relayTo(bus)
      for (let version = 1; version <= 30; version++) await add(eventOf(noteChanged, 'a', version))
      await relay.close()
      await relay.close()
      expect(bus.log).toHaveLength(30)
      expect(await relay.pending()).toBe(0)
    })

    it('tries again while the bus fails, waits longer each time, and says so', async () => {
      let failuresLeft = 4
      const bus = recordingBus(() => {
        if (failuresLeft-- > 0) throw new Error('bus is away')
      })
      const troubles: RelayTrouble[] = []
      const relay = relayTo(bus, troubles)
      relay.start()
      await add(eventOf(noteChanged, 'a', 1))
      await bus.holds(1)
      await relay.close()
      expect(troubles.map((trouble) => [trouble.attempts, trouble.retryInMs])).toEqual([
        [1, 1],
        [2, 2],
        [3, 2],
        [4, 2],
      ])
      expect(await relay.pending()).toBe(0)
    })

    it('stops although the bus is away, and keeps what is left for the next start', async () => {
      const troubles: RelayTrouble[] = []
      const away = relayTo(
        recordingBus(() => {
          throw new Error('bus is away')
        }),
        troubles,
      )
      away.start()
      await add(eventOf(noteChanged, 'a', 1))
      await away.close()
      expect(troubles.at(-1)).toMatchObject({ retryInMs: null })
      const bus = recordingBus()
      await relayTo(bus).close()
      expect(versionsByKey(bus.log)).toEqual({ a: [1] })
    })

    it('loses nothing and keeps the order per key when the bus fails at random and the process crashes', async () => {
      const random = seededRandom(7)
      let share = 0.3
      const failAtRandom = () => {
        if (random.next() < share) throw new Error('chance')
      }
      // The log outlives the crashes, as a bus does.
      const bus = recordingBus(failAtRandom, failAtRandom)
      const expected: Record<string, number[]> = {}
      for (let round = 0; round < 5; round++) {
        const relay = relayTo(bus)
        relay.start()
        for (let change = 0; change < 40; change++) {
          const key = `key ${random.integer(5)}`
          expected[key] ??= []
          const version = expected[key].push(expected[key].length + 1)
          await add(eventOf(noteChanged, key, version))
        }
        // The relay is in the middle of its work: whatever it does on the old handle fails from here on.
        harness = await harness.reopen()
        await relay.close()
      }
      share = 0
      await relayTo(bus).close()
      expect(versionsByKey(bus.log)).toEqual(expected)
    })
  })
}

import { exec, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Positions } from '@eip/contracts'
import { newId, seededRandom } from '@eip/kernel'
import { testEngines } from '@eip/testkit'
import { Admin, ConfigResourceTypes } from '@platformatic/kafka'
import { afterEach, describe, expect, test } from 'vitest'
import {
  clicked,
  contentOf,
  eventOf,
  eventsOf,
  gate,
  numbersOf,
  priceChanged,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from '../contract/stage.ts'
import { eventBusContract } from '../event-bus.contract.ts'
import type { Delivery, EventBus } from '../event-bus.port.ts'
import { removeTopics } from './kafka/topic-removal.ts'
import { type KafkaEventBusOptions, kafkaEventBus } from './kafka.event-bus.ts'

const brokers = testEngines.kafka?.split(',') ?? []
/** A command that stops a broker the hard way, and comes back when it answers again. */
const restart = process.env.TEST_KAFKA_RESTART
const quick = { partitions: 8, heartbeatMs: 50, sessionTimeoutMs: 6_000 }

const newPrefix = () => `test-${newId().slice(-12)}.`
const openBus = (prefix: string, options: Partial<KafkaEventBusOptions> = {}) =>
  kafkaEventBus({ brokers, clientId: 'event-bus-test', prefix, ...quick, ...options })

/** A reader in a process of its own, and what it says that it has handled. */
function readerOf(prefix: string, positions?: Positions) {
  const fixture = fileURLToPath(new URL('./kafka-reader.fixture.ts', import.meta.url))
  const options = positions === undefined ? [] : [JSON.stringify(positions)]
  const child = spawn(process.execPath, [fixture, brokers.join(','), prefix, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const handled: number[] = []
  const ended = (async () => {
    for await (const line of createInterface({ input: child.stdout })) if (line !== 'joined') handled.push(Number(line))
  })()
  return {
    handled,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function withAdmin<Answer>(ask: (admin: Admin) => Promise<Answer>): Promise<Answer> {
  const admin = new Admin({ clientId: 'event-bus-test', bootstrapBrokers: brokers })
  return ask(admin).finally(() => admin.close())
}

describe.skipIf(!testEngines.kafka)('kafka event bus (needs TEST_KAFKA_BROKERS)', () =>
  eventBusContract(
    async () => {
      const prefix = newPrefix()
      let bus = await openBus(prefix)
      return {
        bus,
        async reopen() {
          await bus.close()
          bus = await openBus(prefix)
          return bus
        },
        dispose: () => removeTopics(brokers, prefix),
      }
    },
    {
      compaction:
        'a Kafka broker compacts when it likes, never what was written last, and keeps the last event of a key, whatever its version',
    },
  ),
)

describe.skipIf(!testEngines.kafka)('a cluster (needs TEST_KAFKA_BROKERS)', () => {
  test('says how many brokers it has, and nothing more once the bus is closed', async () => {
    const bus = await openBus(place())
    expect(await bus.brokers()).toBeGreaterThan(0)
    await bus.close()
    await expect(bus.brokers()).rejects.toThrow()
  })

  const opened: EventBus[] = []
  const prefixes: string[] = []
  const place = () => {
    const prefix = newPrefix()
    prefixes.push(prefix)
    return prefix
  }
  const open = async (prefix: string, options: Partial<KafkaEventBusOptions> = {}) => {
    const bus = await openBus(prefix, options)
    opened.push(bus)
    return bus
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()))
    for (const prefix of prefixes.splice(0)) await removeTopics(brokers, prefix)
  })

  describe('of several processes', () => {
    test('shares a group; what one publishes the other reads, and lag is the same for both', async () => {
      const prefix = place()
      const [one, two] = [await open(prefix), await open(prefix)]
      const takers = [taker(), taker()]
      await one.subscribe({ group: 'g', topics: [viewed], handle: takers[0]?.handle as never })
      await two.subscribe({ group: 'g', topics: [viewed], handle: takers[1]?.handle as never })
      await one.publish(viewed, eventsOf(200))
      await two.publish(
        viewed,
        eventsOf(200, (n) => `more-${n}`),
      )
      await until(async () => (await two.lag('g', [viewed]))['shop.viewed'] === 0)
      expect(await one.lag('g', [viewed])).toEqual({ 'shop.viewed': 0 })
      const counts = takers.map(({ taken }) => taken.length)
      expect(Math.min(...counts)).toBeGreaterThan(0)
      expect(counts.reduce((sum, count) => sum + count)).toBe(400)
    })

    test('hands every one of 20,000 events over while members come and go', async () => {
      const prefix = place()
      const buses = [await open(prefix), await open(prefix), await open(prefix)]
      const times = new Map<number, number>()
      const handle = async (deliveries: readonly Delivery[]) => {
        for (const n of numbersOf(deliveries)) times.set(n, (times.get(n) ?? 0) + 1)
        await new Promise((resolve) => setImmediate(resolve))
      }
      const reader = { group: 'g', topics: [viewed], handle, batchSize: 50 }
      const events = eventsOf(20_000, (n) => `key-${n % 500}`)
      const first = await buses[0]?.subscribe(reader)
      const publishing = (async () => {
        for (let from = 0; from < events.length; from += 500)
          await buses[1]?.publish(viewed, events.slice(from, from + 500))
      })()
      await until(() => times.size > 3_000)
      await buses[1]?.subscribe(reader)
      await until(() => times.size > 7_000)
      await buses[2]?.subscribe(reader)
      await until(() => times.size > 11_000)
      await first?.close()
      await publishing
      await until(async () => (await buses[1]?.lag('g', [viewed]))?.['shop.viewed'] === 0)
      expect(times.size).toBe(20_000)
      // Who leaves in good order hands over nothing twice.
      expect(new Set(times.values())).toEqual(new Set([1]))
    })

    test('goes on without loss with the partitions of a member that was killed', async () => {
      const prefix = place()
      const bus = await open(prefix)
      await bus.publish(viewed, eventsOf(2_000))
      const child = readerOf(prefix)
      await until(() => child.handled.length > 10)
      const { taken, handle } = taker()
      await bus.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => child.handled.length > 100)
      await child.kill()
      await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
      expect(sorted([...new Set([...numbersOf(taken), ...child.handled])])).toEqual(upTo(2_000))
    })

    test('gives what a killed member had to one with stale positions: it repeats and passes over nothing', async () => {
      const prefix = place()
      const bus = await open(prefix)
      await bus.publish(viewed, eventsOf(2_000))
      const child = readerOf(prefix, {})
      await until(() => child.handled.length > 100)
      const { taken, handle } = taker()
      // Read before the other one had handled anything; so are those of the partitions that come when it is dead.
      await bus.subscribe({ group: 'g', topics: [viewed], handle, resumeFrom: {} })
      await until(() => taken.length > 0)
      const together = child.handled.length
      await until(() => child.handled.length > together + 100)
      await child.kill()
      await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
      const numbers = numbersOf(taken)
      expect(sorted([...new Set([...numbers, ...child.handled])])).toEqual(upTo(2_000))
      expect(new Set(numbers).size).toBe(numbers.length)
      // Only of its last two batches may the offsets not have been stored.
      expect(child.handled.slice(0, -10).filter((n) => numbers.includes(n))).toEqual([])
    })

    test('begins where the state says when all members were killed, be it behind what they had committed', async () => {
      const prefix = place()
      const bus = await open(prefix)
      await bus.publish(viewed, eventsOf(300))
      const child = readerOf(prefix, {})
      await until(() => child.handled.length > 100)
      await child.kill()
      const { taken, handle } = taker()
      await bus.subscribe({ group: 'g', topics: [viewed], handle, resumeFrom: {} })
      await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
      expect(sorted(numbersOf(taken))).toEqual(upTo(300))
    })

    test('moves a group whose readers are elsewhere, and gives them what was parked', async () => {
      const prefix = place()
      const [here, there] = [await open(prefix), await open(prefix)]
      const isFit = { now: false }
      const strict = { ...viewed, payload: viewed.payload.refine(({ n }) => isFit.now || n !== 3, 'not three') }
      const { taken, handle } = taker()
      await there.publish(viewed, eventsOf(10))
      await there.subscribe({ group: 'g', topics: [strict], handle })
      await until(async () => (await here.lag('g', [viewed]))['shop.viewed'] === 0)
      const parked = (await here.parking.list('g')).map(({ position }) => position)
      expect(parked).toHaveLength(1)
      isFit.now = true
      expect(await here.parking.retry('g', parked)).toEqual({ retried: 1, absent: 0 })
      await until(() => taken.length === 10)
      await here.replay('g', [viewed], 'start')
      await until(async () => taken.length === 20 && (await here.lag('g', [viewed]))['shop.viewed'] === 0)
      expect(sorted(numbersOf(taken.slice(10)))).toEqual(upTo(10))
    })

    test('gives up a batch that takes longer than partitions may wait, and hands it to the next member', async () => {
      const prefix = place()
      const slow = await open(prefix, { rebalanceTimeoutMs: 1_000 })
      const next = await open(prefix, { rebalanceTimeoutMs: 1_000 })
      const stuck = gate()
      const begun: number[] = []
      await slow.publish(viewed, eventsOf(20))
      await slow.subscribe({
        group: 'g',
        topics: [viewed],
        async handle(deliveries) {
          begun.push(...numbersOf(deliveries))
          await stuck.open
        },
      })
      await until(() => begun.length > 0)
      const { taken, handle } = taker()
      await next.subscribe({ group: 'g', topics: [viewed], handle })
      await until(() => begun.every((n) => numbersOf(taken).includes(n)))
      stuck.letGo()
    })
  })

  describe('keeps', () => {
    test('the last event of each key of a state topic, its deletion too, and passes over what is gone', async () => {
      const settings = { 'segment.ms': '50', 'min.cleanable.dirty.ratio': '0.001', 'max.compaction.lag.ms': '1' }
      const bus = await open(place(), { compactAfterMs: 0, topicSettings: settings })
      const keys = upTo(6).map((n) => `key-${n}`)
      for (const version of upTo(10)) {
        await bus.publish(
          priceChanged,
          keys.map((key, n) => eventOf(key, { n }, { version })),
        )
      }
      await bus.publish(priceChanged, [eventOf('key-0', null, { deleted: true, version: 10 })])
      const all = await bus.lag('nobody', [priceChanged])
      let content: readonly Delivery[] = []
      await until(async () => {
        // What was written last is never compacted: it takes more for the rest to have its turn.
        await bus.publish(
          priceChanged,
          upTo(16).map((n) => eventOf(`other-${n}`)),
        )
        content = (await contentOf(bus, priceChanged)).filter(({ event }) => keys.includes(event.key))
        return content.length === keys.length
      })
      expect(all).toEqual({ 'shop.price-changed': 61 })
      const last = new Map(content.map(({ event }) => [event.key, event]))
      expect(last.get('key-0')).toMatchObject({ deleted: true, version: 10 })
      for (const key of keys.slice(1)) expect(last.get(key)).toMatchObject({ deleted: false, version: 9 })
      const { taken, handle } = taker()
      await bus.subscribe({ group: 'behind', topics: [priceChanged], handle })
      await until(async () => (await bus.lag('behind', [priceChanged]))['shop.price-changed'] === 0)
      expect(taken.filter(({ event }) => keys.includes(event.key))).toHaveLength(keys.length)
    })

    test('behaviour by the time it was stored, and state as long as it is the last of its key', async () => {
      const prefix = place()
      const bus = await open(prefix, { retainMs: 3_600_000, compactAfterMs: 60_000 })
      await bus.publish(viewed, eventsOf(1))
      await bus.publish(priceChanged, eventsOf(1))
      const settingsOf = (name: string) =>
        withAdmin(async (admin) => {
          const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: prefix + name }
          const [described] = await admin.describeConfigs({ resources: [resource] })
          return Object.fromEntries(described?.configs.map((one) => [one.name, one.value]) ?? [])
        })
      const time = { 'message.timestamp.type': 'LogAppendTime' }
      const behaviour = { ...time, 'cleanup.policy': 'delete', 'retention.ms': '3600000' }
      expect(await settingsOf('shop.viewed')).toMatchObject(behaviour)
      const state = { ...time, 'cleanup.policy': 'compact', 'min.compaction.lag.ms': '60000' }
      expect(await settingsOf('shop.price-changed')).toMatchObject(state)
    })
  })

  test('carries the largest event that there may be, and sets it aside and gives it again whole', async () => {
    const bus = await open(place())
    const random = seededRandom(7)
    // Three bytes a character, and hardly any of them can be compressed away.
    const text = upTo(1_048_000)
      .map(() => String.fromCharCode(0xac00 + random.integer(11_000)))
      .join('')
    const large = eventOf('large', { n: 1, text })
    await bus.publish(viewed, [eventOf('a'), large, eventOf('large', { n: 2 })])
    const strict = { ...viewed, payload: viewed.payload.refine(() => false, 'not yet') }
    const reader = await bus.subscribe({ group: 'g', topics: [strict], handle: async () => {} })
    await until(async () => (await bus.parking.list('g')).length === 3)
    await reader.close()
    const parked = await bus.parking.list('g')
    expect(parked.some(({ body }) => body === JSON.stringify(large))).toBe(true)
    await bus.parking.retry(
      'g',
      parked.map(({ position }) => position),
    )
    const { taken, handle } = taker()
    await bus.subscribe({ group: 'g', topics: [viewed], handle })
    await until(() => taken.length === 3)
    expect(taken.map(({ event }) => event)).toContainEqual(large)
  })

  describe('refuses', () => {
    const closedPort = '127.0.0.1:1'

    test('to open where no broker answers, and names the place and the key', async () => {
      const refused = openBus('x.', { brokers: [closedPort] })
      await expect(refused).rejects.toMatchObject({
        code: 'event-bus.unreachable',
        message: expect.stringContaining(closedPort),
        cure: expect.stringContaining('KAFKA_BROKERS'),
      })
    })

    test('to open with credentials that the brokers do not take', async () => {
      const sasl = { mechanism: 'PLAIN' as const, username: 'nobody', password: 'wrong' }
      await expect(openBus('x.', { security: { sasl } })).rejects.toMatchObject({
        code: 'event-bus.credentials-refused',
        cure: expect.stringContaining('KAFKA_PASSWORD'),
      })
    })

    test('a topic that was made otherwise, by its name and what to change', async () => {
      const prefix = place()
      await withAdmin(async (admin) => {
        const configs = [{ name: 'cleanup.policy', value: 'compact' }]
        await admin.createTopics({ topics: [`${prefix}shop.viewed`], partitions: 8, replicas: 1, configs })
        await admin.createTopics({ topics: [`${prefix}shop.clicked`], partitions: 2, replicas: 1 })
      })
      const bus = await open(prefix)
      await expect(bus.publish(viewed, eventsOf(1))).rejects.toMatchObject({
        code: 'event-bus.topic-changed',
        message: expect.stringContaining(`${prefix}shop.viewed`),
      })
      await expect(bus.publish(clicked, eventsOf(1))).rejects.toMatchObject({
        code: 'event-bus.topic-refused',
        message: expect.stringMatching(/shop\.clicked" has 2 partitions.*KAFKA_PARTITIONS/),
      })
    })

    test('more copies than there are brokers, and options out of range', async () => {
      await expect(openBus(newPrefix(), { replication: 50 })).rejects.toMatchObject({
        code: 'event-bus.topic-refused',
        message: expect.stringContaining('KAFKA_REPLICATION'),
      })
      await expect(openBus('a b')).rejects.toMatchObject({ message: expect.stringContaining('"prefix"') })
      await expect(openBus('x.', { partitions: 0 })).rejects.toMatchObject({ code: 'event-bus.bad-options' })
    })
  })

  test.skipIf(restart === undefined)('is lived through when a broker restarts (needs TEST_KAFKA_RESTART)', async () => {
    const bus = await open(place())
    const grouped = taker()
    const followed = taker()
    await bus.subscribe({ group: 'g', topics: [viewed], handle: grouped.handle })
    await bus.follow({ topics: [viewed], handle: followed.handle })
    let published = 0
    let isOver = false
    const publishing = (async () => {
      for (; !isOver; published += 20) {
        const events = upTo(20).map((n) => eventOf(`key-${n}`, { n: published + n }))
        await bus.publish(viewed, events)
      }
    })()
    await until(() => grouped.taken.length > 500)
    await promisify(exec)(restart as string)
    const before = published
    await until(() => published > before + 500)
    isOver = true
    await publishing
    await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
    await until(() => new Set(numbersOf(followed.taken)).size === published)
    expect(sorted([...new Set(numbersOf(grouped.taken))])).toEqual(upTo(published))
    expect(sorted(numbersOf(followed.taken))).toEqual(upTo(published))
  })
})

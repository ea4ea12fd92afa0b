import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { newId } from '@eip/kernel'
import { type Latency, latencyOf, testEngines } from '@eip/testkit'
import { removeTopics } from './adapters/kafka/topic-removal.ts'
import { kafkaEventBus } from './adapters/kafka.event-bus.ts'
import { sqliteEventBus } from './adapters/sqlite.event-bus.ts'
import type { EventBus } from './event-bus.port.ts'

export { removeTopics } from './adapters/kafka/topic-removal.ts'

/** Also how much memory the process had. */
export type EventBusCase = Latency & Readonly<{ rss_mb: number }>

const payload = envelopeSchema.shape.payload
const viewed: Topic = { name: 'bench.viewed', kind: 'behaviour', schema: 'bench.viewed/1', payload }
const changed: Topic = { name: 'bench.changed', kind: 'state', schema: 'bench.changed/1', payload }

const filler = 'A plain description of a product, some seven hundred characters long. '.repeat(10)

/** About one kilobyte of JSON. */
const eventOf = (n: number, keys: number): Envelope => ({
  id: newId(),
  schema: 'bench/1',
  key: `product-${n % keys}`,
  version: n,
  occurredAt: 1_700_000_000_000 + n,
  recordedAt: 1_700_000_000_000 + n,
  deleted: false,
  market: { currency: 'EUR', language: 'en', region: 'DE' },
  payload: { id: `product-${n % keys}`, title: `Product ${n}`, price: n, filler },
})

/** `seconds`: of all calls together, which may run side by side. */
const caseOf = (times: readonly number[], events: number, seconds: number): EventBusCase => ({
  ...latencyOf(times),
  per_second: Math.round(events / seconds),
  rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
})

/** `writers` callers, each waiting for its acknowledgement before the next call; times are those of one call. */
async function publishing(bus: EventBus, topic: Topic, plan: { calls: number; size: number; writers: number }) {
  const times: number[] = []
  let next = 0
  const begun = performance.now()
  const writer = async () => {
    while (next < plan.calls) {
      const first = next++ * plan.size
      const events = Array.from({ length: plan.size }, (_, index) => eventOf(first + index, 20_000))
      const before = performance.now()
      await bus.publish(topic, events)
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: plan.writers }, writer))
  return caseOf(times, plan.calls * plan.size, (performance.now() - begun) / 1_000)
}

/** A new group from the start to the end of the topic; times are those from one batch to the next. */
async function consuming(bus: EventBus, topic: Topic, events: number) {
  const times: number[] = []
  let seen = 0
  const done = Promise.withResolvers<void>()
  const begun = performance.now()
  let last = begun
  const subscription = await bus.subscribe({
    group: newId(),
    topics: [topic],
    async handle(deliveries) {
      const now = performance.now()
      times.push(now - last)
      last = now
      seen += deliveries.length
      if (seen >= events) done.resolve()
    },
  })
  await done.promise
  const answer = caseOf(times, seen, (performance.now() - begun) / 1_000)
  await subscription.close()
  return answer
}

/** From `publish` to the handler of a reader that waits. */
async function delivering(bus: EventBus, count: number) {
  const times: number[] = []
  const topic: Topic = { ...viewed, name: 'bench.delivered' }
  let arrived: (() => void) | undefined
  await bus.subscribe({ group: 'waiting', topics: [topic], handle: async () => arrived?.() })
  const begun = performance.now()
  for (let n = 0; n < count; n += 1) {
    const { promise, resolve } = Promise.withResolvers<void>()
    arrived = resolve
    const before = performance.now()
    await bus.publish(topic, [eventOf(n, count)])
    await promise
    times.push(performance.now() - before)
  }
  return caseOf(times, count, (performance.now() - begun) / 1_000)
}

/** Durable appends, reading, and both at once. */
async function casesOf(bus: EventBus): Promise<Readonly<Record<string, EventBusCase>>> {
  const events = 40_000
  const publish500 = await publishing(bus, viewed, { calls: events / 500, size: 500, writers: 1 })
  const publish1000 = await publishing(bus, changed, { calls: events / 1_000, size: 1_000, writers: 4 })
  const consume = await consuming(bus, viewed, events)
  const [publishBoth, consumeBoth] = await Promise.all([
    publishing(bus, viewed, { calls: events / 500, size: 500, writers: 4 }),
    consuming(bus, viewed, 2 * events),
  ])
  return {
    'publish 500 a call': publish500,
    'publish 1000 a call, 4 callers': publish1000,
    'publish 1 a call, 64 callers': await publishing(bus, viewed, { calls: 5_000, size: 1, writers: 64 }),
    consume,
    'publish while consuming': publishBoth,
    'consume while publishing': consumeBoth,
    'publish to handler': await delivering(bus, 300),
  }
}

async function embeddedCases() {
  const folder = await mkdtemp(join(tmpdir(), 'event-bus-bench-'))
  const bus = await sqliteEventBus({ file: join(folder, 'log.sqlite') })
  try {
    return await casesOf(bus)
  } finally {
    await bus.close()
    await rm(folder, { recursive: true })
  }
}

async function kafkaCases(servers: string) {
  const brokers = servers.split(',')
  const prefix = `bench-${newId()}.`
  const bus = await kafkaEventBus({ brokers, clientId: 'event-bus-bench', prefix })
  try {
    const cases = Object.entries(await casesOf(bus))
    return Object.fromEntries(cases.map(([name, measured]) => [`kafka: ${name}`, measured]))
  } finally {
    await bus.close()
    await removeTopics(brokers, prefix)
  }
}

/** The embedded bus on this machine's disk, and Kafka where TEST_KAFKA_BROKERS names one. Takes some ten seconds each. */
export async function eventBusBench(): Promise<Readonly<Record<string, EventBusCase>>> {
  const embedded = await embeddedCases()
  return testEngines.kafka === undefined ? embedded : { ...embedded, ...(await kafkaCases(testEngines.kafka)) }
}

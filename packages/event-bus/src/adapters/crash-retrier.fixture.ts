import { writeSync } from 'node:fs'
import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { sqliteEventBus } from './sqlite.event-bus.ts'

// A program that parks ten messages, has five of them given again to a reader that never comes to an end with them, says on
// standard output that this was accepted, and waits to be killed.
// usage: node crash-retrier.fixture.ts FILE

const viewed: Topic = {
  name: 'shop.viewed',
  kind: 'behaviour',
  schema: 'shop.viewed/1',
  payload: envelopeSchema.shape.payload,
}

const eventOf = (n: number): Envelope => ({
  id: `event-${n}`,
  schema: viewed.schema,
  key: `key-${n}`,
  version: 1,
  occurredAt: 1_000,
  recordedAt: 1_000,
  deleted: false,
  market: {},
  payload: { n },
})

const bus = await sqliteEventBus({ file: process.argv[2] as string })
await bus.publish(
  viewed,
  Array.from({ length: 10 }, (_, n) => eventOf(n)),
)
const unreadable: Topic = { ...viewed, payload: viewed.payload.refine(() => false, 'not yet') }
const reader = await bus.subscribe({ group: 'g', topics: [unreadable], handle: async () => {} })
const isParked = async () => (await bus.parking.list('g')).length === 10
while (!(await isParked())) await new Promise((resolve) => setTimeout(resolve, 1))
await reader.close()

const reached = Promise.withResolvers<void>()
await bus.subscribe({
  group: 'g',
  topics: [viewed],
  handle() {
    reached.resolve()
    return new Promise(() => undefined)
  },
})
const positions = (await bus.parking.list('g')).map(({ position }) => position)
await bus.parking.retry('g', positions.slice(0, 5))
await reached.promise
writeSync(1, 'accepted\n')
setInterval(() => undefined, 1_000)

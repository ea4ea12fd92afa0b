import { writeSync } from 'node:fs'
import { envelopeSchema, type Topic } from '@eip/contracts'
import { kafkaEventBus } from './kafka.event-bus.ts'

// A program that reads for group "g", slowly and in small batches, says on standard output which events it has handled,
// and waits to be killed. With positions it is a reader whose state keeps its own offsets.
// usage: node kafka-reader.fixture.ts BROKERS PREFIX [POSITIONS as JSON]

const viewed: Topic = {
  name: 'shop.viewed',
  kind: 'behaviour',
  schema: 'shop.viewed/1',
  payload: envelopeSchema.shape.payload,
}

const [brokers = '', prefix = '', positions] = process.argv.slice(2)
const times = { heartbeatMs: 100, sessionTimeoutMs: 6_000 }
const bus = await kafkaEventBus({ brokers: brokers.split(','), clientId: 'event-bus-fixture', prefix, ...times })
await bus.subscribe({
  group: 'g',
  topics: [viewed],
  batchSize: 5,
  resumeFrom: positions === undefined ? undefined : JSON.parse(positions),
  async handle(deliveries) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    for (const { event } of deliveries) writeSync(1, `${(event.payload as { n: number }).n}\n`)
  },
})
writeSync(1, 'joined\n')

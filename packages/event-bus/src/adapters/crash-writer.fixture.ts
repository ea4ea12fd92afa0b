import { writeSync } from 'node:fs'
import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { sqliteEventBus } from './sqlite.event-bus.ts'

// A program that publishes until it is killed, and says on standard output which calls were acknowledged.
// usage: node crash-writer.fixture.ts FILE

const viewed: Topic = {
  name: 'shop.viewed',
  kind: 'behaviour',
  schema: 'shop.viewed/1',
  payload: envelopeSchema.shape.payload,
}

const eventOf = (by: string, call: number, n: number): Envelope => ({
  id: `${by}-${call}-${n}`,
  schema: viewed.schema,
  key: `${by}-${n}`,
  version: call,
  occurredAt: 1_000,
  recordedAt: 1_000,
  deleted: false,
  market: {},
  payload: { n: call },
})

const bus = await sqliteEventBus({ file: process.argv[2] as string })

async function write(by: string): Promise<never> {
  for (let call = 0; ; call += 1) {
    await bus.publish(
      viewed,
      Array.from({ length: 10 }, (_, n) => eventOf(by, call, n)),
    )
    writeSync(1, `${by} ${call}\n`)
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(write))

import { join } from 'node:path'
import { type Product, productChanged } from '@eip/contracts'
import { sqliteEventBus } from '@eip/event-bus/sqlite'
import { envelopeOf, until } from '@eip/testkit'

const reader = 'indexer'

/**
 * Publishes changes of products, and has the indexer's group refuse them, as an indexer would that does not know something yet.
 * The platform must be stopped meanwhile: its bus is for one process.
 */
export async function parkEvents(dataDirectory: string, payloads: readonly Readonly<Record<string, unknown>>[]) {
  const bus = await sqliteEventBus({ file: join(dataDirectory, 'events.sqlite') })
  const events = payloads.map((payload) => envelopeOf(String(payload.id), 1, payload as unknown as Product, Date.now()))
  await bus.publish(productChanged, events)
  const ids = new Set(payloads.map(({ id }) => id))
  const refused = productChanged.payload.refine(({ id }) => !ids.has(id), 'is not known to this reader yet')
  const subscription = await bus.subscribe({
    ...{ group: reader, topics: [{ ...productChanged, payload: refused }] },
    handle: async () => {},
  })
  await until('they are parked', async () => (await bus.parking.list(reader)).length === payloads.length)
  await subscription.close()
  await bus.close()
}

import { productChanged } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import type { ProductIndexReader } from '@eip/product-index'
import { openNativeGenerations } from '@eip/product-index/native'
import { inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { aProduct, envelopeOf, type FakeClock, fakeClock, until } from '@eip/testkit'
import { indexer } from './indexer.service.ts'

/** The service over generations of its own, as the program runs it. `stop` leaves the bus, for the next one. */
export async function openStage(options: Readonly<{ bus?: EventBus; dir?: string | null; clock?: FakeClock }> = {}) {
  const { bus = await memoryEventBus(), dir = null, clock = fakeClock() } = options
  const generations = await openNativeGenerations({ dir, clock })
  const needs = { bus, generations, rollBackWindowSeconds: 60, clock, logger: silentLogger, metrics: metricsRegistry() }
  const service = indexer.build(needs, () => {
    throw new Error('the indexer calls nobody')
  })
  if (!('handlers' in service)) throw new Error('the indexer is no edge')
  await service.start?.()
  const client = inProcessClient(serveContract(indexer.contract, service.handlers))
  const states = async () => (await client.status({})).generations.map(({ name, state }) => `${name} ${state}`)
  return Object.freeze({
    ...{ bus, clock, generations, client, states, reader: generations.reader },
    isReady: () => service.missing?.() === null,
    settled: () => until('all is handled', async () => (await client.status({})).lag === 0),
    serves: (name: string) => until(`${name} serves`, async () => (await states()).includes(`${name} serving`)),
    async stop() {
      await service.drain?.()
      await service.stop?.()
      await generations.close()
    },
  })
}

const everything = {
  ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] },
  ...({ order: 'score', limit: 1_000 } as const),
} as const

export const totalOf = async (reader: ProductIndexReader): Promise<number> => (await reader.retrieve(everything)).total

/** Titles by id of the first thousand. */
export async function titlesOf(reader: ProductIndexReader): Promise<Readonly<Record<string, string>>> {
  const { ids } = await reader.retrieve(everything)
  return Object.fromEntries((await reader.show(ids)).map(({ id, title }) => [id, title]))
}

/** Publishes `count` products named by number, from `first` on. */
export async function publishProducts(bus: EventBus, first: number, count: number, version = 1): Promise<void> {
  const each = Array.from({ length: count }, (_, i) => `p${first + i}`)
  const events = each.map((id) => envelopeOf(id, version, aProduct({ id, title: `turn ${version} of ${id}` })))
  await bus.publish(productChanged, events)
}

import {
  type EmbeddedProduct,
  type Envelope,
  encoderPublished,
  type Product,
  type PublishedEncoder,
  productChanged,
  productEmbedded,
  productEmbeddedKey,
  scoreChanged,
  stockChanged,
} from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { firstGeneration, type ProductIndexGenerations } from '@eip/product-index'
import { openNativeGenerations } from '@eip/product-index/native'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import { inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { aProduct, envelopeOf, fakeClock, temporaryDirectory, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import { scoreOf, stockOf } from './columns.fixture.ts'
import { indexer } from './indexer.service.ts'

const notCalled = () => {
  throw new Error('the indexer calls nobody')
}

/** Generations of which there is one, with its writer. */
async function openNativeProductIndex(options: Parameters<typeof openNativeGenerations>[0]) {
  const generations = await openNativeGenerations(options)
  return { ...generations, writer: await generations.writer(firstGeneration) }
}
type OneGeneration = Omit<ProductIndexGenerations, 'writer'> & Readonly<{ writer: ProductIndexWriter }>

async function started(bus: EventBus, index: OneGeneration) {
  const metrics = metricsRegistry()
  const generations = { ...index, writer: async () => index.writer }
  const needs = { bus, generations, rollBackWindowSeconds: 60, clock: fakeClock(), logger: silentLogger, metrics }
  const service = indexer.build(needs, notCalled)
  if (!('handlers' in service)) throw new Error('the indexer is no edge')
  await service.start?.()
  const client = inProcessClient(serveContract(indexer.contract, service.handlers))
  const isReady = () => service.missing?.() === null
  return { service, client, metrics, isReady }
}

const titles = async ({ reader }: Pick<ProductIndexGenerations, 'reader'>) => {
  const request = {
    query: null,
    vector: null,
    minimumMatches: 1,
    filters: [],
    wishes: [],
    facets: [],
    columns: [],
  } as const
  const { ids } = await reader.retrieve({ ...request, order: 'score', limit: 1_000 })
  return (await reader.show(ids)).map(({ title }) => title)
}
const changed = (id: string, version: number, title: string) => envelopeOf(id, version, aProduct({ id, title }))
const many = (count: number, version = 1) =>
  Array.from({ length: count }, (_, i) => changed(`p${i}`, version, `turn ${version}`))

it('brings products, changes and deletions from the bus into the view', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client, isReady } = await started(bus, index)
  await bus.publish(productChanged, [changed('a', 1, 'first'), changed('b', 1, 'gone soon'), changed('c', 1, 'third')])
  await bus.publish(productChanged, [changed('a', 2, 'first, changed'), envelopeOf('b', 2, null)])
  await until('all is applied', async () => (await client.status({})).lag === 0)
  expect(await titles(index)).toEqual(['first, changed', 'third'])
  expect(await client.status({})).toMatchObject({
    documents: 2,
    lag: 0,
    parked: 0,
    generation: index.reader.statistics().generation,
    generations: [{ name: 'g1', state: 'serving', documents: 2, eventsRead: 5, eventsLeft: 0, trouble: null }],
  })
  await until('ready', isReady)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('is the same when every event comes twice and late', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const events = [
    changed('a', 1, 'first'),
    changed('a', 2, 'second'),
    envelopeOf('b', 3, null),
    changed('b', 2, 'late'),
  ]
  await bus.publish(productChanged, events)
  const { service, client } = await started(bus, index)
  await until('all is applied', async () => (await client.status({})).lag === 0)
  await bus.replay('indexer', [productChanged], 'start')
  await until('all is applied again', async () => (await client.status({})).lag === 0)
  expect(await titles(index)).toEqual(['second'])
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('is ready only when it has caught up with what was on the bus at its start', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  await bus.publish(productChanged, many(2_500))
  const { service, isReady } = await started(bus, index)
  expect(service.missing?.()).toMatch(/behind by/)
  await until('ready', isReady)
  expect(await titles(index)).toHaveLength(1_000)
  expect(index.reader.statistics().documents).toBe(2_500)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it("goes on from the view's own positions after a restart, whatever the bus has committed", async () => {
  using directory = temporaryDirectory()
  const bus = await memoryEventBus()
  const first = await openNativeProductIndex({ dir: directory.path })
  const before = await started(bus, first)
  await bus.publish(productChanged, many(50, 1))
  await until('all is applied', async () => (await before.client.status({})).lag === 0)
  await before.service.drain?.()
  await before.service.stop?.()
  await first.close()
  await bus.publish(productChanged, many(50, 2))
  // The bus believes that the group has read everything: the view knows better.
  await bus.replay('indexer', [productChanged], 'end')
  const second = await openNativeProductIndex({ dir: directory.path })
  expect(await titles(second)).toEqual(Array.from({ length: 50 }, () => 'turn 1'))
  const after = await started(bus, second)
  await until('ready', after.isReady)
  expect(await titles(second)).toEqual(Array.from({ length: 50 }, () => 'turn 2'))
  await after.service.stop?.()
  await second.close()
  await bus.close()
})

it('reads everything from the start when the view has lost its state', async () => {
  const bus = await memoryEventBus()
  await bus.publish(productChanged, many(30))
  await bus.replay('indexer', [productChanged], 'end')
  const index = await openNativeProductIndex({ dir: null })
  const { service, isReady } = await started(bus, index)
  await until('ready', isReady)
  expect(await titles(index)).toHaveLength(30)
  await service.stop?.()
  await index.close()
  await bus.close()
})

const dimensions = 8
const envelope = <Payload>(
  schema: string,
  key: string,
  version: number,
  payload: Payload | null,
): Envelope<Payload> => {
  const at = Date.UTC(2026, 0, 1)
  const times = { occurredAt: at, recordedAt: at }
  return { id: `${key}@${version}`, schema, key, version, ...times, deleted: payload === null, market: {}, payload }
}
const vectorText = (first: number) => {
  const bytes = Buffer.alloc(dimensions * 4)
  bytes.writeFloatLE(first, 0)
  bytes.writeFloatLE(1, 4)
  return bytes.toString('base64')
}
const embedded = (productId: string, version: number, vector: string | null, encoder = 'enc-1') =>
  envelope<EmbeddedProduct>(
    productEmbedded.schema,
    productEmbeddedKey(encoder, productId),
    version,
    vector === null ? null : { productId, encoder, textHash: 'h', vector },
  )
const published = (version: number, state: PublishedEncoder['state'] | null, encoder = 'enc-1') =>
  envelope<PublishedEncoder>(
    encoderPublished.schema,
    encoder,
    version,
    state && { encoder, kind: 'catalogue', name: 'test', dimensions, languages: null, state, vectors: 0 },
  )
const settled = async (client: Awaited<ReturnType<typeof started>>['client']) =>
  until('all is handled', async () => (await client.status({})).lag === 0)

it('brings vectors into the view, whatever comes first, and takes them out again', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  await bus.publish(productEmbedded, [embedded('a', 1, vectorText(1)), embedded('b/2', 1, vectorText(2))])
  const { service, client, isReady } = await started(bus, index)
  await bus.publish(productChanged, [changed('a', 1, 'first'), changed('b/2', 1, 'second')])
  await bus.publish(encoderPublished, [published(1, 'serving')])
  await settled(client)
  expect(index.reader.statistics().encoders).toEqual([{ encoder: 'enc-1', dimensions, vectors: 2 }])
  expect((await index.reader.vectorOf('b/2', 'enc-1'))?.[0]).toBeCloseTo(2 / Math.sqrt(5), 3)
  await bus.publish(productEmbedded, [embedded('b/2', 2, null)])
  await settled(client)
  expect(await index.reader.vectorOf('b/2', 'enc-1')).toBeNull()
  expect(await index.reader.vectorOf('a', 'enc-1')).not.toBeNull()
  await until('ready', isReady)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('brings stock and logistics into the view, whatever comes first, tells their versions, and takes them out again', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  await bus.publish(stockChanged, [stockOf('a', 3, 6)])
  const { service, client, isReady } = await started(bus, index)
  await bus.publish(productChanged, [changed('a', 1, 'first'), changed('b', 1, 'second')])
  await bus.publish(scoreChanged, [scoreOf('a', 7, 0.75), scoreOf('b', 1, 0.5)])
  await bus.publish(stockChanged, [stockOf('a', 2, 9), stockOf('never', 1, 1)])
  await settled(client)
  const columns = async () => {
    const asked = { ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [] } }
    const wanted = ['atp', 'daysOfCover', 'logisticsScore', 'delayRate', 'leadTimeDays', 'coverage'] as const
    const answer = await index.reader.retrieve({ ...asked, order: 'score', limit: 9, columns: wanted })
    return wanted.map((name) => [...answer.columns[name]!])
  }
  const none = Number.NaN
  expect(await columns()).toEqual([
    [6, none],
    [3, none],
    [0.75, 0.5],
    [0.25, 0.25],
    [4, 4],
    [3, 3],
  ])
  const { versions } = await client.listVersions({ ids: ['a', 'b', 'never'], limit: 1_000 })
  const rates = { delayRate: 0.25, returnRate: 0.125, shortageRate: 0, leadTimeDays: 4, coverage: 3 }
  expect(versions).toMatchObject([
    {
      ...{ id: 'a', version: 1, isFound: true, stock: { version: 3, atp: 6, daysOfCover: 3 } },
      logistics: { version: 7, score: 0.75, ...rates },
    },
    { id: 'b', stock: null, logistics: { version: 1, score: 0.5, ...rates } },
    { id: 'never', version: 0, hash: null, isFound: false, stock: { version: 1, atp: 1 }, logistics: null },
  ])
  await bus.publish(stockChanged, [stockOf('a', 4, null)])
  await bus.publish(scoreChanged, [scoreOf('b', 2, null)])
  await settled(client)
  expect((await columns()).slice(0, 3)).toEqual([
    [none, none],
    [none, none],
    [0.75, none],
  ])
  expect((await client.listVersions({ ids: ['a'], limit: 1 })).versions[0]!.stock).toEqual({
    ...{ version: 4, atp: null, daysOfCover: null },
  })
  await until('ready', isReady)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('parks stock that cannot be read, and goes on with the rest', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client } = await started(bus, index)
  const broken = { ...stockOf('broken', 1, 5), payload: { productId: 'broken', atp: 'five' } as never }
  await bus.publish(stockChanged, [stockOf('a', 1, 5), broken, stockOf('c', 1, 5)])
  await settled(client)
  expect(await client.status({})).toMatchObject({ lag: 0, parked: 1 })
  expect((await client.listVersions({ limit: 9 })).versions.map(({ id }) => id).toSorted()).toEqual(['a', 'c'])
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('lets go of the vectors of an encoder that is retired or deleted', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client } = await started(bus, index)
  await bus.publish(productEmbedded, [
    embedded('a', 1, vectorText(1)),
    embedded('a', 1, vectorText(1), 'enc-2'),
    embedded('a', 1, vectorText(1), 'enc-3'),
  ])
  await settled(client)
  await bus.publish(encoderPublished, [
    published(1, 'retired'),
    published(1, 'standby', 'enc-2'),
    published(2, null, 'enc-3'),
  ])
  await settled(client)
  expect(index.reader.statistics().encoders.map(({ encoder }) => encoder)).toEqual(['enc-2'])
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('parks a vector that cannot be read or has no product, and goes on with the rest', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client, isReady } = await started(bus, index)
  const tooShort = vectorText(1).slice(0, 16)
  const noProduct = { ...embedded('x', 1, vectorText(1)), key: 'enc-1', id: 'enc-1@1' }
  await bus.publish(productChanged, [changed('a', 1, 'first')])
  await bus.publish(productEmbedded, [
    embedded('a', 1, vectorText(1)),
    embedded('broken', 1, tooShort),
    noProduct,
    embedded('c', 1, vectorText(3)),
  ])
  await settled(client)
  expect(await client.status({})).toMatchObject({ documents: 1, parked: 2 })
  const reasons = (await bus.parking.list('indexer')).map(({ reason }) => reason).toSorted()
  expect(reasons[0]).toMatch(/"enc-1" of a vector is not ENCODER\/PRODUCT/)
  expect(reasons[1]).toMatch(/product "broken" by encoder "enc-1".*3 dimensions, not 8/)
  expect(index.reader.statistics().encoders).toMatchObject([{ vectors: 2 }])
  await until('ready', isReady)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it("counts the lag of all its topics, and goes on from the view's positions in each", async () => {
  using directory = temporaryDirectory()
  const bus = await memoryEventBus()
  const first = await openNativeProductIndex({ dir: directory.path })
  const before = await started(bus, first)
  await bus.publish(productChanged, many(3))
  await bus.publish(productEmbedded, [embedded('p0', 1, vectorText(1))])
  await bus.publish(encoderPublished, [published(1, 'serving')])
  await settled(before.client)
  await before.service.drain?.()
  await before.service.stop?.()
  await first.close()
  await bus.publish(productEmbedded, [embedded('p0', 2, null), embedded('p1', 1, vectorText(1))])
  await bus.publish(encoderPublished, [published(2, 'standby')])
  await bus.replay('indexer', [productChanged, productEmbedded, encoderPublished], 'end')
  const second = await openNativeProductIndex({ dir: directory.path })
  const after = await started(bus, second)
  await until('ready', after.isReady)
  expect(await second.reader.vectorOf('p0', 'enc-1')).toBeNull()
  expect(await second.reader.vectorOf('p1', 'enc-1')).not.toBeNull()
  await second.close()
  await bus.publish(productEmbedded, [embedded('p2', 1, vectorText(1))])
  await bus.publish(productChanged, many(1, 2))
  await until('it says so', () => after.service.missing?.()?.includes('the index writer has stopped'))
  expect((await after.client.status({})).lag).toBe(2)
  await after.service.stop?.()
  await bus.close()
})

it('parks what cannot be read, and goes on with the rest', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client, isReady } = await started(bus, index)
  const unreadable = { ...changed('broken', 1, 'x'), payload: { title: 7 } as unknown as Product }
  await bus.publish(productChanged, [changed('a', 1, 'first'), unreadable, changed('c', 1, 'third')])
  await until('all is handled', async () => (await client.status({})).lag === 0)
  expect(await client.status({})).toMatchObject({ documents: 2, parked: 1 })
  await until('ready', isReady)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('takes a parked event that is given again, saves it before the bus forgets it, and keeps its place in the topics', async () => {
  using directory = temporaryDirectory()
  const bus = await memoryEventBus()
  const cannotRead = { ...productChanged, payload: productChanged.payload.refine(() => false, 'not yet') }
  await bus.publish(productChanged, [changed('a', 1, 'first')])
  const earlier = await bus.subscribe({ group: 'indexer', topics: [cannotRead], handle: async () => {} })
  await until('it is parked', async () => (await bus.parking.list('indexer')).length === 1)
  await earlier.close()
  const index = await openNativeProductIndex({ dir: directory.path })
  await index.writer.apply(
    [],
    Object.fromEntries(
      (await bus.parking.list('indexer')).map(({ position }) => [`${position.topic}/${position.partition}`, 1]),
    ),
  )
  const held = index.writer.resumeFrom()
  let saves = 0
  const save = async () => {
    await index.writer.save()
    saves += 1
  }
  const { service, client } = await started(bus, { ...index, writer: { ...index.writer, save } })
  await settled(client)
  expect(await titles(index)).toEqual([])
  const [parked] = await bus.parking.list('indexer')
  expect(await bus.parking.retry('indexer', parked === undefined ? [] : [parked.position])).toEqual({
    retried: 1,
    absent: 0,
  })
  await settled(client)
  expect(await titles(index)).toEqual(['first'])
  expect(saves).toBe(1)
  expect(await client.status({})).toMatchObject({ documents: 1, parked: 0 })
  expect(index.writer.resumeFrom()).toEqual(held)
  await service.stop?.()
  await index.close()
  await bus.close()
})

it('stands still, not ready, when the writer has stopped, and parks nothing', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client, metrics } = await started(bus, index)
  await index.close()
  await bus.publish(productChanged, many(20))
  await until('it says so', () => service.missing?.()?.includes('the index writer has stopped'))
  expect(await bus.parking.list('indexer')).toEqual([])
  expect((await client.status({})).lag).toBe(20)
  expect(await metrics.text()).toContain('eip_consumer_lag{group="indexer",topic="catalog.product-changed"} 20')
  await service.stop?.()
  await bus.close()
})

it('moves its metrics', async () => {
  const bus = await memoryEventBus()
  const index = await openNativeProductIndex({ dir: null })
  const { service, client, metrics } = await started(bus, index)
  const value = async (series: string) =>
    Number(
      (await metrics.text())
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1],
    )
  expect(await value('eip_index_documents')).toBe(0)
  await bus.publish(productChanged, many(40))
  await until('all is applied', async () => (await client.status({})).lag === 0)
  expect(await value('eip_indexed_documents_total')).toBe(40)
  expect(await value('eip_index_documents')).toBe(40)
  expect(await value('eip_index_bytes')).toBeGreaterThan(0)
  const lag = 'eip_consumer_lag{group="indexer",topic="catalog.product-changed"}'
  expect(await value(lag)).toBe(0)
  expect(await value('eip_parked_messages{group="indexer"}')).toBe(0)
  await service.stop?.()
  expect(await metrics.text()).not.toContain(lag)
  await index.close()
  await bus.close()
})

import { join } from 'node:path'
import { catalogContract, type Envelope, type Product, productChanged } from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { inProcessClient, serveContract } from '@eip/rpc'
import { silentLogger } from '@eip/telemetry'
import { fakeClock, temporaryDirectory, until } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type ImportTables,
  importBookMigrations,
  type ProductTables,
  productStoreMigrations,
  sqlImportBook,
} from './adapters/sql.catalog-stores.ts'
import { sqliteProductStore } from './adapters/sqlite.product-store.ts'
import { catalog } from './catalog.service.ts'
import { inlineImportRunner } from './inline.import-runner.fixture.ts'

/** The service as the program runs it, on a database in memory, and everything that its topic was given. */
async function startCatalog(bus: EventBus) {
  const database = await openSqliteDatabase<ProductTables & ImportTables>({
    file: ':memory:',
    migrations: [outboxMigrations, productStoreMigrations, importBookMigrations],
  })
  const outbox = sqliteOutbox(database)
  const relay = outboxRelay({ outbox, bus, topics: [productChanged], onTrouble: () => {}, retryDelayMs: 1 })
  const clock = fakeClock()
  const folder = temporaryDirectory()
  const needs = {
    ...{ productStore: sqliteProductStore({ database, outbox }), outboxRelay: relay },
    ...{ importBook: sqlImportBook({ database }), importRunner: inlineImportRunner().runner },
    ...{ spoolDirectory: join(folder.path, 'spool'), rejectedDirectory: join(folder.path, 'rejected') },
    ...{ runsImports: true, clock, logger: silentLogger },
  }
  const service = catalog.build(needs, () => {
    throw new Error('catalog calls nobody')
  })
  const published: Envelope[] = []
  const following = await bus.follow({
    topics: [productChanged],
    handle: async (deliveries) => {
      published.push(...deliveries.map((delivery) => delivery.event))
    },
  })
  await service.start?.()
  if (!('handlers' in service)) throw new Error('catalog answers other services')
  const client = inProcessClient(serveContract(catalogContract, service.handlers))
  const stop = async () => {
    await service.stop?.()
    await following.close()
    await database.close()
    folder[Symbol.dispose]()
  }
  const hasPublished = (count: number) => until(`${count} events came`, () => published.length >= count)
  return { client, clock, published, hasPublished, stop }
}

let isBusAway: boolean
let bus: EventBus
let running: Awaited<ReturnType<typeof startCatalog>>
beforeEach(async () => {
  isBusAway = false
  const memory = await memoryEventBus()
  bus = {
    ...memory,
    publish: async (topic, events) => {
      if (isBusAway) throw new Error('bus is away')
      await memory.publish(topic, events)
    },
  }
  running = await startCatalog(bus)
})
afterEach(async () => {
  await running.stop()
  await bus.close()
})

const product = (id: string, fields: Record<string, unknown> = {}) => ({ id, title: `Product ${id}`, ...fields })

it('counts what was created, updated, unchanged and rejected, and says why', async () => {
  const { client } = running
  const first = await client.upsertProducts({ products: [product('a'), product('b'), product('c')] })
  expect(first).toEqual({ created: 3, updated: 0, unchanged: 0, rejected: [] })
  const second = await client.upsertProducts({
    products: [product('a'), { title: 'no id' }, product('b', { brand: 'ACME' }), product('d', { price: '12,50 €' })],
  })
  expect(second).toMatchObject({
    ...{ created: 0, updated: 1, unchanged: 1 },
    rejected: [
      { index: 1, id: null, field: 'id', reason: 'is missing' },
      { index: 3, id: 'd', field: 'price', reason: expect.stringContaining('not the text "12,50 €"') },
    ],
  })
  expect(await client.statistics({})).toMatchObject({ products: 3, active: 3 })
})

it('takes the last of a repeated id', async () => {
  const { client, hasPublished, published } = running
  const answer = await client.upsertProducts({ products: [product('a', { brand: 'X' }), product('a', { brand: 'Y' })] })
  expect(answer).toMatchObject({ created: 1, updated: 1 })
  expect(await client.getProduct({ id: 'a' })).toMatchObject({ version: 2, product: { brand: 'Y' } })
  await hasPublished(2)
  expect(published.map((event) => event.version)).toEqual([1, 2])
})

it('publishes every change with the whole product, and nothing for an unchanged one', async () => {
  const { client, clock, published, hasPublished } = running
  await client.upsertProducts({ products: [product('a', { language: 'ko', price: { amount: 500, currency: 'KRW' } })] })
  clock.advance(1_000)
  await client.upsertProducts({ products: [product('a', { language: 'ko', price: { amount: 500, currency: 'KRW' } })] })
  await client.upsertProducts({ products: [product('a', { brand: 'ACME' })] })
  await hasPublished(2)
  const { product: current, version } = await client.getProduct({ id: 'a' })
  expect(version).toBe(2)
  expect(published).toHaveLength(2)
  expect(published[0]).toMatchObject({ key: 'a', version: 1, market: { currency: 'KRW', language: 'ko' } })
  expect(published[0]!.trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/)
  expect(published[1]).toMatchObject({ version: 2, deleted: false, recordedAt: clock.now() })
  expect(published[1]!.payload).toEqual(current)
  expect((published[1]!.payload as Product).createdAt).toBe('2026-01-01T00:00:00.000Z')
})

it('deletes, says so on the topic, and does not find the product any more', async () => {
  const { client, published, hasPublished } = running
  await client.upsertProducts({ products: [product('a')] })
  expect(await client.deleteProducts({ ids: ['a', 'b'] })).toEqual({ deleted: 1, absent: 1 })
  await expect(client.getProduct({ id: 'a' })).rejects.toMatchObject({ code: 'catalog.not-found' })
  expect(await client.statistics({})).toMatchObject({ products: 0, active: 0 })
  await hasPublished(2)
  expect(published[1]).toMatchObject({ key: 'a', version: 2, deleted: true, payload: null })
})

it('keeps every version apart when many write at once', async () => {
  const { client, published, hasPublished } = running
  const writers = Array.from({ length: 10 }, (_, writer) =>
    client.upsertProducts({
      products: [product('a', { seller: `Shop ${writer}` }), product(`own ${writer}`.replace(' ', '-'))],
    }),
  )
  const answers = await Promise.all(writers)
  expect(answers.reduce((sum, answer) => sum + answer.created, 0)).toBe(11)
  expect(answers.reduce((sum, answer) => sum + answer.updated, 0)).toBe(9)
  await hasPublished(20)
  const versions = published.filter((event) => event.key === 'a').map((event) => event.version)
  expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

it('answers while the bus is away, counts what waits, and publishes it later', async () => {
  const { client, hasPublished } = running
  isBusAway = true
  await client.upsertProducts({ products: [product('a'), product('b')] })
  expect(await client.statistics({})).toEqual({ products: 2, active: 2, unpublishedEvents: 2 })
  isBusAway = false
  await hasPublished(2)
  await until('nothing waits', async () => (await client.statistics({})).unpublishedEvents === 0)
})

it('publishes what is left before it stops', async () => {
  await running.client.upsertProducts({ products: Array.from({ length: 1_000 }, (_, i) => product(`p${i}`)) })
  await running.stop()
  expect(await bus.lag('any group', [productChanged])).toEqual({ [productChanged.name]: 1_000 })
  running = await startCatalog(bus)
})

it('takes a batch of nothing but faults', async () => {
  const { rejected } = await running.client.upsertProducts({
    products: [{}, { id: 5 }, JSON.parse('{"__proto__": 1}')],
  })
  expect(rejected.map((row) => row.index)).toEqual([0, 1, 2])
})

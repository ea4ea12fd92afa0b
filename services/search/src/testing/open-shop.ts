import { join } from 'node:path'
import {
  type Envelope,
  encoderPublished,
  type Product,
  type PublishedEncoder,
  type SearchContract,
  searchContract,
  synonymChanged,
} from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { createAnalyzer } from '@eip/engine-text-analysis'
import type { TextEncoder } from '@eip/engine-text-encoder'
import { encodeVector } from '@eip/engine-vector-index'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import type { ProductIndex, ProductIndexReader } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import type { OwnedChange } from '@eip/product-index/writer'
import { type Client, type Handlers, inProcessClient, serveContract } from '@eip/rpc'
import { createLogger, metricsRegistry } from '@eip/telemetry'
import { type FakeClock, fakeClock, temporaryDirectory, until } from '@eip/testkit'
import { memoryKeptResults } from '../adapters/memory.kept-results.ts'
import { type QueryCountTables, queryCountMigrations, sqlQueryCounts } from '../adapters/sql.query-counts.ts'
import { type SynonymTables, sqlSynonymStore, synonymStoreMigrations } from '../adapters/sql.synonym-store.ts'
import type { KeptResults } from '../ports/kept-results.port.ts'
import { type SearchRunning, type SearchServiceNeeds, searchService } from '../search.service.ts'

/** The search service over an index and stores of its own, nothing of it faked but the time, and the encoder if one is given. */
export type Shop = AsyncDisposable &
  Readonly<{
    client: Client<SearchContract>
    handlers: Handlers<SearchContract>
    reader: ProductIndexReader
    bus: EventBus
    clock: FakeClock
    /** Applies products, and deletions by id, as changes newer than all before; with vectors, where the shop has an encoder. */
    change(products: readonly Product[], deleted?: readonly string[]): Promise<void>
    /** Gives the view what an owner of columns says of products, newer than all before. */
    own(changes: readonly Omit<OwnedChange, 'version'>[]): Promise<void>
    /** Gives the view an encoder's vectors of products. */
    embed(encoder: TextEncoder, products: readonly Product[]): Promise<void>
    /** Says that an encoder is now in that state; `vectors`: how many it had when it began to serve. */
    publish(encoder: TextEncoder, state: PublishedEncoder['state'], vectors: number): Promise<void>
    /** Lets the view go of an encoder's vectors. */
    letGo(encoder: TextEncoder): Promise<void>
    /** Reads the catalogue's words anew, as the service does by itself after a while. */
    learn(): Promise<void>
    /** Another process that searches: over the same view, bus and stores. */
    another(): Promise<Searching>
    metrics(): Promise<string>
  }>

/** One running service, with a client that speaks to it. */
export type Searching = Readonly<{
  client: Client<SearchContract>
  service: SearchRunning
  metrics(): Promise<string>
  close(): Promise<void>
}>

type OpenKept = (clock: FakeClock) => Promise<KeptResults>

type Options = Partial<Omit<Given, 'index'>> &
  Readonly<{
    /** Of each process that searches; in its memory unless given. */
    openKept?: OpenKept
    encoder?: TextEncoder
    /** Stands between the service and its index. */
    through?: (index: ProductIndexReader) => ProductIndexReader
  }>

const openDatabase = (folder: string) =>
  openSqliteDatabase<SynonymTables & QueryCountTables>({
    file: join(folder, 'search.sqlite'),
    migrations: [synonymStoreMigrations, queryCountMigrations, outboxMigrations],
  })
type SearchDatabase = Awaited<ReturnType<typeof openDatabase>>

function storesOver(database: SearchDatabase, bus: EventBus, clock: FakeClock) {
  const outbox = sqliteOutbox(database)
  const onTrouble = () => {}
  return {
    synonyms: sqlSynonymStore({ database, outbox }),
    queryCounts: sqlQueryCounts({ database, clock, onTrouble, leastCount: 2 }),
    outboxRelay: outboxRelay({ outbox, bus, topics: [synonymChanged], onTrouble }),
  }
}

let published = 0

/** The event that an encoder is now in that state. */
const stateEvent = (
  { description }: TextEncoder,
  state: PublishedEncoder['state'],
  vectors: number,
): Envelope<PublishedEncoder> => {
  published++
  return {
    id: `published-${published}`,
    schema: encoderPublished.schema,
    key: description.encoder,
    version: published,
    occurredAt: 1,
    recordedAt: 1,
    deleted: false,
    market: {},
    payload: {
      ...description,
      languages: description.languages === null ? null : [...description.languages],
      state,
      vectors,
    },
  }
}

type Given = Omit<SearchServiceNeeds, 'synonyms' | 'queryCounts' | 'outboxRelay' | 'keptResults' | 'metrics' | 'clock'>

async function startSearching(
  given: Given,
  database: SearchDatabase,
  clock: FakeClock,
  openKept: OpenKept,
): Promise<Searching> {
  const registry = metricsRegistry()
  const stores = { ...storesOver(database, given.bus, clock), keptResults: await openKept(clock) }
  const service = searchService({ ...given, ...stores, clock, metrics: registry })
  await service.start?.()
  await until('the search service is ready', () => service.missing?.() === null)
  let isClosed = false
  return {
    service,
    client: inProcessClient(serveContract(searchContract, service.handlers)),
    metrics: () => registry.text(),
    async close() {
      if (isClosed) return
      isClosed = true
      await service.stop?.()
      await registry.close()
    },
  }
}

/** Writes products and vectors, each newer than all before. */
function viewWriter({ writer }: ProductIndex) {
  let version = 0
  return {
    async change(changed: readonly Product[], deleted: readonly string[]) {
      version++
      const changes = changed.map((product) => ({ id: product.id, version, product }))
      await writer.apply([...changes, ...deleted.map((id) => ({ id, version, product: null }))], {})
    },
    async own(changes: readonly Omit<OwnedChange, 'version'>[]) {
      version++
      await writer.applyColumns(
        changes.map((change) => ({ ...change, version })),
        {},
      )
    },
    async embed(encoder: TextEncoder, products: readonly Product[]) {
      version++
      const { encoder: name, dimensions } = encoder.description
      const vectors = await encoder.encodeProducts(products)
      const changes = products.map(({ id }, at) => {
        const vector = vectors.subarray(at * dimensions, (at + 1) * dimensions)
        const isReadable = vector.some((value) => value !== 0)
        return { productId: id, encoder: name, version, vector: isReadable ? encodeVector(vector) : null }
      })
      await writer.applyVectors(changes, {})
    },
    async letGo({ description }: TextEncoder) {
      version++
      await writer.applyEncoders([{ encoder: description.encoder, version, isHeld: false }], {})
    },
  }
}

export async function openShop(products: readonly Product[], options: Options = {}): Promise<Shop> {
  const { encoder, through = (index) => index, openKept = async (at) => memoryKeptResults(at), ...given } = options
  const index = await openNativeProductIndex({ dir: null })
  const clock = fakeClock()
  const bus = await memoryEventBus()
  const folder = temporaryDirectory()
  const database = await openDatabase(folder.path)
  const needs = {
    index: through(index.reader),
    analyzer: createAnalyzer(),
    bus,
    openEncoder: async (name: string) => {
      if (encoder?.description.encoder === name) return encoder
      throw new Error(`there is no encoder "${name}"`)
    },
    logger: createLogger({ name: 'test', level: 'silent' }),
    ...given,
  }
  const running: Searching[] = []
  const another = async () => {
    const started = await startSearching(needs, database, clock, openKept)
    running.push(started)
    return started
  }
  const write = viewWriter(index)
  const change = async (changed: readonly Product[], deleted: readonly string[] = []) => {
    await write.change(changed, deleted)
    if (encoder !== undefined && changed.length > 0) await write.embed(encoder, changed)
  }
  const publish = async (named: TextEncoder, state: PublishedEncoder['state'], vectors: number) => {
    await bus.publish(encoderPublished, [stateEvent(named, state, vectors)])
  }
  const { client, service, metrics } = await another()
  await change(products)
  if (encoder !== undefined && products.length > 0) {
    await publish(encoder, 'serving', products.length)
    await untilRead(client, encoder, products[0]!.title)
  }
  return {
    ...{ client, handlers: service.handlers, reader: index.reader, bus, clock },
    ...{ change, own: write.own, embed: write.embed, publish, letGo: write.letGo },
    ...{ learn: service.refreshKnowledge, another, metrics },
    async [Symbol.asyncDispose]() {
      for (const each of running) await each.close()
      await database.close()
      await bus.close()
      await index.close()
      folder[Symbol.dispose]()
    },
  }
}

/** Waits until queries are read by an encoder. Not by a first page: these are counted for suggestions. */
export const untilRead = (client: Client<SearchContract>, { description }: TextEncoder, query: string) =>
  until(
    `queries are read by ${description.encoder}`,
    async () => (await client.search({ query, page: 2 })).versions.encoder === description.encoder,
  )

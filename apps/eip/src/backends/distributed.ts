import { s3ArtifactStore } from '@eip/artifacts/s3'
import {
  cartAction,
  encoderPublished,
  orderChanged,
  policyPublished,
  productChanged,
  productEmbedded,
  purchase,
  regionListed,
  scoreChanged,
  stockChanged,
  synonymChanged,
} from '@eip/contracts'
import { openPostgresDatabase, type PostgresDatabase, postgresOutbox } from '@eip/database/postgres'
import { type KafkaSecurity, kafkaEventBus } from '@eip/event-bus/kafka'
import type { FileStore } from '@eip/file-store'
import { openOpenSearchGenerations } from '@eip/product-index/opensearch'
import { postgresProductStore } from '@eip/service-catalog/postgres'
import { type ImportTables, type ProductTables, sqlImportBook } from '@eip/service-catalog/sql'
import { postgresEmbeddingLedger } from '@eip/service-embedding/postgres'
import type { EmbeddingTables } from '@eip/service-embedding/sql'
import { memoryAccountStore } from '@eip/service-gateway/memory'
import { type AccountTables, type AuditTables, sqlAccountStore, sqlAuditLog } from '@eip/service-gateway/sql'
import { postgresStockLedger } from '@eip/service-inventory/postgres'
import type { LedgerTables } from '@eip/service-inventory/sql'
import { type FactTables, sqlFactStore } from '@eip/service-logistics/sql'
import {
  type OrdersTables,
  sqlCartStore,
  sqlCheckoutBook,
  sqlOrderStore,
  sqlPriceBook,
  stubPayment,
} from '@eip/service-orders/sql'
import { type JudgmentTables, type PolicyTables, sqlJudgmentStore, sqlPolicyStore } from '@eip/service-ranking/sql'
import type { KeptResults } from '@eip/service-search'
import { memoryKeptResults } from '@eip/service-search/memory'
import { redisKeptResults } from '@eip/service-search/redis'
import { type QueryCountTables, type SynonymTables, sqlQueryCounts, sqlSynonymStore } from '@eip/service-search/sql'
import type { DataPaths } from '../data-directory.ts'
import type { Environment } from '../environment.ts'
import { filesAddress, openFiles } from './files.ts'
import { embeddedEngine, type FoundationNotes, foundationNotes, server } from './foundations.ts'
import { schemaMigrations } from './migrations.ts'
import { busLog, once, type RelayOf, relaysTo } from './opening.ts'
import type { Backends, BackendsOptions, ServiceStores } from './service-stores.ts'

type Options = BackendsOptions & Readonly<{ paths: DataPaths; environment: Environment }>

/** Distributed: Kafka, PostgreSQL, OpenSearch and a store of files, each opened when a service of this process needs it. */
export async function openDistributedBackends(options: Options): Promise<Backends> {
  const { environment, paths, logger } = options
  const opened = new AsyncDisposableStack()
  const eventBus = opened.adopt(
    await kafkaEventBus({
      brokers: environment.KAFKA_BROKERS ?? [],
      clientId: `eip-${environment.TARGET.replaceAll(',', '-')}`,
      prefix: environment.KAFKA_TOPIC_PREFIX,
      partitions: environment.KAFKA_PARTITIONS,
      replication: environment.KAFKA_REPLICATION,
      security: securityOf(environment),
      clock: options.clock,
      observe: busLog(logger),
    }),
    (bus) => bus.close(),
  )
  const notes = foundationNotes()
  notes.engine(server('events', 'kafka', () => eventBus.brokers().then(() => null)))
  const around = { ...options, opened, notes, relayOf: relaysTo(eventBus, logger) }
  const files = once(() => openNotedFiles(around))
  return Object.freeze({
    eventBus,
    productIndex: once(() => openGenerations(around)),
    artifacts: once(async () => s3ArtifactStore({ files: await files(), cache: paths.artifacts })),
    foundations: notes.foundations,
    stores: {
      catalog: once(() => catalogStores(around)),
      embedding: once(() => embeddingStores(around)),
      search: once(() => searchStores(around)),
      ranking: once(() => rankingStores(around)),
      inventory: once(() => inventoryStores(around)),
      logistics: once(() => logisticsStores(around)),
      orders: once(() => ordersStores(around)),
      gateway: once(() => gatewayStores(around)),
    },
    close: () => opened.disposeAsync(),
  })
}

/** How Kafka is spoken to. */
export function securityOf(environment: Environment): KafkaSecurity {
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_MECHANISM: mechanism, KAFKA_TLS } = environment
  return {
    ...(KAFKA_TLS && { tls: {} }),
    ...(username !== undefined && { sasl: { mechanism, username, ...(password !== undefined && { password }) } }),
  }
}

/** Asks for a file that no service stores: whether the store answers is all that is wanted. */
const lookAtFiles = (files: FileStore) => () => files.read('nothing').then(() => null)

async function openNotedFiles({ environment, opened, notes }: Around) {
  const { engine, files } = opened.adopt(await openFiles(filesAddress(environment)), ({ close }) => close())
  notes.engine(server('files', engine, lookAtFiles(files)))
  return files
}

/** Where OpenSearch is, and who asks. */
export function clusterOf({ OPENSEARCH_URL: urls = [], ...environment }: Environment) {
  const { OPENSEARCH_USERNAME: username, OPENSEARCH_PASSWORD: password } = environment
  return { urls, ...(username !== undefined && password !== undefined && { credentials: { username, password } }) }
}

type Around = Options & Readonly<{ opened: AsyncDisposableStack; notes: FoundationNotes; relayOf: RelayOf }>

async function openGenerations({ environment, clock, opened, notes }: Around) {
  const generations = await openOpenSearchGenerations({
    ...clusterOf(environment),
    prefix: environment.OPENSEARCH_INDEX_PREFIX,
    shards: environment.OPENSEARCH_SHARDS,
    replicas: environment.OPENSEARCH_REPLICAS,
    vectorEngine: environment.OPENSEARCH_VECTOR_ENGINE,
    clock,
  })
  notes.engine(server('index', 'opensearch', generations.serverVersion))
  return opened.adopt(generations, (each) => each.close())
}

/** A service's own schema, which has its name. */
async function openSchema<Tables>(service: keyof ServiceStores, { environment, opened, notes }: Around) {
  const database = await openPostgresDatabase<Tables>({
    url: environment.DATABASE_URL ?? '',
    schema: service,
    migrations: schemaMigrations[service],
    connections: environment.DATABASE_CONNECTIONS,
  })
  notes.engine(server('database', 'postgresql', database.serverVersion))
  return opened.adopt(notes.pool(service, database), (each) => each.close())
}

function openOutbox<Tables>(database: PostgresDatabase<Tables>, { opened }: Around) {
  return opened.adopt(postgresOutbox(database), (each) => each.close())
}

async function catalogStores(around: Around): Promise<ServiceStores['catalog']> {
  const database = await openSchema<ProductTables & ImportTables>('catalog', around)
  const outbox = openOutbox(database, around)
  return {
    productStore: postgresProductStore({ database, outbox }),
    outboxRelay: around.relayOf(outbox, [productChanged]),
    importBook: sqlImportBook({ database }),
    spoolDirectory: around.paths.uploads,
    rejectedDirectory: around.paths.rejected,
  }
}

async function embeddingStores(around: Around): Promise<ServiceStores['embedding']> {
  const database = await openSchema<EmbeddingTables>('embedding', around)
  const outbox = openOutbox(database, around)
  const outboxRelay = around.relayOf(outbox, [encoderPublished, productEmbedded])
  return { ledger: postgresEmbeddingLedger({ database, outbox }), outboxRelay }
}

async function searchStores(around: Around): Promise<ServiceStores['search']> {
  const { clock, logger } = around
  const database = await openSchema<SynonymTables & QueryCountTables>('search', around)
  const outbox = openOutbox(database, around)
  const onTrouble = (error: unknown) => logger.warn({ err: error }, 'queries are not counted')
  return {
    synonyms: sqlSynonymStore({ database, outbox }),
    queryCounts: sqlQueryCounts({ database, clock, onTrouble }),
    outboxRelay: around.relayOf(outbox, [synonymChanged]),
    keptResults: await openKeptResults(around),
  }
}

/** Shared where there is a Redis; else each process cuts pages from its own lists only, and makes another one's anew. */
async function openKeptResults({ environment, clock, logger, notes }: Around): Promise<KeptResults> {
  const { REDIS_URL: url, REDIS_KEY_PREFIX: prefix } = environment
  if (url === undefined) {
    notes.engine(embeddedEngine('lists', 'memory'))
    return memoryKeptResults(clock)
  }
  const onTrouble = (error: unknown) => {
    if (error === null) logger.info('lists of results are shared by processes again')
    else logger.warn({ err: error }, 'lists of results are not shared by processes')
  }
  const kept = await redisKeptResults({ url, prefix, clock, onTrouble })
  notes.engine(server('lists', 'redis', kept.serverVersion))
  return kept
}

async function rankingStores(around: Around): Promise<ServiceStores['ranking']> {
  const database = await openSchema<PolicyTables & JudgmentTables>('ranking', around)
  const outbox = openOutbox(database, around)
  return {
    policies: sqlPolicyStore({ database, outbox }),
    judgments: sqlJudgmentStore(database),
    outboxRelay: around.relayOf(outbox, [policyPublished]),
  }
}

async function inventoryStores(around: Around): Promise<ServiceStores['inventory']> {
  const database = await openSchema<LedgerTables>('inventory', around)
  const outbox = openOutbox(database, around)
  return {
    stockLedger: postgresStockLedger({ database, outbox }),
    outboxRelay: around.relayOf(outbox, [stockChanged]),
  }
}

async function logisticsStores(around: Around): Promise<ServiceStores['logistics']> {
  const database = await openSchema<FactTables>('logistics', around)
  const outbox = openOutbox(database, around)
  return {
    factStore: sqlFactStore({ database, outbox }),
    outboxRelay: around.relayOf(outbox, [scoreChanged, regionListed]),
  }
}

async function ordersStores(around: Around): Promise<ServiceStores['orders']> {
  const database = await openSchema<OrdersTables>('orders', around)
  const outbox = openOutbox(database, around)
  return {
    orders: sqlOrderStore({ database, outbox }),
    carts: sqlCartStore({ database, outbox }),
    checkouts: sqlCheckoutBook({ database, outbox }),
    prices: sqlPriceBook(database),
    payment: stubPayment(database),
    outboxRelay: around.relayOf(outbox, [orderChanged, purchase, cartAction]),
  }
}

async function gatewayStores(around: Around): Promise<ServiceStores['gateway']> {
  const database = await openSchema<AccountTables & AuditTables>('gateway', around)
  return {
    accounts: around.keepsAccounts ? sqlAccountStore(database) : memoryAccountStore(),
    auditLog: sqlAuditLog(database),
  }
}

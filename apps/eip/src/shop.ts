import { setTimeout as wait } from 'node:timers/promises'
import {
  type CatalogContract,
  catalogContract,
  type EmbeddingStatus,
  embeddingContract,
  gatewayContract,
  type IndexerContract,
  type IndexerStatus,
  type InventoryContract,
  indexerContract,
  inventoryContract,
  type LogisticsContract,
  logisticsContract,
} from '@eip/contracts'
import { Failure, failures, systemClock } from '@eip/kernel'
import type { LoadBatch } from '@eip/pipeline-products'
import type { Client, OutputOf } from '@eip/rpc'
import { signedTokens } from '@eip/service-gateway'
import { z } from 'zod'
import { announcedPlatform, type DataPaths, knownSigningKey, openDataDirectory, pathsIn } from './data-directory.ts'
import type { Environment } from './environment.ts'
import { openPlatform, type Platform } from './platform.ts'
import { ownSupply, runningSupply, type Supply } from './shop-supply.ts'

const failure = failures({
  'shop.not-answering': {
    kind: 'unavailable',
    cure: 'Wait until the platform is ready, see that PLATFORM_URL is its address, or stop it and run the command again.',
  },
  'shop.not-named': {
    kind: 'invalid',
    cure: 'Give PLATFORM_URL, or the EIP_DATA_DIR of a platform that runs on this machine.',
  },
  'shop.encoder-failed': { kind: 'internal', cure: 'See the message; words are searched all the same.' },
  'shop.refused': { kind: 'internal', cure: 'See the message; it comes from the running platform.' },
})

/** `behind`: changes that were accepted and cannot be found yet; `unpublished`: those of them that are not on the bus yet. */
export type IndexState = Readonly<{ documents: number; behind: number; unpublished: number; parked: number }>

/** What a command may do with text encoders; each answers with how they are then. */
export type Encoders = Readonly<{
  status(): Promise<EmbeddingStatus>
  train(): Promise<EmbeddingStatus>
  use(encoder: string): Promise<EmbeddingStatus>
}>

/** What a command may do with the serving view. */
export type ServingView = Readonly<{
  status(): Promise<IndexerStatus>
  rebuild(): Promise<IndexerStatus>
  rollBack(): Promise<OutputOf<IndexerContract['rollBack']>>
}>

/** What a command may ask of products as the catalogue, the owners of their columns and the serving view have them. */
export type Versions = Readonly<{
  ofSource: Client<CatalogContract>['listVersions']
  ofView: Client<IndexerContract>['listVersions']
  republish: Client<CatalogContract>['republishProducts']
  ofStock: Client<InventoryContract>['listStockVersions']
  republishStock: Client<InventoryContract>['republishStock']
  ofScores: Client<LogisticsContract>['listScoreVersions']
  republishScores: Client<LogisticsContract>['republishScores']
  /** Events of stock and logistics that are not on the bus yet. */
  unpublishedColumns(): Promise<number>
}>

/** What a command needs of a shop, whether it is running elsewhere or was opened for this command. */
export interface Shop {
  readonly paths: DataPaths
  readonly load: LoadBatch
  indexState(): Promise<IndexState>
  readonly encoders: Encoders
  readonly servingView: ServingView
  readonly versions: Versions
  readonly supply: Supply
  close(): Promise<void>
}

/**
 * The running platform that the configuration names, or that uses this data directory; else one opened for this command alone.
 * What stands on servers is asked, never opened beside those who run it.
 */
export async function openShop(environment: Environment): Promise<Shop> {
  const { PLATFORM_URL, EIP_DATA_DIR, BACKENDS } = environment
  if (PLATFORM_URL !== undefined) return runningShop(environment, PLATFORM_URL)
  try {
    if (BACKENDS === 'embedded') return await openOwnShop(environment)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'data-directory.in-use') throw error
    const url = announcedPlatform(EIP_DATA_DIR)
    if (url === null) throw error
    return runningShop(environment, url)
  }
  const url = announcedPlatform(EIP_DATA_DIR)
  if (url === null) throw failure('shop.not-named', 'it is not said where the platform answers')
  return runningShop(environment, url)
}

/** A shop that this process opened, with the clients of its services. */
export type OwnShop = Shop & Pick<Platform, 'client'>

/** Opens the data directory for this process alone, on embedded backends. Throws `data-directory.in-use`. */
export async function openOwnShop(environment: Environment): Promise<OwnShop> {
  const directory = openDataDirectory(environment.EIP_DATA_DIR, 'none')
  try {
    const platform = await openPlatform({
      environment: { ...environment, TARGET: 'all', BACKENDS: 'embedded', PEERS: {}, DEMO: false },
      directory,
      listens: false,
    })
    const catalog = platform.client(catalogContract)
    const indexer = platform.client(indexerContract)
    const embedding = platform.client(embeddingContract)
    const inventory = platform.client(inventoryContract)
    const logistics = platform.client(logisticsContract)
    const patience = { deadlineMs: environment.ADMIN_BUDGET_MS }
    return Object.freeze({
      client: platform.client,
      paths: directory.paths,
      load: (products) => catalog.upsertProducts({ products: [...products] }, patience),
      async indexState() {
        // In the order in which changes travel: none is missed because it moved on between the two.
        const { unpublishedEvents } = await catalog.statistics({}, patience)
        const { documents, lag, parked } = await indexer.status({}, patience)
        return { documents, behind: lag + unpublishedEvents, unpublished: unpublishedEvents, parked }
      },
      encoders: {
        status: () => embedding.status({}, patience),
        train: () => embedding.trainEncoder({}, patience),
        use: (encoder) => embedding.useEncoder({ encoder }, patience),
      },
      servingView: {
        status: () => indexer.status({}, patience),
        rebuild: () => indexer.rebuild({}, patience),
        rollBack: () => indexer.rollBack({}, patience),
      },
      versions: {
        ofSource: (asked) => catalog.listVersions(asked, patience),
        ofView: (asked) => indexer.listVersions(asked, patience),
        republish: (asked) => catalog.republishProducts(asked, patience),
        ofStock: (asked) => inventory.listStockVersions(asked, patience),
        republishStock: (asked) => inventory.republishStock(asked, patience),
        ofScores: (asked) => logistics.listScoreVersions(asked, patience),
        republishScores: (asked) => logistics.republishScores(asked, patience),
        async unpublishedColumns() {
          const told = [await inventory.statistics({}, patience), await logistics.statistics({}, patience)]
          return told.reduce((sum, { unpublishedEvents }) => sum + unpublishedEvents, 0)
        },
      },
      supply: ownSupply(platform, environment.ADMIN_BUDGET_MS),
      async close() {
        await platform.close()
        directory.close()
      },
    } satisfies OwnShop)
  } catch (error) {
    directory.close()
    throw error
  }
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string(), cure: z.string() }) })

/** Asks the running platform as an operator: whoever has its key, or may read its data directory, may sign for one. */
function runningShop(environment: Environment, url: string): Shop {
  const key = knownSigningKey(environment.EIP_DATA_DIR, environment.SIGNING_KEY)
  const tokens = signedTokens({ key, clock: systemClock, lifetimeSeconds: 60 })
  const ask = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: object,
  ): Promise<z.infer<Schema>> => {
    const { token } = await tokens.issue({ name: 'eip', role: 'operator' })
    const response = await fetch(`${url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(environment.ADMIN_BUDGET_MS + 5_000),
    }).catch((error: unknown) => {
      throw failure('shop.not-answering', `the platform at ${url} does not answer`, {}, error)
    })
    const content: unknown = await response.json()
    if (response.ok) return schema.parse(content)
    const told = errorSchema.safeParse(content)
    if (!told.success) throw failure('shop.refused', `the platform at ${url} answered ${response.status}`)
    const { code, message, cure } = told.data.error
    throw new Failure(
      code,
      response.status === 429 || response.status >= 503 ? 'overloaded' : 'internal',
      message,
      cure,
    )
  }
  const upserted = gatewayContract.upsertProducts['~orpc'].outputSchema!
  const status = gatewayContract.indexStatus['~orpc'].outputSchema!
  const rebuilt = gatewayContract.rebuildIndex['~orpc'].outputSchema!
  const rolledBack = gatewayContract.rollBackIndex['~orpc'].outputSchema!
  const sourceVersions = gatewayContract.listProductVersions['~orpc'].outputSchema!
  const viewVersions = gatewayContract.listViewVersions['~orpc'].outputSchema!
  const republished = gatewayContract.republishProducts['~orpc'].outputSchema!
  const stockVersions = gatewayContract.listStockVersions['~orpc'].outputSchema!
  const stockRepublished = gatewayContract.republishStock['~orpc'].outputSchema!
  const stockStatistics = gatewayContract.stockStatistics['~orpc'].outputSchema!
  const scoreVersions = gatewayContract.listScoreVersions['~orpc'].outputSchema!
  const scoresRepublished = gatewayContract.republishScores['~orpc'].outputSchema!
  const logisticsStatistics = gatewayContract.logisticsStatistics['~orpc'].outputSchema!
  const encoderStatus = gatewayContract.encoderStatus['~orpc'].outputSchema!
  return Object.freeze({
    paths: pathsIn(environment.EIP_DATA_DIR),
    load: (products) => patiently(() => ask('/products', upserted, { products })),
    async indexState() {
      const { documents, lag, unpublishedEvents, parked } = await patiently(() => ask('/index', status))
      return { documents, behind: lag + unpublishedEvents, unpublished: unpublishedEvents, parked }
    },
    encoders: {
      status: () => patiently(() => ask('/encoders', encoderStatus)),
      train: () => ask('/encoders/train', encoderStatus, {}),
      use: (encoder) => ask(`/encoders/${encodeURIComponent(encoder)}/use`, encoderStatus, {}),
    },
    servingView: {
      status: () => patiently(() => ask('/index', status)),
      rebuild: () => ask('/index/rebuild', rebuilt, {}),
      rollBack: () => ask('/index/roll-back', rolledBack, {}),
    },
    versions: {
      ofSource: (asked) => patiently(() => ask('/products/versions', sourceVersions, asked)),
      ofView: (asked) => patiently(() => ask('/index/versions', viewVersions, asked)),
      republish: (asked) => ask('/products/republish', republished, asked),
      ofStock: (asked) => patiently(() => ask('/stock/versions', stockVersions, asked)),
      republishStock: (asked) => ask('/stock/republish', stockRepublished, asked),
      ofScores: (asked) => patiently(() => ask('/logistics/versions', scoreVersions, asked)),
      republishScores: (asked) => ask('/logistics/republish', scoresRepublished, asked),
      async unpublishedColumns() {
        const stock = await patiently(() => ask('/operations/stock', stockStatistics))
        const logistics = await patiently(() => ask('/operations/logistics', logisticsStatistics))
        return stock.unpublishedEvents + logistics.unpublishedEvents
      },
    },
    supply: runningSupply(ask, patiently),
    close: async () => {},
  } satisfies Shop)
}

/** A busy platform is asked again, ever more slowly, for about a minute; adding the same products twice changes nothing. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let delay = 250; ; delay *= 2) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof Failure && (error.kind === 'overloaded' || error.code === 'shop.not-answering')
      if (!isBusy || delay > 32_000) throw error
      await wait(delay)
    }
  }
}

/** Waits until an encoder (null: any) reads queries and products, or fails with what went wrong. */
export async function untilServing(
  { encoders }: Pick<Shop, 'encoders'>,
  encoder: string | null,
  report: (status: EmbeddingStatus) => void,
): Promise<EmbeddingStatus['encoders'][number]> {
  for (;;) {
    const status = await encoders.status()
    report(status)
    const isMeant = (each: { encoder: string }) => encoder === null || each.encoder === encoder
    const serving = status.encoders.find((each) => each.state === 'serving' && isMeant(each))
    if (serving !== undefined && status.training === null) return serving
    const trouble = status.encoders.find((each) => isMeant(each) && each.trouble !== null)?.trouble ?? status.trouble
    if (trouble !== null && trouble !== undefined) throw failure('shop.encoder-failed', trouble)
    await wait(200)
  }
}

/** Waits until everything that was accepted can be found. */
export async function untilIndexed(shop: Shop, report: (state: IndexState) => void): Promise<IndexState> {
  for (;;) {
    const state = await shop.indexState()
    report(state)
    if (state.behind === 0) return state
    await wait(50)
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import {
  catalogContract,
  type EmbeddingStatus,
  embeddingContract,
  gatewayContract,
  indexerContract,
} from '@eip/contracts'
import { Failure, failures, systemClock } from '@eip/kernel'
import type { LoadBatch } from '@eip/pipeline-products'
import { signedTokens } from '@eip/service-gateway'
import { z } from 'zod'
import { announcedPlatform, type DataPaths, openDataDirectory, pathsIn, signingKey } from './data-directory.ts'
import type { Environment } from './environment.ts'
import { openPlatform, type Platform } from './platform.ts'

const failure = failures({
  'shop.not-answering': {
    kind: 'unavailable',
    cure: 'Wait until the platform is ready, or stop it and run the command again.',
  },
  'shop.encoder-failed': { kind: 'internal', cure: 'See the message; words are searched all the same.' },
  'shop.refused': { kind: 'internal', cure: 'See the message; it comes from the running platform.' },
})

export type IndexState = Readonly<{ documents: number; behind: number; parked: number }>

/** What a command may do with text encoders; each answers with how they are then. */
export type Encoders = Readonly<{
  status(): Promise<EmbeddingStatus>
  train(): Promise<EmbeddingStatus>
  use(encoder: string): Promise<EmbeddingStatus>
}>

/** What a command needs of a shop, whether it is running elsewhere or was opened for this command. */
export interface Shop {
  readonly paths: DataPaths
  readonly load: LoadBatch
  indexState(): Promise<IndexState>
  readonly encoders: Encoders
  close(): Promise<void>
}

/** The running platform of this data directory, or one opened for this command alone. */
export async function openShop(environment: Environment): Promise<Shop> {
  try {
    return await openOwnShop(environment)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'data-directory.in-use') throw error
    return runningShop(environment, error)
  }
}

/** A shop that this process opened, with the clients of its services. */
export type OwnShop = Shop & Pick<Platform, 'client'>

/** Opens the data directory for this process alone. Throws `data-directory.in-use`. */
export async function openOwnShop(environment: Environment): Promise<OwnShop> {
  const directory = openDataDirectory(environment.EIP_DATA_DIR, 'none')
  try {
    const platform = await openPlatform({
      environment: { ...environment, TARGET: 'all', DEMO: false },
      directory,
      listens: false,
    })
    const catalog = platform.client(catalogContract)
    const indexer = platform.client(indexerContract)
    const embedding = platform.client(embeddingContract)
    const patience = { deadlineMs: environment.ADMIN_BUDGET_MS }
    return Object.freeze({
      client: platform.client,
      paths: directory.paths,
      load: (products) => catalog.upsertProducts({ products: [...products] }, patience),
      async indexState() {
        const [{ unpublishedEvents }, status] = await Promise.all([
          catalog.statistics({}, patience),
          indexer.status({}, patience),
        ])
        return { documents: status.documents, behind: status.lag + unpublishedEvents, parked: status.parked }
      },
      encoders: {
        status: () => embedding.status({}, patience),
        train: () => embedding.trainEncoder({}, patience),
        use: (encoder) => embedding.useEncoder({ encoder }, patience),
      },
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

/** Asks the running platform as an operator: whoever may read the data directory may sign for one. */
function runningShop(environment: Environment, inUse: Failure): Shop {
  const url = announcedPlatform(environment.EIP_DATA_DIR)
  if (url === null) throw inUse
  const key = signingKey(environment.EIP_DATA_DIR, environment.SIGNING_KEY)
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
  const upserted = gatewayContract.upsertProducts['~orpc'].outputSchema
  const status = gatewayContract.indexStatus['~orpc'].outputSchema
  const encoderStatus = gatewayContract.encoderStatus['~orpc'].outputSchema
  if (!upserted || !status || !encoderStatus) throw new Error('the gateway contract has no output schema')
  return Object.freeze({
    paths: pathsIn(environment.EIP_DATA_DIR),
    load: (products) => patiently(() => ask('/products', upserted, { products })),
    async indexState() {
      const { documents, lag, unpublishedEvents, parked } = await patiently(() => ask('/index', status))
      return { documents, behind: lag + unpublishedEvents, parked }
    },
    encoders: {
      status: () => patiently(() => ask('/encoders', encoderStatus)),
      train: () => ask('/encoders/train', encoderStatus, {}),
      use: (encoder) => ask(`/encoders/${encodeURIComponent(encoder)}/use`, encoderStatus, {}),
    },
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

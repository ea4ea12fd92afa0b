import { createAnalyzer } from '@eip/engine-text-analysis'
import { openEncoderThread } from '@eip/engine-text-encoder'
import type { Clock } from '@eip/kernel'
import { failures } from '@eip/kernel'
import { callWatch, type HostedService, hosted, type ServiceDefinition } from '@eip/runtime'
import { catalog } from '@eip/service-catalog'
import { artifactKind, embedding } from '@eip/service-embedding'
import { childEncoderTrainer } from '@eip/service-embedding/trainer'
import { gateway, type Operations } from '@eip/service-gateway'
import { swaggerApiPages } from '@eip/service-gateway/swagger'
import { indexer } from '@eip/service-indexer'
import { inventory } from '@eip/service-inventory'
import { logistics } from '@eip/service-logistics'
import { orders } from '@eip/service-orders'
import { ranking } from '@eip/service-ranking'
import { search } from '@eip/service-search'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { sharedFilesAddress } from './backends/files.ts'
import type { Backends } from './backends/service-stores.ts'
import { configuredEncoder } from './encoder-models.ts'
import type { Environment } from './environment.ts'
import { builtFaces } from './faces.ts'
import { childImportRunner } from './imports/child.import-runner.ts'

const failure = failures({
  'config.unknown-target': { kind: 'invalid', cure: 'Write TARGET=all, or names from the list with commas between.' },
  'config.unknown-peer': { kind: 'invalid', cure: 'Write PEERS=SERVICE=ADDRESS, with names from the list.' },
  'config.missing-peer': { kind: 'invalid', cure: 'Add them to PEERS, or the services themselves to TARGET.' },
  'config.split-embedded': {
    kind: 'invalid',
    cure: 'Add the named services to TARGET: embedded backends live inside one process.',
  },
})

/** Every service there is; each stands in `hostService` with what it needs. */
export const definitions = Object.freeze([
  catalog,
  embedding,
  indexer,
  inventory,
  logistics,
  orders,
  ranking,
  search,
  gateway,
]) as readonly ServiceDefinition[]

export type ServiceName =
  | 'catalog'
  | 'embedding'
  | 'indexer'
  | 'inventory'
  | 'logistics'
  | 'orders'
  | 'ranking'
  | 'search'
  | 'gateway'

export const serviceNames = Object.freeze(definitions.map(({ name }) => name as ServiceName))

/** The services that TARGET names, each once. Throws `config.unknown-target`. */
export function servicesOf(target: string): readonly ServiceName[] {
  if (target === 'all') return serviceNames
  const wanted = target.split(',').map((name) => name.trim())
  const unknown = wanted.filter((name) => !serviceNames.some((known) => known === name))
  if (unknown.length > 0)
    throw failure(
      'config.unknown-target',
      `TARGET names ${unknown.map((name) => `"${name}"`).join(', ')}; there are ${serviceNames.join(', ')}`,
      { unknown, valid: serviceNames },
    )
  return serviceNames.filter((name) => wanted.includes(name))
}

/**
 * Embedded backends live inside one process: whatever these services call, and whoever publishes what they read, must be
 * among them. Throws `config.split-embedded` with all that is missing.
 */
export function requireWhole(names: readonly ServiceName[]): void {
  const here = definitions.filter(({ name }) => names.some((each) => each === name))
  const missing = new Map<string, string>()
  for (const { name, calls, consumes, follows = [] } of here) {
    for (const callee of calls) if (!here.some((each) => each.name === callee)) missing.set(callee, `${name} calls it`)
    for (const topic of [...Object.values(consumes).flat(), ...follows]) {
      const owner = definitions.find(({ publishes }) => publishes.includes(topic))
      if (owner && !here.includes(owner)) missing.set(owner.name, `${name} reads its topic ${topic.name}`)
    }
  }
  if (missing.size === 0) return
  const reasons = [...missing].map(([name, reason]) => `${name} (${reason})`)
  throw failure('config.split-embedded', `TARGET leaves out ${reasons.join(', ')}`, { missing: [...missing.keys()] })
}

/** Refuses a configuration by which the services that it names could not work. Throws what `requireWhole` and `peersOf` throw. */
export function requireReachable(environment: Environment): void {
  if (environment.BACKENDS === 'embedded') requireWhole(servicesOf(environment.TARGET))
  peersOf(environment)
}

/** Where the other services answer. Throws `config.unknown-peer`, and `config.missing-peer` for one that is called from here. */
export function peersOf({ TARGET, PEERS = {} }: Environment): Readonly<Record<string, URL>> {
  const unknown = Object.keys(PEERS).filter((name) => !definitions.some((each) => each.name === name))
  if (unknown.length > 0)
    throw failure('config.unknown-peer', `PEERS names ${unknown.join(', ')}; there are ${serviceNames.join(', ')}`)
  const here = servicesOf(TARGET)
  for (const { name, calls } of definitions.filter((each) => here.some((own) => own === each.name))) {
    const missing = calls.filter((callee) => !here.some((own) => own === callee) && PEERS[callee] === undefined)
    if (missing.length > 0)
      throw failure('config.missing-peer', `PEERS does not say where ${missing.join(', ')} answer, which ${name} calls`)
  }
  return Object.fromEntries(Object.entries(PEERS).map(([name, address]) => [name, new URL(address)]))
}

export type Surroundings = Readonly<{
  environment: Environment
  backends: Backends
  signingKey: Uint8Array
  /** What operators see of this process. */
  operations: Operations
  /** The lake's folder. */
  lake: string
  /** Whether files that wait to be imported are taken up here: the platform does, a command does not. */
  runsImports: boolean
  clock: Clock
  logger: Logger
  metrics: MetricsRegistry
}>

const makers: Readonly<Record<ServiceName, (around: Surroundings) => Promise<HostedService>>> = {
  catalog: async ({ backends, clock, logger, lake, environment, runsImports }) =>
    hosted(catalog, {
      ...(await backends.stores.catalog()),
      importRunner: childImportRunner({ lake, files: sharedFilesAddress(environment) }),
      runsImports,
      clock,
      logger,
    }),
  embedding: async ({ backends, clock, logger, metrics, environment }) => {
    const artifacts = await backends.artifacts()
    return hosted(embedding, {
      ...(await backends.stores.embedding()),
      bus: backends.eventBus,
      artifacts,
      openEncoder: openEncoderThread,
      trainer: childEncoderTrainer(),
      policy: { startsWith: await configuredEncoder(environment.ENCODER, artifacts) },
      clock,
      logger,
      metrics,
    })
  },
  indexer: async ({ backends, clock, metrics, logger, environment }) =>
    hosted(indexer, {
      bus: backends.eventBus,
      generations: await backends.productIndex(),
      rollBackWindowSeconds: environment.ROLLBACK_WINDOW_SECONDS,
      clock,
      metrics,
      logger,
    }),
  inventory: async ({ backends, clock, logger, metrics }) =>
    hosted(inventory, { ...(await backends.stores.inventory()), bus: backends.eventBus, clock, logger, metrics }),
  logistics: async ({ environment, backends, clock, logger }) =>
    hosted(logistics, {
      ...(await backends.stores.logistics()),
      bus: backends.eventBus,
      scoreStep: environment.SCORE_STEP,
      ...{ clock, logger },
    }),
  orders: async ({ backends, clock, logger }) =>
    hosted(orders, { ...(await backends.stores.orders()), bus: backends.eventBus, clock, logger }),
  ranking: async ({ backends, clock }) => hosted(ranking, { ...(await backends.stores.ranking()), clock }),
  search: async ({ backends, clock, logger, metrics, environment }) => {
    const artifacts = await backends.artifacts()
    return hosted(search, {
      ...(await backends.stores.search()),
      index: (await backends.productIndex()).reader,
      analyzer: createAnalyzer(),
      bus: backends.eventBus,
      openEncoder: async (encoder) => openEncoderThread(await artifacts.open(artifactKind, encoder)),
      clock,
      logger,
      metrics,
      languages: environment.SEARCH_LANGUAGES,
    })
  },
  gateway: async ({ backends, clock, metrics, logger, environment, signingKey, operations }) =>
    hosted(gateway, {
      ...(await backends.stores.gateway()),
      operations,
      faces: builtFaces(),
      secureCookies: environment.SECURE_COOKIES,
      signingKey,
      tokenLifetimeSeconds: environment.TOKEN_LIFETIME_SECONDS,
      pageBudgetMs: environment.PAGE_BUDGET_MS,
      adminBudgetMs: environment.ADMIN_BUDGET_MS,
      apiPages: swaggerApiPages,
      watch: callWatch('gateway', metrics, logger),
      clock,
    }),
}

/** A service with everything it stands on, opened. */
export const hostService = (name: ServiceName, around: Surroundings): Promise<HostedService> => makers[name](around)

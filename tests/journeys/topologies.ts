import { pathToFileURL } from 'node:url'
import { temporaryDatabase } from '@eip/database/testing'
import { removeTopics } from '@eip/event-bus/bench'
import { newId, systemClock } from '@eip/kernel'
import { mergeIndexesAt, removeIndexesAt } from '@eip/product-index/bench'
import { createHost, type Host } from '@eip/runtime'
import { newAccount } from '@eip/service-gateway'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import { migrateAll } from '../../apps/eip/src/backends/migrations.ts'
import type { Backends } from '../../apps/eip/src/backends/service-stores.ts'
import { openBackends } from '../../apps/eip/src/backends.ts'
import { openDataDirectory, signingKey } from '../../apps/eip/src/data-directory.ts'
import { type Environment, readEnvironment } from '../../apps/eip/src/environment.ts'
import { processOperations } from '../../apps/eip/src/operations.ts'
import { definitions, hostService, type ServiceName, serviceNames } from '../../apps/eip/src/services.ts'

export type Running = Readonly<{
  /** Address of the gateway's host. */
  url: string
  /** Addresses of all hosts. */
  hosts: Readonly<Record<string, string>>
  password: string
  /** Takes documents that were replaced out of the statistics of relevance, where they count until then. */
  merge(): Promise<void>
  /** Variables of a command that works beside it. */
  commands: Readonly<Record<string, string>>
  close(): Promise<void>
}>

type Stage = Readonly<{
  /** Of one host: embedded, the same for all of them. */
  openBackends(): Promise<Backends>
  key: Uint8Array
  environment: Environment
  lake: string
}>
const password = 'correct horse battery'
const patient = { PAGE_BUDGET_MS: '60000', ADMIN_BUDGET_MS: '60000' }

type Settings = Readonly<Record<string, string>>
type Start = (stage: Stage) => Promise<{ hosts: Host[]; addresses: Record<string, string> }>

async function onStage(settings: Settings, start: Start): Promise<Running> {
  const at = temporaryDirectory()
  const directory = openDataDirectory(at.path, 'none')
  const environment = readEnvironment({ ...patient, ...settings })
  const opened: Backends[] = []
  const open = async () => {
    const plain = { logger: silentLogger, clock: systemClock, keepsAccounts: true }
    opened.push(await openBackends(environment, directory.paths, plain))
    return opened.at(-1) as Backends
  }
  const first = await open()
  const { accounts } = await first.stores.gateway()
  await accounts.save(await newAccount('ana', 'merchandiser', password))
  await accounts.save(await newAccount('vic', 'viewer', password))
  await accounts.save(await newAccount('olga', 'operator', password))
  const { hosts, addresses } = await start({
    openBackends: environment.BACKENDS === 'embedded' ? async () => first : open,
    key: signingKey(at.path, environment.SIGNING_KEY),
    environment,
    lake: directory.paths.lake,
  })
  return {
    url: addresses.gateway as string,
    hosts: addresses,
    password,
    merge: async () => {},
    commands: { ...patient, ...settings, EIP_DATA_DIR: at.path, PLATFORM_URL: addresses.gateway as string },
    async close() {
      for (const host of hosts.toReversed()) await host.stop()
      for (const backends of opened) await backends.close()
      directory.close()
      at[Symbol.dispose]()
    },
  }
}

async function hostOf(
  names: readonly ServiceName[],
  { openBackends, key, environment, lake }: Stage,
  addresses: Record<string, string>,
): Promise<Host> {
  const backends = await openBackends()
  const metrics = metricsRegistry()
  const plain = { clock: systemClock, logger: silentLogger, metrics }
  const elsewhere = Object.entries(addresses).map(([name, address]) => [name, new URL(address)] as const)
  const operations = processOperations({
    host: () => host,
    bus: backends.eventBus,
    foundations: backends.foundations,
    addresses: Object.fromEntries(elsewhere),
    ...plain,
  })
  const around = { environment, backends, signingKey: key, operations, lake, runsImports: true, ...plain }
  const host: Host = createHost({
    name: names.join(','),
    services: await Promise.all(names.map((name) => hostService(name, around))),
    known: definitions,
    addresses: Object.fromEntries(elsewhere),
    listen: { hostname: '127.0.0.1', port: 0 },
    exposesRpc: names.length < serviceNames.length,
    logger: silentLogger,
    metrics,
  })
  return host
}

const addressOf = (address: URL | null): string => {
  if (!address) throw new Error('the host does not listen')
  return address.origin
}

/** Everything in one host. */
export const allInOne = (settings: Settings = {}): Promise<Running> =>
  onStage(settings, async (stage) => {
    const host = await hostOf(serviceNames, stage, {})
    const address = addressOf(await host.start())
    return { hosts: [host], addresses: Object.fromEntries(serviceNames.map((name) => [name, address])) }
  })

const eachAlone: Start = async (stage) => {
  const hosts: Host[] = []
  const addresses: Record<string, string> = {}
  // Callees first, as the list of services has them.
  for (const name of serviceNames) {
    const host = await hostOf([name], stage, addresses)
    addresses[name] = addressOf(await host.start())
    hosts.push(host)
  }
  return { hosts, addresses }
}

/** Every service in a host of its own, reached over HTTP; all in this process, where embedded backends live. */
export const oneServicePerHost = (settings: Settings = {}): Promise<Running> => onStage(settings, eachAlone)

/** Real servers, where tests are given some. */
const servers = testEngines.kafka && testEngines.postgres && testEngines.opensearch ? testEngines : null

/** Every service in a host of its own with connections of its own, on Kafka, PostgreSQL and OpenSearch. */
async function oneServicePerHostOnServers(settings: Settings = {}): Promise<Running> {
  const { kafka = '', postgres = '', opensearch = '' } = servers ?? {}
  const name = `journey-${newId().slice(-12)}`
  const files = temporaryDirectory()
  const database = await temporaryDatabase(postgres)
  await migrateAll(database.url)
  const running = await onStage(
    {
      BACKENDS: 'distributed',
      SIGNING_KEY: newId() + newId(),
      KAFKA_BROKERS: kafka,
      KAFKA_TOPIC_PREFIX: `${name}.`,
      KAFKA_PARTITIONS: '2',
      DATABASE_URL: database.url,
      DATABASE_CONNECTIONS: '2',
      OPENSEARCH_URL: opensearch,
      OPENSEARCH_INDEX_PREFIX: name,
      FILES_URL: pathToFileURL(files.path).href,
      ...settings,
    },
    eachAlone,
  )
  return {
    ...running,
    merge: () => mergeIndexesAt({ urls: opensearch.split(',') }, name),
    async close() {
      await running.close()
      await removeTopics(kafka.split(','), `${name}.`)
      await removeIndexesAt({ urls: opensearch.split(',') }, name)
      await database[Symbol.asyncDispose]()
      files[Symbol.dispose]()
    },
  }
}

type Topology = Readonly<{ name: string; open(settings?: Settings): Promise<Running>; isThere: boolean }>

export const onServers: Topology = {
  name: 'one service per host on real servers (needs TEST_KAFKA_BROKERS, TEST_POSTGRES_URL and TEST_OPENSEARCH_URL)',
  open: oneServicePerHostOnServers,
  isThere: servers !== null,
}

/** The same journey over each of them. */
export function overTopologies(title: string, journey: (open: Topology['open']) => void): void {
  const embedded = [
    { name: 'all in one host', open: allInOne, isThere: true },
    { name: 'one service per host', open: oneServicePerHost, isThere: true },
  ]
  for (const { name, open, isThere } of [...embedded, onServers])
    describe.skipIf(!isThere)(`${title}, ${name}`, () => journey(open))
}

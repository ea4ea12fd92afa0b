import { systemClock } from '@eip/kernel'
import { createHost, type Host } from '@eip/runtime'
import { newAccount } from '@eip/service-gateway'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { temporaryDirectory } from '@eip/testkit'
import { type Backends, openEmbeddedBackends } from '../../apps/eip/src/backends.ts'
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
  close(): Promise<void>
}>

type Stage = Readonly<{ backends: Backends; key: Uint8Array; environment: Environment; lake: string }>
const password = 'correct horse battery'
const patient = { PAGE_BUDGET_MS: '60000', ADMIN_BUDGET_MS: '60000' }

async function onStage(
  settings: Record<string, string>,

  start: (stage: Stage) => Promise<{ hosts: Host[]; addresses: Record<string, string> }>,
): Promise<Running> {
  const at = temporaryDirectory()
  const directory = openDataDirectory(at.path, 'none')
  const backends = await openEmbeddedBackends({
    paths: directory.paths,
    logger: silentLogger,
    clock: systemClock,
    keepsAccounts: true,
  })
  await backends.gateway.accounts.save(await newAccount('ana', 'merchandiser', password))
  await backends.gateway.accounts.save(await newAccount('vic', 'viewer', password))
  await backends.gateway.accounts.save(await newAccount('olga', 'operator', password))
  const { hosts, addresses } = await start({
    backends,
    key: signingKey(at.path, undefined),
    environment: readEnvironment({ ...patient, ...settings }),
    lake: directory.paths.lake,
  })
  return {
    url: addresses.gateway as string,
    hosts: addresses,
    password,
    async close() {
      for (const host of hosts.toReversed()) await host.stop()
      await backends.close()
      directory.close()
      at[Symbol.dispose]()
    },
  }
}

function hostOf(
  names: readonly ServiceName[],
  { backends, key, environment, lake }: Stage,
  addresses: Record<string, string>,
): Host {
  const metrics = metricsRegistry()
  const { ENCODER: encoder } = environment
  const plain = { clock: systemClock, logger: silentLogger, metrics }
  const operations = processOperations({ host: () => host, bus: backends.eventBus, ...plain })
  const around = { environment, backends, signingKey: key, encoder, operations, lake, runsImports: true, ...plain }
  const host: Host = createHost({
    name: names.join(','),
    services: names.map((name) => hostService(name, around)),
    known: definitions,
    addresses: Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, new URL(address)])),
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
export const allInOne = (settings: Record<string, string> = {}): Promise<Running> =>
  onStage(settings, async (stage) => {
    const host = hostOf(serviceNames, stage, {})
    const address = addressOf(await host.start())
    return { hosts: [host], addresses: Object.fromEntries(serviceNames.map((name) => [name, address])) }
  })

/** Every service in a host of its own, reached over HTTP; all in this process, where embedded backends live. */
export const oneServicePerHost = (settings: Record<string, string> = {}): Promise<Running> =>
  onStage(settings, async (stage) => {
    const hosts: Host[] = []
    const addresses: Record<string, string> = {}
    // Callees first, as the list of services has them.
    for (const name of serviceNames) {
      const host = hostOf([name], stage, addresses)
      addresses[name] = addressOf(await host.start())
      hosts.push(host)
    }
    return { hosts, addresses }
  })

import { roles } from '@eip/contracts'
import { type Clock, newId, systemClock } from '@eip/kernel'
import type { AnyContractRouter, Client } from '@eip/rpc'
import { createHost, type Host, type HostedService } from '@eip/runtime'
import { newAccount } from '@eip/service-gateway'
import { createLogger, type Logger, type MetricsRegistry, metricsRegistry } from '@eip/telemetry'
import type { Backends } from './backends/service-stores.ts'
import { openBackends } from './backends.ts'
import { type DataDirectory, signingKey } from './data-directory.ts'
import type { Environment } from './environment.ts'
import { processOperations } from './operations.ts'
import {
  definitions,
  hostService,
  peersOf,
  requireReachable,
  type ServiceName,
  serviceNames,
  servicesOf,
} from './services.ts'

export type Credentials = Readonly<{ name: string; password: string; role: string }>

/** The services of this process, running. */
export interface Platform {
  /** Where it answers; null where it does not listen. */
  readonly url: string | null
  /** The demo's accounts, made anew at every start; none outside the demo. */
  readonly demoAccounts: readonly Credentials[]
  client<Contract extends AnyContractRouter>(contract: Contract): Client<Contract>
  close(): Promise<void>
}

type Options = Readonly<{
  environment: Environment
  directory: DataDirectory
  /** False: only this process asks. */
  listens: boolean
  logger?: Logger
  clock?: Clock
}>

export const programLogger = ({ LOG_LEVEL }: Environment): Logger => createLogger({ name: 'eip', level: LOG_LEVEL })

/** Opens what the services stand on, and starts them. The directory stays the caller's to close. */
export async function openPlatform(options: Options): Promise<Platform> {
  const { environment, directory, clock = systemClock } = options
  const names = servicesOf(environment.TARGET)
  requireReachable(environment)
  const addresses = peersOf(environment)
  const logger = options.logger ?? programLogger(environment)
  const metrics = metricsRegistry({ failed: (error) => logger.warn({ err: error }, 'a metric cannot be read') })
  const backends = await openBackends(environment, directory.paths, { logger, clock, keepsAccounts: !environment.DEMO })
  const surroundings = { environment, directory, backends, addresses, names, clock, logger, metrics }
  const { start, close } = await assemble(surroundings, options.listens).catch(async (error) => {
    await backends.close().finally(() => metrics.close())
    throw error
  })
  return start().catch(async (error) => {
    await close()
    throw error
  })
}

type Assembly = Readonly<{
  environment: Environment
  directory: DataDirectory
  backends: Backends
  addresses: Readonly<Record<string, URL>>
  names: readonly ServiceName[]
  clock: Clock
  logger: Logger
  metrics: MetricsRegistry
}>

/** Puts the services of this process into a host. */
async function assemble(assembly: Assembly, listens: boolean) {
  const { environment, directory, backends, names, logger, metrics, clock } = assembly
  const operations = processOperations({
    ...assembly,
    host: () => host,
    bus: backends.eventBus,
    foundations: backends.foundations,
  })
  const around = {
    ...assembly,
    signingKey: signingKey(directory.paths.directory, environment.SIGNING_KEY),
    operations,
    lake: directory.paths.lake,
    runsImports: listens,
  }
  const services: HostedService[] = []
  for (const name of names) services.push(await hostService(name, around))
  const host: Host = createHost({
    name: environment.TARGET,
    services,
    known: definitions,
    addresses: assembly.addresses,
    listen: listens ? { hostname: environment.HOST, port: environment.PORT } : null,
    // With everything in this process nobody else has to ask, and what nobody has to ask is not opened.
    exposesRpc: names.length < serviceNames.length,
    logger,
    metrics,
    clock,
    limits: { drainMs: environment.DRAIN_SECONDS * 1_000 },
  })
  const close = async () => {
    operations.close()
    await host.stop().finally(() => backends.close())
    await metrics.close()
  }
  const start = async (): Promise<Platform> => {
    const demoAccounts = names.includes('gateway') ? await makeAccounts(backends, environment) : []
    const address = await host.start()
    return Object.freeze({ url: address?.origin ?? null, demoAccounts, client: host.client, close })
  }
  return { start, close }
}

async function makeAccounts(
  backends: Backends,
  { DEMO, OPERATOR_PASSWORD }: Environment,
): Promise<readonly Credentials[]> {
  const { accounts } = await backends.stores.gateway()
  const demo = DEMO ? roles.map((role) => ({ name: role, role, password: newId().slice(-12) })) : []
  for (const { name, role, password } of demo) await accounts.save(await newAccount(name, role, password))
  if (OPERATOR_PASSWORD) await accounts.save(await newAccount('operator', 'operator', OPERATOR_PASSWORD))
  return demo.filter(({ name }) => name !== 'operator' || !OPERATOR_PASSWORD)
}

import { roles } from '@eip/contracts'
import { type Clock, newId, systemClock } from '@eip/kernel'
import type { AnyContractRouter, Client } from '@eip/rpc'
import { createHost, type Host } from '@eip/runtime'
import { type AccountStore, newAccount } from '@eip/service-gateway'
import { createLogger, type Logger, metricsRegistry } from '@eip/telemetry'
import { openEmbeddedBackends } from './backends.ts'
import { type DataDirectory, signingKey } from './data-directory.ts'
import { configuredEncoder } from './encoder-models.ts'
import type { Environment } from './environment.ts'
import { processOperations } from './operations.ts'
import { hostService, requireWhole, serviceNames, servicesOf } from './services.ts'

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
  const { environment, directory, listens, clock = systemClock } = options
  const names = servicesOf(environment.TARGET)
  requireWhole(names)
  const logger = options.logger ?? programLogger(environment)
  const metrics = metricsRegistry({ failed: (error) => logger.warn({ err: error }, 'a metric cannot be read') })
  const backends = await openEmbeddedBackends({
    paths: directory.paths,
    logger,
    clock,
    keepsAccounts: !environment.DEMO,
  })
  const key = signingKey(directory.paths.directory, environment.SIGNING_KEY)
  const encoder = await configuredEncoder(environment.ENCODER, backends.artifacts).catch(async (error) => {
    await backends.close()
    throw error
  })
  const operations = processOperations({ host: () => host, bus: backends.eventBus, metrics, clock, logger })
  const around = {
    ...{ environment, backends, signingKey: key, encoder, operations, clock, logger, metrics },
    lake: directory.paths.lake,
    runsImports: listens,
  }
  const host: Host = createHost({
    name: environment.TARGET,
    services: names.map((name) => hostService(name, around)),
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
  try {
    const demoAccounts = await makeAccounts(backends.gateway.accounts, environment)
    const address = await host.start()
    return Object.freeze({ url: address?.origin ?? null, demoAccounts, client: host.client, close })
  } catch (error) {
    await backends.close()
    await metrics.close()
    throw error
  }
}

async function makeAccounts(
  accounts: AccountStore,
  { DEMO, OPERATOR_PASSWORD }: Environment,
): Promise<readonly Credentials[]> {
  const demo = DEMO ? roles.map((role) => ({ name: role, role, password: newId().slice(-12) })) : []
  for (const { name, role, password } of demo) await accounts.save(await newAccount(name, role, password))
  if (OPERATOR_PASSWORD) await accounts.save(await newAccount('operator', 'operator', OPERATOR_PASSWORD))
  return demo.filter(({ name }) => name !== 'operator' || !OPERATOR_PASSWORD)
}

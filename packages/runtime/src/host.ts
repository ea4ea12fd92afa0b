import { type Clock, newId, systemClock } from '@eip/kernel'
import { type HttpHandler, httpTransport, rpcHandler } from '@eip/rpc'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { startOrder } from './call-graph.ts'
import { defaultFrontLimits, type FrontLimits, httpFront } from './http-front.ts'
import { lifecycle } from './lifecycle.ts'
import { neighbourhood } from './neighbourhood.ts'
import { describe, type HostDescription, operationsPages, servicesPage } from './operations-pages.ts'
import { observeProcess } from './process-metrics.ts'
import { runtimeFailure } from './runtime-failure.ts'
import type { HostedService, Peer, ServiceDefinition } from './service.ts'

export type HostOptions = Readonly<{
  /** Stands in logs and in `/services`. */
  name: string
  services: readonly HostedService[]
  /** Definitions of services that may run elsewhere; those of `services` need not be repeated. */
  known?: readonly ServiceDefinition[]
  /** Root addresses of neighbours elsewhere, by service name. A service of this host is never asked over the network. */
  addresses?: Readonly<Record<string, URL>>
  /** Where to listen; port 0 takes any free one. null: services run, nobody can ask over the network. */
  listen: Readonly<{ port: number; hostname: string }> | null
  /** Whether other hosts may call the services here (under /rpc/, which asks nobody who they are). */
  exposesRpc: boolean
  logger: Logger
  metrics: MetricsRegistry
  clock?: Clock
  limits?: Partial<FrontLimits>
}>

/** A process' worth of services. */
export type Host = Readonly<{
  /**
   * Listens, then starts the services, callees first; until all have started, `/ready` says so and work is refused with 503.
   * Answers with the address, or null when it does not listen.
   */
  start(): Promise<URL | null>
  /** Drains, then stops everything, callers first. Asked again, it waits for the first. */
  stop(): Promise<void>
  /** What `/services` shows, and for each service here what it lacks or null; also before the start and after the stop. */
  describe(): HostDescription
  /** The client of a service, here or elsewhere, for the program that made the host. Local services must have started. */
  client: Peer
}>

/** Throws `runtime.bad-graph` before anything has started. */
export function createHost(options: HostOptions): Host {
  const { name, services, known = [], addresses = {}, metrics, logger, clock = systemClock } = options
  const here = services.map(({ definition }) => definition)
  const order = startOrder(here, known, Object.keys(addresses))
  const inOrder = order.map((service) => services.find(({ definition }) => definition.name === service)!)
  const transport = httpTransport()
  const around = neighbourhood({ here, known, addresses, transport, metrics, logger, clock })
  const cycle = lifecycle(logger)

  const missing = () => (cycle.isStopping() ? [{ service: name, what: 'it is stopping' }] : cycle.missing())
  const rpc = options.exposesRpc ? rpcHandler(around.served) : async () => false
  const work: HttpHandler = async (request, response) => {
    if (!cycle.isStarted()) throw runtimeFailure('runtime.not-ready', 'this host is starting')
    for (const handle of [rpc, ...around.edges]) if (await handle(request, response)) return true
    return false
  }
  const page = servicesPage(name, here, known, addresses)
  const pages = operationsPages({ process: newId(), missing, services: page, metrics })
  const front = httpFront(pages, work, { ...defaultFrontLimits, ...options.limits }, logger)

  let endObservation = () => {}
  const close = async () => {
    endObservation()
    await front.close()
    transport.close()
  }
  const start = async (): Promise<URL | null> => {
    const address = options.listen === null ? null : await front.listen(options.listen.port, options.listen.hostname)
    endObservation = observeProcess(metrics)
    try {
      await cycle.start(inOrder.map((each) => ({ name: each.definition.name, build: () => around.build(each) })))
    } catch (error) {
      await close()
      throw error
    }
    logger.info({ services: order, ...(address === null ? {} : { address: address.origin }) }, 'started')
    return address
  }
  const stop = async (): Promise<void> => {
    cycle.refuseNewStarts()
    logger.info('stopping')
    await started?.catch(() => {}) // Whoever called start hears of it.
    await front.drain()
    await cycle.stop().finally(close)
    logger.info('stopped')
  }

  let started: Promise<URL | null> | undefined
  let stopped: Promise<void> | undefined
  return Object.freeze({
    start: () => {
      started ??= start()
      return started
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
    describe: () => describe(page, cycle.missingOf),
    client: around.client,
  })
}

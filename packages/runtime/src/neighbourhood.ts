import type { Clock } from '@eip/kernel'
import {
  type AnyContractRouter,
  type Client,
  type HttpHandler,
  type HttpTransport,
  httpClient,
  inProcessClient,
  type ServedContract,
  serveContract,
} from '@eip/rpc'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { callWatch } from './call-watch.ts'
import { runtimeFailure } from './runtime-failure.ts'
import type { HostedService, Peer, RunningService, ServiceDefinition } from './service.ts'

/** The services of a host and those around it. */
export type Neighbourhood = Readonly<{
  /** Builds a service of this host; what it calls here must have been built. */
  build(service: HostedService): RunningService<AnyContractRouter>
  /** What was built and may be asked by others, by name; grows with `build`. */
  served: Readonly<Record<string, ServedContract<AnyContractRouter>>>
  /** The public surfaces that were built; grows with `build`. */
  edges: readonly HttpHandler[]
  /** The one function that knows topology: in this process if the service is here, else over the network. */
  client: Peer
}>

type Options = Readonly<{
  here: readonly ServiceDefinition[]
  known: readonly ServiceDefinition[]
  addresses: Readonly<Record<string, URL>>
  transport: HttpTransport
  metrics: MetricsRegistry
  logger: Logger
  clock: Clock
}>

const refuse = (message: string) => runtimeFailure('runtime.unknown-peer', message)

export function neighbourhood({ here, known, addresses, transport, metrics, logger, clock }: Options): Neighbourhood {
  const served: Record<string, ServedContract<AnyContractRouter>> = Object.create(null)
  const edges: HttpHandler[] = []
  const clients = new Map<string, Client<AnyContractRouter>>()

  const find = (contract: AnyContractRouter): ServiceDefinition => {
    const definition = [...here, ...known].find((each) => each.contract === contract)
    if (definition !== undefined) return definition
    throw refuse(`no service is known that answers the contract with ${Object.keys(contract).join(', ')}`)
  }

  const client: Peer = <Contract extends AnyContractRouter>(contract: Contract): Client<Contract> => {
    const { name } = find(contract)
    if (here.some((each) => each.name === name)) {
      const local = clients.get(name)
      if (local === undefined) throw refuse(`"${name}" has not started yet, or answers the public only`)
      return local as Client<Contract>
    }
    const address = addresses[name]
    if (address === undefined) throw refuse(`"${name}" is not in this host and has no address`)
    return httpClient(contract, { service: name, address, transport, clock })
  }

  // A service reaches what it declares and nothing else: the start order and the list of synchronous calls stay true.
  const peersOf =
    (caller: ServiceDefinition): Peer =>
    (contract) => {
      const { name } = find(contract)
      if (!caller.calls.includes(name))
        throw refuse(`"${caller.name}" asks for "${name}", which is not among its calls`)
      return client(contract)
    }

  return Object.freeze({
    served,
    edges,
    client,
    build({ definition, build }: HostedService) {
      const running = build(peersOf(definition))
      if (running.http) {
        edges.push(running.http)
      } else {
        const watch = callWatch(definition.name, metrics, logger)
        const contract = serveContract(definition.contract, running.handlers, { watch, clock })
        served[definition.name] = contract
        clients.set(definition.name, inProcessClient(contract))
      }
      return running
    },
  })
}

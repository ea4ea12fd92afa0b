import type { Topic } from '@eip/contracts'
import type { AnyContractRouter, Client, Handlers, HttpHandler } from '@eip/rpc'

/** A service that was built. The host calls these in the order of the call graph. */
export type RunningService<Contract extends AnyContractRouter> = Readonly<{
  handlers: Handlers<Contract>
  /**
   * Makes the service an edge: it answers the public by itself, and no other service. Its handlers are then reached through
   * this alone, because whoever asks them has to pass the edge's own checks.
   */
  http?: HttpHandler
  /** After all that it calls in this process has started. */
  start?(): Promise<void>
  /** What is still missing before it answers fully, or null; asked by `/ready`. */
  missing?(): string | null
  /** Takes no new work in, finishes what it has. Called before any `stop`, callers first. */
  drain?(): Promise<void>
  /** Callers first; also after a `start` that failed. */
  stop?(): Promise<void>
}>

/** The only place that knows whether a neighbour is in this process or across the network. */
export type Peer = <Contract extends AnyContractRouter>(contract: Contract) => Client<Contract>

/**
 * A service as data: start order, the call graph's test and `/services` come from it.
 * `needs` are its ports and clock: chosen by the program, in one file.
 */
export type ServiceDefinition<Contract extends AnyContractRouter = AnyContractRouter, Needs = never> = Readonly<{
  name: string
  contract: Contract
  /** Names of the services whom it calls while someone waits. */
  calls: readonly string[]
  /** Topics it reads, by consumer group. */
  consumes: Readonly<Record<string, readonly Topic[]>>
  /** Topics of which every process of it reads everything. */
  follows?: readonly Topic[]
  publishes: readonly Topic[]
  build(needs: Needs, peer: Peer): RunningService<Contract>
}>

/** A definition together with what it needs, for a host. */
export type HostedService = Readonly<{
  definition: ServiceDefinition
  build(peer: Peer): RunningService<AnyContractRouter>
}>

export const defineService = <Contract extends AnyContractRouter, Needs>(
  definition: ServiceDefinition<Contract, Needs>,
): ServiceDefinition<Contract, Needs> => Object.freeze(definition)

export const hosted = <Contract extends AnyContractRouter, Needs>(
  definition: ServiceDefinition<Contract, Needs>,
  needs: Needs,
): HostedService => Object.freeze({ definition, build: (peer: Peer) => definition.build(needs, peer) })

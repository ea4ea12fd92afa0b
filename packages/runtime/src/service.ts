import type { Topic } from '@eip/contracts'
import type { AnyContractRouter, Client, Handlers } from '@eip/rpc'

/** Where a service stands while it runs. `ready` may reject with what is missing; it is asked by `/ready`. */
export type RunningService<Contract extends AnyContractRouter> = Readonly<{
  handlers: Handlers<Contract>
  /** After all that it calls has started. */
  start?(): Promise<void>
  /** null, or what is still missing. */
  missing?(): string | null
  /** Takes no new work in, finishes what it has. Called before `stop`, callers first. */
  drain?(): Promise<void>
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
  publishes: readonly Topic[]
  build(needs: Needs, peer: Peer): RunningService<Contract>
}>

export const defineService = <Contract extends AnyContractRouter, Needs>(
  definition: ServiceDefinition<Contract, Needs>,
): ServiceDefinition<Contract, Needs> => Object.freeze(definition)

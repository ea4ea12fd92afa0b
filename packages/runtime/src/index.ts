export { startOrder } from './call-graph.ts'
export { callWatch } from './call-watch.ts'
export { createHost, type Host, type HostOptions } from './host.ts'
export type { FrontLimits } from './http-front.ts'
export type { Engine, Foundations, Pool } from './operations/foundations.ts'
export { type OperationsView, type OperationsViewOptions, operationsView } from './operations/operations-view.ts'
export type { HostDescription } from './operations-pages.ts'
export { runtimeFailure } from './runtime-failure.ts'
export {
  defineService,
  type HostedService,
  hosted,
  type Peer,
  type RunningService,
  type ServiceDefinition,
} from './service.ts'

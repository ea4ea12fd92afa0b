import { embeddingContract, indexerContract, searchContract } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import { type Host, type OperationsView, operationsView } from '@eip/runtime'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { definitions } from './services.ts'

type Around = Readonly<{
  /** The host that the view is of; asked when somebody looks, since it is made of services that need the view. */
  host: () => Pick<Host, 'client' | 'describe'>
  bus: EventBus
  metrics: MetricsRegistry
  clock: Clock
  logger: Logger
}>

/** How this process is doing, and what it stands on. */
export function processOperations({ host, logger, ...around }: Around): OperationsView {
  return operationsView({
    ...around,
    definitions,
    services: () => host().describe(),
    documents: async () => (await host().client(indexerContract).status({})).documents,
    async versions() {
      // A preview counts as nobody's search.
      const [{ versions }, { encoders }] = await Promise.all([
        host().client(searchContract).preview({ size: 1, facets: [] }),
        host().client(embeddingContract).status({}),
      ])
      const serving = encoders.find(({ state }) => state === 'serving')
      return { policy: versions.policy, index: versions.index, encoder: serving?.encoder ?? null }
    },
    failed: (error) => logger.warn({ err: error }, 'the metrics cannot be read for the overview'),
  })
}

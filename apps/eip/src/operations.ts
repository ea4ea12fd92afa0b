import { embeddingContract, indexerContract, searchContract } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import { type Foundations, type Host, type OperationsView, operationsView } from '@eip/runtime'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { definitions } from './services.ts'

type Around = Readonly<{
  /** The host that the view is of; asked when somebody looks, since it is made of services that need the view. */
  host: () => Pick<Host, 'client' | 'describe'>
  bus: EventBus
  foundations: Foundations
  /** Where the services answer that run in other processes. */
  addresses: Readonly<Record<string, URL>>
  metrics: MetricsRegistry
  clock: Clock
  logger: Logger
}>

/** Versions of policy and index are looked up by a search, which costs too much for every look of every operator. */
const versionsForMs = 60_000

/** How the platform is doing, and what it stands on. */
export function processOperations({ host, logger, ...around }: Around): OperationsView {
  const served = rememberedFor(versionsForMs, around.clock, async () => {
    // A preview counts as nobody's search.
    const { versions } = await host().client(searchContract).preview({ size: 1, facets: [] })
    return versions
  })
  return operationsView({
    ...around,
    definitions,
    services: () => host().describe(),
    documents: async () => (await host().client(indexerContract).status({})).documents,
    async versions() {
      const [{ policy, index }, { encoders }] = await Promise.all([
        served(),
        host().client(embeddingContract).status({}),
      ])
      const serving = encoders.find(({ state }) => state === 'serving')
      return { policy, index, encoder: serving?.encoder ?? null }
    },
    failed: (error) => logger.warn({ err: error }, 'the metrics cannot be read for the overview'),
  })
}

/** Asks at most once in so long; who asks meanwhile gets the same answer. A failure is not remembered. */
function rememberedFor<T>(spanMs: number, clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let asked: Readonly<{ at: number; answer: Promise<T> }> | null = null
  return () => {
    const now = clock.now()
    if (asked !== null && now - asked.at < spanMs) return asked.answer
    const answer = ask()
    asked = { at: now, answer }
    answer.catch(() => {
      asked = null
    })
    return answer
  }
}

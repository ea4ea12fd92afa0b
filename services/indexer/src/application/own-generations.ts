import type { IndexerContract } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { ProductIndexGenerations } from '@eip/product-index'
import type { Handlers } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import { type GenerationFeeds, generationFeeds } from './generation-feeds.ts'
import { keepGenerations } from './keep-generations.ts'
import { listVersions } from './list-versions.ts'
import { peakMemory } from './peak-memory.ts'
import { reportStatus } from './report-status.ts'
import { takingOver } from './take-over.ts'
import { workInTurns } from './work-in-turns.ts'

/** How often it is looked which generations there are: another process may have begun or dropped one. */
const usualLookMs = 250

export type GenerationsNeeds = Readonly<{
  bus: EventBus
  generations: ProductIndexGenerations
  rollBackWindowSeconds: number
  clock: Clock
  logger: Logger
}>

export type OwnGenerations = Readonly<{
  handlers: Handlers<IndexerContract>
  feeds: GenerationFeeds
  start(): Promise<void>
  missing(): string | null
  stop(): Promise<void>
}>

/** Feeds every generation that there is, and lets one after the other serve. `indexed`: what the one that serves has taken in. */
export function ownGenerations(
  needs: GenerationsNeeds & Readonly<{ indexed: (documents: number) => void }>,
): OwnGenerations {
  const { generations, logger, indexed } = needs
  let serving: string | null = null
  const countServing = (generation: string, documents: number) => {
    if (generation === serving) indexed(documents)
  }
  const feeds = generationFeeds({ ...needs, indexed: countServing })
  const keeping = keepGenerations({ ...needs, feeds, takeOver: takingOver(needs) })
  const peaks = peakMemory()
  const status = reportStatus({ ...needs, feeds, peakMemory: peaks })
  const { inTurn, signal, ...work } = workInTurns((error) =>
    logger.warn({ err: error }, 'the generations of the serving view cannot be kept'),
  )
  const note = async () => {
    const known = await generations.list()
    serving = known.find(({ state }) => state === 'serving')?.name ?? null
    peaks.sample(known)
  }
  const look = async () => {
    await note()
    await keeping.look(signal)
    await note()
  }

  return Object.freeze({
    feeds,
    handlers: {
      status,
      listVersions: listVersions(generations),
      rebuild: () => inTurn(keeping.begin).then(note).then(status),
      rollBack: async () => {
        const outcome = await inTurn(() => keeping.rollBack(signal))
        await note()
        return outcome
      },
    },
    async start() {
      await note()
      await inTurn(async () => feeds.matchTo(await generations.list()))
      work.repeat(look, usualLookMs)
    },
    missing: () =>
      feeds
        .all()
        .get(serving ?? '')
        ?.missing() ?? null,
    async stop() {
      await work.end()
      await feeds.stop()
    },
  })
}

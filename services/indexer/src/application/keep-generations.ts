import { type IndexerContract, indexerFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Generation, ProductIndexGenerations } from '@eip/product-index'
import type { OutputOf } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import type { GenerationFeeds } from './generation-feeds.ts'
import type { takingOver } from './take-over.ts'

type Needs = Readonly<{
  generations: ProductIndexGenerations
  feeds: GenerationFeeds
  takeOver: ReturnType<typeof takingOver>
  rollBackWindowSeconds: number
  clock: Clock
  logger: Logger
}>

/** Which generations there are, and which of them serves. Only one call of `look`, `begin` and `rollBack` is to run at a time. */
export interface GenerationKeeping {
  /** Matches the feeds to the generations, lets one that has caught up take over, and drops what is kept no longer. */
  look(signal: AbortSignal): Promise<void>
  begin(): Promise<string>
  rollBack(signal: AbortSignal): Promise<OutputOf<IndexerContract['rollBack']>>
}

export const keptUntil = ({ since }: Generation, rollBackWindowSeconds: number): number =>
  since + rollBackWindowSeconds * 1_000

export function keepGenerations(needs: Needs): GenerationKeeping {
  const { generations, feeds, takeOver, rollBackWindowSeconds, clock, logger } = needs

  const inState = async (state: Generation['state']) =>
    (await generations.list()).filter((each) => each.state === state)
  const drop = async (name: string, why: string) => {
    await feeds.close(name)
    await generations.drop(name)
    logger.info({ generation: name }, why)
  }
  /** Of several that served, the newest is the one to go back to. */
  async function dropOutdated(): Promise<void> {
    const previous = (await inState('previous')).toSorted((a, b) => b.since - a.since)
    for (const [index, each] of previous.entries())
      if (index > 0 || keptUntil(each, rollBackWindowSeconds) <= clock.now())
        await drop(each.name, 'an earlier serving view is let go of')
  }
  /** `name` and the one that serves, both fed by this process; null while they are not. */
  async function fed(name: string) {
    const [serving] = await inState('serving')
    const [feed, servingFeed] = [feeds.all().get(name), feeds.all().get(serving?.name ?? '')]
    return feed === undefined || servingFeed === undefined ? null : { candidate: { name, feed }, servingFeed }
  }
  async function letNextTakeOver(signal: AbortSignal): Promise<void> {
    const [filling] = await inState('filling')
    const pair = filling === undefined ? null : await fed(filling.name)
    if (pair === null || !(await takeOver.isNear(pair.candidate))) return
    const heldMs = await takeOver.whenCaughtUp(pair.candidate, pair.servingFeed, signal)
    if (heldMs !== null)
      logger.info({ generation: pair.candidate.name, heldMs }, 'the serving view that was built anew has taken over')
  }
  const match = async () => feeds.matchTo(await generations.list())

  return Object.freeze({
    async look(signal: AbortSignal) {
      await match()
      await letNextTakeOver(signal)
      await dropOutdated()
    },
    async begin() {
      const [filling] = await inState('filling')
      if (filling !== undefined)
        throw indexerFailure('indexer.rebuild-runs', `the serving view is being built anew already, as ${filling.name}`)
      const name = await generations.begin()
      logger.info({ generation: name }, 'the serving view is being built anew')
      await match()
      return name
    },
    async rollBack(signal: AbortSignal) {
      const [filling] = await inState('filling')
      if (filling !== undefined) {
        await drop(filling.name, 'the rebuild of the serving view is given up')
        return { outcome: 'given-up', generation: filling.name } as const
      }
      const previous = (await inState('previous')).toSorted((a, b) => b.since - a.since)[0]
      if (previous === undefined)
        throw indexerFailure('indexer.nothing-to-roll-back', 'there is no earlier serving view to go back to')
      await match()
      const pair = await fed(previous.name)
      const hasTakenOver =
        pair !== null && (await takeOver.whenCaughtUp(pair.candidate, pair.servingFeed, signal)) !== null
      // Whoever goes back wants to leave what serves now, even for one that is some events behind.
      if (!hasTakenOver) await generations.serve(previous.name)
      logger.warn({ generation: previous.name }, 'the serving view has gone back to the earlier one')
      return { outcome: 'rolled-back', generation: previous.name } as const
    },
  })
}

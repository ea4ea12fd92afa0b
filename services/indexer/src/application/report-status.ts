import type { GenerationStatus, IndexerStatus } from '@eip/contracts'
import type { EventBus, ParkedCount } from '@eip/event-bus'
import type { Generation, ProductIndexGenerations } from '@eip/product-index'
import { type GenerationFeeds, groupOf } from './generation-feeds.ts'
import { keptUntil } from './keep-generations.ts'
import { topics } from './keep-view-true.ts'
import type { PeakMemory } from './peak-memory.ts'

type Needs = Readonly<{
  bus: Pick<EventBus, 'lag' | 'parking'>
  generations: Pick<ProductIndexGenerations, 'list'>
  feeds: Pick<GenerationFeeds, 'all'>
  peakMemory: Pick<PeakMemory, 'of'>
  rollBackWindowSeconds: number
}>

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const textOf = (time: number) => new Date(time).toISOString()

/** How far each generation is: what it holds, what is still on its way, and what was set aside. */
export function reportStatus(needs: Needs): () => Promise<IndexerStatus> {
  const { bus, generations, feeds, peakMemory, rollBackWindowSeconds } = needs

  const eventsLeft = async (name: string) => sumOf(Object.values(await bus.lag(groupOf(name), topics)))

  function statusOf(generation: Generation, left: number, parked: readonly ParkedCount[]): GenerationStatus {
    const { name, state, begunAt, since, statistics } = generation
    const feed = feeds.all().get(name)
    const group = groupOf(name)
    return {
      ...{ name, state, documents: statistics.documents, bytes: statistics.bytes },
      segments: statistics.segments,
      vectors: sumOf(statistics.encoders.map(({ vectors }) => vectors)),
      encoders: statistics.encoders.map(({ encoder, vectors }) => ({ encoder, vectors })),
      ...{ begunAt: textOf(begunAt), since: textOf(since) },
      keptUntil: state === 'previous' ? textOf(keptUntil(generation, rollBackWindowSeconds)) : null,
      eventsRead: sumOf(Object.values(feed?.writer.resumeFrom() ?? {})),
      eventsLeft: left,
      parked: parked.find((each) => each.group === group)?.messages ?? 0,
      peakMemoryBytes: peakMemory.of(name),
      trouble: feed?.trouble() ?? null,
    }
  }
  return async () => {
    // In the order in which changes travel: what is no longer left is in the documents that are counted after it.
    const left = new Map<string, number>()
    for (const { name } of await generations.list()) left.set(name, await eventsLeft(name))
    const [known, parked] = await Promise.all([generations.list(), bus.parking.groups()])
    const all = await Promise.all(
      known.map(async (each) => statusOf(each, left.get(each.name) ?? (await eventsLeft(each.name)), parked)),
    )
    const at = known.findIndex(({ state }) => state === 'serving')
    const { documents, eventsLeft: lag, parked: own } = all[at]!
    return { documents, lag, parked: own, generation: known[at]!.statistics.generation, generations: all }
  }
}

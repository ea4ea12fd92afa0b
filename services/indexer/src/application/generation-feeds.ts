import type { EventBus } from '@eip/event-bus'
import { firstGeneration, type Generation, type ProductIndexGenerations } from '@eip/product-index'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import type { Logger } from '@eip/telemetry'
import { keepViewTrue, type ViewKeeping } from './keep-view-true.ts'

/** Every generation reads on its own, from the first event on. The first one's group was there before there were others. */
export const groupOf = (generation: string): string =>
  generation === firstGeneration ? 'indexer' : `indexer.${generation}`

export type GenerationFeed = ViewKeeping & Readonly<{ group: string; writer: ProductIndexWriter }>

/** One feed for each generation that there is. */
export interface GenerationFeeds {
  /** Those that are open, by the name of their generation. */
  all(): ReadonlyMap<string, GenerationFeed>
  /** Opens and closes feeds until they are those of these generations; answers when all of them read. */
  matchTo(generations: readonly Generation[]): Promise<void>
  /** Before a generation is let go of: nothing is to be written to it, nor saved. */
  close(generation: string): Promise<void>
  stop(): Promise<void>
}

type Needs = Readonly<{
  bus: EventBus
  generations: Pick<ProductIndexGenerations, 'writer'>
  logger: Logger
  /** Product changes that a generation has taken in. */
  indexed: (generation: string, documents: number) => void
}>

export function generationFeeds({ bus, generations, logger, indexed }: Needs): GenerationFeeds {
  const feeds = new Map<string, GenerationFeed>()

  async function open(name: string): Promise<void> {
    const group = groupOf(name)
    const writer = await generations.writer(name)
    const needs = { bus, writer, group, logger: logger.child({ generation: name }) }
    const keeping = keepViewTrue({ ...needs, indexed: (documents) => indexed(name, documents) })
    await keeping.start()
    feeds.set(name, Object.freeze({ ...keeping, group, writer }))
  }
  async function close(name: string): Promise<void> {
    const feed = feeds.get(name)
    feeds.delete(name)
    await feed?.close()
  }
  return Object.freeze({
    all: () => feeds,
    async matchTo(known: readonly Generation[]) {
      for (const name of [...feeds.keys()]) if (!known.some((each) => each.name === name)) await close(name)
      for (const { name } of known) if (!feeds.has(name)) await open(name)
    },
    close,
    async stop() {
      await Promise.all([...feeds.values()].map((feed) => feed.stop()))
    },
  })
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Positions } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { ProductIndexGenerations } from '@eip/product-index'
import type { GenerationFeed } from './generation-feeds.ts'
import { topics } from './keep-view-true.ts'

/** The one that serves is held for as long as the other needs for this many events; further behind, it is not tried. */
const nearEvents = 2_000
/** What it may take of the other's time; then it goes on, and it is tried again later. */
const longestHoldMs = 2_000
const lookMs = 5

type Needs = Readonly<{ bus: Pick<EventBus, 'lag'>; generations: Pick<ProductIndexGenerations, 'serve'> }>
type Candidate = Readonly<{ name: string; feed: GenerationFeed }>

const sumOf = (lag: Readonly<Record<string, number>>) => Object.values(lag).reduce((sum, events) => sum + events, 0)

/** True where a view that stands at `ahead` holds all that one at `other` does. */
const covers = (ahead: Positions | null, other: Positions | null): boolean =>
  Object.entries(other ?? {}).every(([partition, next]) => (ahead?.[partition] ?? 0) >= next)

/**
 * Lets a generation take over such that no search sees less than one before it did:
 *
 *   serving   ──────────────┤ held at p ├── goes on, as `previous`
 *   filling   ────────▶ … ────▶ past p ─┤ serves ─▶
 *
 * The events noted as the end are thus all that the other shows, newer than those when the rebuild began.
 */
export function takingOver({ bus, generations }: Needs) {
  /** Where several processes feed, each knows the positions of its own share: the lag of the whole group is asked too. */
  async function hasCaughtUp(next: GenerationFeed, serving: GenerationFeed): Promise<boolean> {
    const [own, other] = await Promise.all([bus.lag(next.group, topics), bus.lag(serving.group, topics)])
    if (sumOf(own) === 0) return true
    const isNoFurtherBehind = Object.entries(own).every(([topic, events]) => events <= (other[topic] ?? 0))
    return isNoFurtherBehind && covers(next.writer.resumeFrom(), serving.writer.resumeFrom())
  }
  async function catchesUp(next: GenerationFeed, serving: GenerationFeed, signal: AbortSignal): Promise<boolean> {
    const end = performance.now() + longestHoldMs
    while (!signal.aborted && performance.now() < end) {
      if (await hasCaughtUp(next, serving)) return true
      await wait(lookMs)
    }
    return false
  }
  return Object.freeze({
    async isNear({ feed }: Candidate): Promise<boolean> {
      return feed.trouble() === null && sumOf(await bus.lag(feed.group, topics)) <= nearEvents
    },
    /** Answers for how many milliseconds the other was held; null: it did not take over. */
    async whenCaughtUp(
      { name, feed }: Candidate,
      serving: GenerationFeed,
      signal: AbortSignal,
    ): Promise<number | null> {
      // Most of it is then saved when the other is held: what is left to save takes no time.
      await feed.writer.save()
      const release = await serving.hold()
      const heldAt = performance.now()
      try {
        if (!(await catchesUp(feed, serving, signal))) return null
        await generations.serve(name)
        feed.notBehind()
        return Math.round(performance.now() - heldAt)
      } finally {
        release()
      }
    },
  })
}
